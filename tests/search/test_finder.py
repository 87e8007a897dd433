"""The engine over a small library: whatever people type and however they type it, the right place comes first."""

from __future__ import annotations

import os
import subprocess
import sys

import minify
import pytest
from small import AROUND, ask, firsts, hrefs, small

from javascript import FINDER, answers
from patokaz.search.entries import Entry
from patokaz.search.index import build_index

OPEN_TALK = "sops/sop-02.html#open-talk"
INTERPRETER = "sops/sop-02.html#interpreter"
CHILD = "sops/sop-02.html#ask-child"
REFERRAL = "sops/sop-03.html"
HOUSE = "sops/sop-03.html#house"
POCKET = "sops/sop-03.html#pocket"
IN_FORCE, DRAFT, SUPERSEDED = "sops/sop-06.html", "sops/sop-05.html", "sops/sop-04.html"
FORM = "forms/form-01.html"
TRAFFICKING = "law/code.html#art-418-a"
LINE = "glossary/institutions.html#line"
THINK = "glossary/limits.html#think"
VICTIM = "glossary/terms.html#victim"


@pytest.mark.parametrize("language", ["mk", "sq", "en"])
def test_every_title_finds_its_place(language: str) -> None:
    titles: dict[str, set[str]] = {}
    for entry in small(language).entries:
        if entry.status != "superseded":
            titles.setdefault(entry.title, set()).add(entry.href)
    found = firsts(language, list(titles))
    assert {title: found[title] for title in titles if found[title] not in titles[title]} == {}


def test_a_whole_title_comes_before_a_part_of_one() -> None:
    """Even where the other entry has the words more often, in its questions and its text."""
    asked = ("помош за деца", "каква помош има за деца", "деца и помош")
    whole = Entry("a.html", "sop", "Помош за деца")
    part = Entry("b.html", "sop", "Помош за деца и возрасни", asks=asked, body="помош деца " * 20)
    others = [Entry(f"{number}.html", "sop", f"Збор {number}") for number in range(20)]
    found = answers(build_index("mk", [*others, part, whole]), AROUND, ["помош за деца"])[0]
    assert hrefs(found)[:2] == ["a.html", "b.html"]


@pytest.mark.parametrize(
    ("language", "query", "right", "other"),
    [
        ("mk", "кого да повикам", "Повикајте помош", "Кого да прашате"),
        ("mk", "смее ли некој да преведува", "Преведување", "Има ли некој"),
        ("sq", "kë ta thërras", "Thirrni ndihmë", "Kë ta pyesni"),
        ("sq", "kujt i tregoj", "Tregoni çfarë ndodhi", "Kujt i përket"),
        ("en", "does someone have to interpret", "Interpret what is said", "Someone else"),
    ],
)
def test_words_that_only_make_a_question_lead_nowhere(language: str, query: str, right: str, other: str) -> None:
    """Who, whom and someone are rare in a small library, so that rarity alone would have them lead."""
    others = [Entry(f"{number}.html", "sop", f"SOP {number}", body=right) for number in range(20)]
    entries = [Entry("other.html", "sop", other), Entry("right.html", "sop", right), *others]
    assert hrefs(answers(build_index(language, entries), AROUND, [query])[0])[0] == "right.html"


def test_a_title_comes_before_what_mentions_it() -> None:
    found = hrefs(ask("mk", "повикајте преведувач"))
    assert found[0] == INTERPRETER
    assert {OPEN_TALK, "about.html"} & set(found[1:])


@pytest.mark.parametrize(
    ("language", "queries"),
    [
        ("mk", {"povikajte preveduvač": INTERPRETER, "povikajte preveduvac": INTERPRETER, "upatuvanje na zhrtvata": REFERRAL}),
        ("mk", {"upatuvanje na zrtvata": REFERRAL, "upatuvańe na žrtvata": REFERRAL, "trgovija so lugje": TRAFFICKING}),
        ("mk", {"trgovija so ludje": TRAFFICKING, "trgovija so luge": TRAFFICKING, "bezbedna kukja": HOUSE, "bezbedna kuka": HOUSE}),
        ("mk", {"bezbedna kuća": HOUSE, "dzebniot broj": POCKET, "dzhebniot broj": POCKET, "ljubimecot": POCKET, "lubimecot": POCKET}),
        ("mk", {"ПОВИКАЈТЕ ПРЕВЕДУВАЧ": INTERPRETER, "baranje za pomosh": FORM, "baranje za pomos": FORM}),
        ("sq", {"тхирни пëркхyес": INTERPRETER, "керкесе пер ндихме": FORM, "трафикими и њерезве": TRAFFICKING}),
        ("en", {"цалл ан интерпретер": INTERPRETER}),
    ],
)  # fmt: skip
def test_other_scripts(language: str, queries: dict[str, str]) -> None:
    assert firsts(language, list(queries)) == queries


@pytest.mark.parametrize(
    ("language", "queries"),
    [
        # The Macedonian keyboard has љ њ џ ѕ ш ѓ ч ќ ж on q w x y [ ] ; ' \.
        ("mk", {"barawe za pomo[": FORM, "pra[ajte go deteto": CHILD, "trgovija so lu]e": TRAFFICKING, "bezbedna ku'a": HOUSE}),
        ("mk", {"povikajte preveduva;": INTERPRETER, "upatuvawe na \\rtvata": REFERRAL, "xebniot broj": POCKET, "yidniot": POCKET}),
        ("mk", {"qubimecot": POCKET}),
        # QWERTY and QWERTZ exchange y and z; the Albanian keyboard has ë and ç on ; and [.
        ("sq", {"thirrni përkthzes": INTERPRETER, "pyetni f;mij;n": CHILD, "pzetni fëmijën": CHILD, "shënoni [ant;n": POCKET}),
        # The Macedonian layout left on.
        ("sq", {"тхиррни перктхѕес": INTERPRETER}),
    ],
)  # fmt: skip
def test_wrong_keyboard(language: str, queries: dict[str, str]) -> None:
    assert firsts(language, list(queries)) == queries


@pytest.mark.parametrize(
    ("language", "queries"),
    [
        ("mk", {"трговија со луге": TRAFFICKING, "безбедна кука": HOUSE}),
        ("sq", {"pyetni femijen cfare deshiron": CHILD, "referimi i viktimes": REFERRAL, "shenoni canten": POCKET}),
    ],
)
def test_without_diacritics(language: str, queries: dict[str, str]) -> None:
    assert firsts(language, list(queries)) == queries


@pytest.mark.parametrize(
    ("language", "queries"),
    [
        ("mk", {"повикјте преведувч": INTERPRETER, "првеедувач": INTERPRETER, "упатувње на жрвтата": REFERRAL, "размислувње": THINK}),
        ("sq", {"thirni perkthyse": INTERPRETER, "referimii i viktmës": REFERRAL}),
        ("en", {"cal an interperter": INTERPRETER, "referal of teh victm": REFERRAL}),
    ],
)  # fmt: skip
def test_typos(language: str, queries: dict[str, str]) -> None:
    assert firsts(language, list(queries)) == queries


@pytest.mark.parametrize(
    ("language", "queries"),
    [
        ("mk", {"преведувачот": INTERPRETER, "упатувања на жртви": REFERRAL, "барања за помош": FORM, "безбедни куќи": HOUSE, "разговори": OPEN_TALK}),
        ("sq", {"kërkesat për ndihmën": FORM, "thirr përkthyesin": INTERPRETER}),
        ("en", {"calling interpreters": INTERPRETER, "referring victims": REFERRAL, "safe houses": HOUSE}),
    ],
)  # fmt: skip
def test_inflected(language: str, queries: dict[str, str]) -> None:
    assert firsts(language, list(queries)) == queries


@pytest.mark.parametrize(
    ("language", "query", "first", "typed", "means", "spoken"),
    [
        ("mk", "толкувач", INTERPRETER, "толкувач", "преведувач", "mk"),
        ("mk", "tolkuvac", INTERPRETER, "tolkuvac", "преведувач", "mk"),
        ("mk", "interpreter", INTERPRETER, "interpreter", "преведувач", "en"),
        ("mk", "dragoman", INTERPRETER, "dragoman", "преведувач", "en"),
        ("mk", "përkthyes", INTERPRETER, "përkthyes", "преведувач", "sq"),
        ("mk", "hotline", LINE, "hotline", "СОС-телефон", "en"),
        ("mk", "дежурна линија", LINE, "дежурна линија", "СОС-телефон", "mk"),
        ("mk", "viktimë e trafikimit", VICTIM, "viktimë e trafikimit", "жртва на трговија со луѓе", "sq"),
        ("mk", "për person i trafikuar", VICTIM, "person i trafikuar", "жртва на трговија со луѓе", "sq"),
        ("sq", "преведувач", INTERPRETER, "преведувач", "përkthyes", "mk"),
        ("en", "viktimë e trafikimit", VICTIM, "viktimë e trafikimit", "victim of trafficking", "sq"),
    ],
)
def test_other_names_and_languages(language: str, query: str, first: str, typed: str, means: str, spoken: str) -> None:
    answer = ask(language, query)
    assert hrefs(answer)[0] == first
    assert {"typed": typed, "means": means, "language": spoken} in answer["understood"]


def test_titles_in_other_languages_find() -> None:
    assert firsts("mk", ["safe house", "shtëpi të sigurt"]) == {"safe house": HOUSE, "shtëpi të sigurt": HOUSE}


def test_own_words_need_no_explanation() -> None:
    assert ask("mk", "преведувач")["understood"] == []


@pytest.mark.parametrize(
    ("language", "query", "right"),
    [
        ("mk", "првеедувач", "преведувач"),
        ("mk", "безбедна првеедувач", "безбедна преведувач"),
        ("mk", "preveduvwch", "преведувач"),
        ("sq", "perkhyes", "përkthyes"),
        ("en", "interperter", "interpreter"),
    ],
)
def test_did_you_mean_is_spelled_as_titles_are(language: str, query: str, right: str) -> None:
    assert ask(language, query)["instead"] == right


@pytest.mark.parametrize("query", ["преведувач", "preveduvac", "преведувачот", "interpreter", "qzxv", "SOP-02", ""])
def test_nothing_is_offered_instead_of_what_is_known(query: str) -> None:
    assert ask("mk", query)["instead"] == ""


@pytest.mark.parametrize(
    ("query", "first"),
    [
        *((query, "sops/sop-02.html") for query in ("SOP-02", "sop2", "sop 2", "SOP02", "соп 02", "соп-2", "СОП02")),
        ("SOP-02 1.1", OPEN_TALK),
        *((query, FORM) for query in ("FORM-01", "form 1", "форм-01")),
        *((query, TRAFFICKING) for query in ("418-a", "418-а", "418a", "418а", "член 418-а", "чл. 418-а", "clen 418-a", "neni 418-a", "art 418a")),
        *((query, "law/convention.html#art-13") for query in ("CETS 197 art 13", "cets no. 197 article 13", "197 13", "CETS 197 член 13")),
        ("CETS 197", "law/convention.html"),
        *((query, "law/directive.html#art-11") for query in ("2011/36 11", "2011/36/EU art. 11", "2011/36 член 11")),
        ("2011/36", "law/directive.html"),
    ],
)  # fmt: skip
def test_direct_names(query: str, first: str) -> None:
    hits = ask("mk", query)["hits"]
    assert (hits[0]["href"], hits[0]["direct"]) == (first, True)


def test_a_number_of_two_laws_names_both() -> None:
    hits = ask("mk", "член 13")["hits"]
    assert {hit["href"] for hit in hits if hit["direct"]} == {"law/code.html#art-13", "law/convention.html#art-13"}


@pytest.mark.parametrize("query", ["член", "art", "neni", "?", "преведувач", "999", "418-б"])
def test_what_names_nothing_is_not_direct(query: str) -> None:
    assert not any(hit["direct"] for hit in ask("mk", query)["hits"])


def test_role_filters_and_prefers() -> None:
    everyone, police, helper = (
        hrefs(ask("mk", "преведувач разговорот", **options)) for options in ({}, {"role": "police"}, {"role": "helper"})
    )
    assert {INTERPRETER, OPEN_TALK} <= set(everyone)
    assert INTERPRETER not in police and OPEN_TALK in police
    assert {INTERPRETER, OPEN_TALK} <= set(helper)
    scores = {role: ask("mk", "преведувач", role=role)["hits"][0]["href"] for role in ("helper", "police")}
    assert scores["helper"] == INTERPRETER
    assert scores["police"].partition("#")[0] == OPEN_TALK.partition("#")[0]


def test_persons_filter() -> None:
    assert CHILD in hrefs(ask("mk", "прашајте детето", persons="child"))
    assert CHILD not in hrefs(ask("mk", "прашајте детето", persons="adult"))
    assert HOUSE not in hrefs(ask("mk", "безбедна куќа", persons="child"))
    assert REFERRAL in hrefs(ask("mk", "упатување на жртвата", persons="child")), "what is for all stays"


@pytest.mark.parametrize("kind", ["step", "sop", "law", "term", "contact", "page"])
def test_kind_filter(kind: str) -> None:
    hits = ask("mk", "трговија телефон упатување преведувач рокови", kind=kind)["hits"]
    assert hits and {hit["kind"] for hit in hits} == {kind}


@pytest.mark.parametrize("query", ["времен престој", "vremen prestoj", "престојот"])
def test_in_force_before_draft_and_never_superseded_unless_asked(query: str) -> None:
    known = [IN_FORCE, DRAFT, SUPERSEDED]
    assert [href for href in hrefs(ask("mk", query)) if href in known] == known[:2]
    assert [href for href in hrefs(ask("mk", query, all=True)) if href in known] == known
    assert hrefs(ask("mk", "SOP-04")) == []
    assert hrefs(ask("mk", "SOP-04", all=True))[0] == SUPERSEDED


def test_nothing_found_gives_what_is_urgent() -> None:
    answer = ask("mk", "qzxvbbb")
    assert answer["hits"] == []
    assert [hit["href"] for hit in answer["urgent"]] == [OPEN_TALK, LINE]
    assert answer["urgent"][1]["datum"] == "555 0100"
    assert all(hit["urgent"] == [] for hit in (ask("mk", ""), ask("mk", " ?!"), ask("mk", "преведувач")))


def test_a_result_says_who_by_when_and_with_what() -> None:
    hit = ask("mk", "отворете го разговорот")["hits"][0]
    shown = {key: hit[key] for key in ("kind", "title", "context", "id", "revision", "status", "who", "when")}
    assert shown == {
        "kind": "step",
        "title": "Отворете го разговорот",
        "context": "Прва идентификација",
        "id": "SOP-02",
        "revision": "1.2",
        "status": "во сила",
        "who": "Полиција",
        "when": "веднаш",
    }
    assert ask("mk", "повикајте преведувач")["hits"][0]["form"] == "FORM-01"
    assert ask("mk", "прашајте го детето")["hits"][0]["persons"] == "деца"


@pytest.mark.parametrize(
    ("language", "query", "datum", "source", "href"),
    [
        ("mk", "време за размислување", "најмалку 30 дена", "член 13", "law/convention.html#art-13"),
        ("mk", "vreme za razmisluvanje", "најмалку 30 дена", "член 13", "law/convention.html#art-13"),
        ("mk", "сос телефон", "555 0100", "S1", "glossary/sources.html#s1"),
        ("sq", "koha per te menduar", "së paku 30 ditë", "neni 13", "law/convention.html#art-13"),
        ("en", "time to think", "at least 30 days", "Article 13", "law/convention.html#art-13"),
    ],
)
def test_quick_answers_have_their_source(language: str, query: str, datum: str, source: str, href: str) -> None:
    hit = ask(language, query)["hits"][0]
    assert (hit["datum"], hit["source"]) == (datum, {"title": source, "href": href})


@pytest.mark.parametrize(
    ("language", "query", "marked"),
    [
        ("mk", "преведувач", ["преведувач"]),
        ("mk", "preveduvac", ["преведувач"]),
        ("mk", "povikajte preveduvačot", ["Повикајте", "преведувач"]),
        ("mk", "povikajte prevedvac", ["Повикајте", "преведувач"]),
        ("sq", "perkthyes gojor", ["përkthyes", "gojor"]),
        ("en", "interpreters", ["interpreter"]),
    ],
)
def test_marks_are_the_words_of_the_title(language: str, query: str, marked: list[str]) -> None:
    hit = next(hit for hit in ask(language, query)["hits"] if hit["href"] == INTERPRETER)
    units = hit["title"].encode("utf-16-le")
    assert [units[2 * start : 2 * end].decode("utf-16-le") for start, end in hit["marks"]] == marked


def test_an_empty_library() -> None:
    for answer in answers(build_index("mk", []), AROUND, ["преведувач", "", "SOP-02"]):
        assert answer == {"hits": [], "understood": [], "instead": "", "urgent": []}


def test_what_ships_is_shorter_and_answers_alike() -> None:
    short = minify.string("application/javascript", FINDER.read_text(encoding="utf-8"))
    asked = [
        "преведувач",
        "zrtva",
        "првеедувач",
        "418-а",
        "hotline",
        "barawe",
        '<b>"жртва"</b>',
        "\ud83d",
        "а" * 10_000,
    ]
    assert len(short) < len(FINDER.read_bytes()) / 2
    assert answers(small("mk"), AROUND, asked, finder=short) == answers(small("mk"), AROUND, asked)


def test_equal_sources_give_equal_scripts() -> None:
    """Whatever order sets have in a process."""
    code = (
        "from small import *; from patokaz.search.shard import *; "
        "print([script(small(name), AROUND) for name in ('mk', 'sq', 'en')], common_script(LANGUAGES, CONCEPTS))"
    )
    told = set()
    for number, languages in (("1", ("mk", "sq", "en")), ("2", ("en", "mk", "sq"))):
        told.add(
            subprocess.run(
                [sys.executable, "-c", code.replace("LANGUAGES", str(languages))],
                capture_output=True,
                check=True,
                env={**os.environ, "PYTHONHASHSEED": number, "PYTHONPATH": os.pathsep.join(sys.path)},
            ).stdout
        )
    assert len(told) == 1
