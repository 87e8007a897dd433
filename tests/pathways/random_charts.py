"""Random charts of every shape that a pathway can have, from fixed seeds."""

from __future__ import annotations

import random
from collections.abc import Iterator

from patokaz.model.pathway import NodeType
from patokaz.pathways.chart import Caption, Captions, Chart, Flow, Spot

SEEDS = range(2_000)
ANSWERS = ("yes", "no", "unsure", "stay", "return", "later")
WORDS = {
    "en": {
        "label": (
            "Call the police and move the person to a safe place",
            "Is the person a child?",
            "Examination and care, only with consent",
            "Write the record",
            "Explain the rights and the next steps in a language that the person understands",
            "Appoint a guardian",
        ),
        "badge": ("Border police", "Centre for social work", "within 24 h", "at once"),
        "lane": ("Border police", "Health service", "Centre for social work", "National referral office"),
        "answer": ("Yes", "No", "Not sure", "Stays", "Returns", "Later, after the interview"),
    },
    "mk": {
        "label": (
            "Повикајте полиција и преместете го лицето на безбедно место",
            "Дали лицето е дете?",
            "Преглед и нега, само со согласност",
            "Составете записник",
            "Објаснете ги правата и следните чекори на јазик што лицето го разбира",
            "Назначете старател",
        ),
        "badge": ("Гранична полиција", "Центар за социјална работа", "во рок од 24 часа", "веднаш"),
        "lane": ("Гранична полиција", "Здравствена служба", "Центар за социјална работа", "Национална канцеларија за упатување"),
        "answer": ("Да", "Не", "Не е сигурно", "Останува", "Се враќа", "Подоцна, по разговорот"),
    },
    "ar": {
        "label": ("اتصل بالشرطة", "هل الشخص طفل؟", "فحص ورعاية بموافقة الشخص فقط", "اكتب المحضر", "اشرح الحقوق والخطوات التالية بلغة يفهمها الشخص", "عيّن وصياً"),
        "badge": ("شرطة الحدود", "مركز العمل الاجتماعي", "خلال 24 ساعة", "فوراً"),
        "lane": ("شرطة الحدود", "الخدمة الصحية", "مركز العمل الاجتماعي", "المكتب الوطني للإحالة"),
        "answer": ("نعم", "لا", "غير متأكد", "يبقى", "يعود", "لاحقاً بعد المقابلة"),
    },
}  # fmt: skip


class Builder:
    """Grows a chart from blocks, as processes grow: a step after a step, branches that meet again or end, ways back."""

    def __init__(self, random_: random.Random, size: int, lanes: int) -> None:
        self.random = random_
        self.size = size
        self.lanes = [f"lane-{k}" for k in range(lanes)]
        self.spots: list[Spot] = []
        self.flows: dict[tuple[str, str], Flow] = {}
        self.lane = self.lanes[0]

    def spot(self, type_: NodeType) -> str:
        """One more spot; the actor changes now and then."""
        if self.random.random() < 0.4:
            self.lane = self.random.choice(self.lanes)
        name = f"n{len(self.spots) + 1:02d}"
        self.spots.append(Spot(name, self.lane, type_))
        return name

    def flow(self, source: str, target: str, answer: str = "", loop: bool = False) -> None:
        """A flow; a second answer to the same spot joins the first."""
        old = self.flows.get((source, target))
        answers = (*(old.answers if old else ()), *((answer,) if answer else ()))
        self.flows[source, target] = Flow(source, target, answers, loop=loop)

    @property
    def room(self) -> int:
        """How many spots may still come."""
        return self.size - len(self.spots)

    def chart(self) -> Chart:
        """A whole chart."""
        ends = [(self.spot("start"), "")]
        while self.room > 1 and ends:
            ends = self.block(ends)
        if ends:
            self.join(ends, self.spot("outcome"))
        used = {spot.lane for spot in self.spots}
        return Chart(tuple(self.spots), tuple(self.flows.values()), tuple(lane for lane in self.lanes if lane in used))

    def join(self, ends: list[tuple[str, str]], target: str) -> None:
        """Loose ends (spot, answer) lead to ``target``."""
        for source, answer in ends:
            self.flow(source, target, answer)

    def block(self, ends: list[tuple[str, str]]) -> list[tuple[str, str]]:
        """A task, a decision or parallel parts after the loose ends; the new loose ends."""
        kind = self.random.random()
        if kind < 0.45 or self.room < 4:
            task = self.spot(self.random.choice(("task", "task", "task", "call", "link")))
            self.join(ends, task)
            return [(task, "")]
        return self.parallel(ends) if kind < 0.55 else self.decision(ends)

    def parallel(self, ends: list[tuple[str, str]]) -> list[tuple[str, str]]:
        """A split into two or three parts that meet in a join."""
        split = self.spot("split")
        self.join(ends, split)
        lasts = []
        for _ in range(self.random.choice((2, 2, 3))):
            if self.room < 2:
                break
            first = last = self.spot("task")
            self.flow(split, first)
            if self.random.random() < 0.4 and self.room > 2:
                last = self.spot("task")
                self.flow(first, last)
            lasts.append((last, ""))
        join = self.spot("join")
        self.join(lasts or [(split, "")], join)
        return [(join, "")]

    def decision(self, ends: list[tuple[str, str]]) -> list[tuple[str, str]]:
        """A decision with up to six answers: most go on, some end, some lead back or share a target."""
        decision = self.spot("decision")
        earlier = [spot.id for spot in self.spots[1:-1]]
        self.join(ends, decision)
        count = self.random.choice((2, 2, 2, 2, 2, 3, 3, 3, 4, 5, 6))
        loose: list[tuple[str, str]] = []
        targets: list[str] = []
        for answer in ANSWERS[:count]:
            kind = self.random.random()
            if kind < 0.08 and earlier:
                target = self.random.choice(earlier[-6:])
                if (decision, target) not in self.flows:
                    self.flow(decision, target, answer, loop=True)
                    continue
            if kind < 0.20 and targets:
                self.flow(decision, self.random.choice(targets), answer)
            elif kind < 0.36 and self.room > 2:
                target = self.spot("outcome")
                self.flow(decision, target, answer)
            elif kind < 0.66 and self.room > 2:
                last = self.spot("task")
                self.flow(decision, last, answer)
                targets.append(last)
                for _ in range(self.random.choice((0, 0, 1, 2))):
                    if self.room > 2:
                        following = self.spot("task")
                        self.flow(last, following)
                        last = following
                loose.append((last, ""))
            else:
                loose.append((decision, answer))
        return loose or [(decision, ANSWERS[-1])]


def random_chart(seed: int, size: int | None = None, lanes: int | None = None) -> Chart:
    """The chart of a seed: 3 to 45 spots in one to eight lanes, small ones as often as large ones."""
    random_ = random.Random(seed)
    wanted = random_.randint(3, 45) if size is None else size
    many = random_.randint(1, 8) if lanes is None else lanes
    return Builder(random_, wanted, many).chart()


def captions_for(chart: Chart, language: str) -> Captions:
    """Words of a language for every part of a chart, the same for equal charts."""
    words = WORDS[language]

    def pick(kind: str, at: int) -> str:
        return words[kind][at % len(words[kind])]

    spots = {
        spot.id: Caption(
            pick("label", k * 7 + len(chart.spots)),
            tuple(pick("badge", k + b) for b in range((k * 5 + len(chart.flows)) % 3)),
            "" if spot.type == "link" else str(k + 1),
        )
        for k, spot in enumerate(chart.spots)
    }
    lanes = {lane: pick("lane", k) for k, lane in enumerate(chart.lanes)}
    answers = {answer: pick("answer", k) for k, answer in enumerate(ANSWERS)}
    return Captions(spots, lanes, answers, rtl=language == "ar")


def random_charts(seeds: range = SEEDS) -> Iterator[Chart]:
    """The charts of all seeds."""
    return (random_chart(seed) for seed in seeds)
