"""Labels of the sample pathway in Arabic and Persian: the library has no such language yet, the drawing must be ready."""

from __future__ import annotations

from patokaz.load import MemoryTree, load
from patokaz.pathways.chart import Caption, Captions
from patokaz.pathways.charts import PhaseChart, phase_charts
from patokaz.pathways.resolve import resolve
from sample import sample_files

LABELS = {
    "ar": {
        "arrives": "يصل شخص",
        "danger": "هل يوجد أحد في خطر؟",
        "call-team": "احضروا فورًا",
        "safe-place": "ابحثوا عن مكان آمن",
        "is-child": "هل الشخص طفل؟",
        "ask-child": "اسألوا الطفل عما يريد",
        "prepare": "جهّزوا الأمرين معًا",
        "find-bed": "ابحثوا عن سرير",
        "find-interpreter": "ابحثوا عن مترجم شفوي",
        "prepared": "الأمران جاهزان",
        "agrees": "هل يوافق الشخص؟",
        "form": "املؤوا الاستمارة مع الشخص",
        "over": "تابعوا",
        "hand-over": "سلّموا الشخص إلى الفريق",
        "may-return": "يستطيع الشخص أن يعود في أي وقت",
    },
    "fa": {
        "arrives": "شخصی می‌رسد",
        "danger": "آیا کسی در خطر است؟",
        "call-team": "فوراً بیایید",
        "safe-place": "جای امنی پیدا کنید",
        "is-child": "آیا این شخص کودک است؟",
        "ask-child": "از کودک بپرسید چه می‌خواهد",
        "prepare": "هر دو کار را آماده کنید",
        "find-bed": "تختی پیدا کنید",
        "find-interpreter": "مترجم شفاهی پیدا کنید",
        "prepared": "هر دو آماده است",
        "agrees": "آیا این شخص موافق است؟",
        "form": "فرم را همراه شخص پر کنید",
        "over": "ادامه دهید",
        "hand-over": "شخص را به گروه بسپارید",
        "may-return": "این شخص هر زمان می‌تواند برگردد",
    },
}
ROLES = {
    "ar": {"border-police": "شرطة الحدود", "social-worker": "الأخصائي الاجتماعي", "response-team": "فريق الاستجابة"},
    "fa": {"border-police": "پلیس مرزی", "social-worker": "مددکار اجتماعی", "response-team": "گروه واکنش"},
}
ANSWERS = {
    "ar": {"answer-yes": "نعم", "answer-no": "لا", "answer-not-sure": "غير متأكد"},
    "fa": {"answer-yes": "بله", "answer-no": "نه", "answer-not-sure": "مطمئن نیستم"},
}
AT_ONCE = {"ar": "فورًا", "fa": "فوراً"}


def parts(language: str) -> list[tuple[PhaseChart, Captions]]:
    """The charts of the sample's pathway with their words in Arabic or Persian."""
    library = load(MemoryTree(sample_files())).library
    assert library is not None
    document = library.documents["SOP-01"]
    assert document.pathway is not None
    nodes = {node.id: node for node in resolve(library, document)}
    found = []
    for part in phase_charts(document.pathway, tuple(nodes.values())):
        spots = {}
        for spot in part.chart.spots:
            link = part.links.get(spot.id)
            node = nodes[link.nodes[0] if link else spot.id]
            badges = (AT_ONCE[language],) if node.limit and not link else ()
            spots[spot.id] = Caption(LABELS[language][node.id], badges, "" if link else node.number)
        found.append((part, Captions(spots, ROLES[language], ANSWERS[language], rtl=True)))
    return found
