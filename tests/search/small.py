"""A small library for the engine, in three languages, and how to ask it: invented entries with words that people write in many ways."""

from __future__ import annotations

import functools
from typing import Any

from javascript import answers
from patokaz.pages.findable import with_other_titles
from patokaz.search.entries import KINDS, Concept, Entry
from patokaz.search.index import Index, build_index
from patokaz.search.shard import Surroundings

_TITLES: dict[str, tuple[str, str, str]] = {
    "sops/sop-02.html": ("Прва идентификација", "Identifikimi i parë", "First identification"),
    "sops/sop-02.html#open-talk": ("Отворете го разговорот", "Hapni bisedën", "Open the talk"),
    "sops/sop-02.html#interpreter": ("Повикајте преведувач", "Thirrni përkthyes gojor", "Call an interpreter"),
    "sops/sop-02.html#ask-child": (
        "Прашајте го детето што сака",
        "Pyetni fëmijën çfarë dëshiron",
        "Ask what the child wants",
    ),
    "sops/sop-03.html": ("Упатување на жртвата", "Referimi i viktimës", "Referral of the victim"),
    "sops/sop-03.html#house": ("Најдете безбедна куќа", "Gjeni një shtëpi të sigurt", "Find a safe house"),
    "sops/sop-03.html#pocket": (
        "Запишете го џебниот број, ѕидниот план и љубимецот",
        "Shënoni çantën",
        "Note the pocket number",
    ),
    "sops/sop-04.html": ("Времен престој", "Qëndrimi i përkohshëm", "Temporary stay"),
    "sops/sop-05.html": ("Времен престој", "Qëndrimi i përkohshëm", "Temporary stay"),
    "sops/sop-06.html": ("Времен престој", "Qëndrimi i përkohshëm", "Temporary stay"),
    "forms/form-01.html": ("Барање за помош", "Kërkesë për ndihmë", "Request for help"),
    "law/code.html": ("Пример-законик", "Kodi i shembullit", "Example Code"),
    "law/code.html#art-418-a": ("Трговија со луѓе", "Trafikimi i njerëzve", "Trafficking in human beings"),
    "law/code.html#art-13": ("Општа одредба", "Dispozitë e përgjithshme", "General provision"),
    "law/convention.html": ("Пример-конвенција", "Konventa e shembullit", "Example Convention"),
    "law/convention.html#art-13": ("Период за закрепнување", "Periudha e rimëkëmbjes", "Recovery period"),
    "law/directive.html": ("Пример-директива", "Direktiva e shembullit", "Example Directive"),
    "law/directive.html#art-11": ("Помош и поддршка", "Ndihma dhe mbështetja", "Assistance and support"),
    "glossary/limits.html": ("Рокови", "Afatet", "Time limits"),
    "glossary/limits.html#think": ("Време за размислување", "Koha për të menduar", "Time to think"),
    "glossary/institutions.html": ("Институции", "Institucionet", "Institutions"),
    "glossary/institutions.html#line": ("СОС-телефон – Канцеларија", "Telefoni SOS – Zyra", "SOS telephone – Office"),
    "glossary/terms.html": ("Поими", "Termat", "Terms"),
    "glossary/terms.html#victim": ("жртва на трговија со луѓе", "viktimë e trafikimit", "victim of trafficking"),
    "about.html": ("За библиотеката", "Për bibliotekën", "About the library"),
}

_FACTS: dict[str, dict[str, Any]] = {
    "sops/sop-02.html": {
        "kind": "sop",
        "document": "SOP-02",
        "codes": ("SOP-02",),
        "revision": "1.2",
        "status": "in-force",
    },
    "sops/sop-02.html#open-talk": {
        "kind": "step",
        "codes": ("SOP-02 1.1",),
        "who": ("police",),
        "roles": frozenset({"police", "helper"}),
    },
    "sops/sop-02.html#interpreter": {
        "kind": "step",
        "who": ("helper",),
        "roles": frozenset({"helper"}),
        "form": "FORM-01",
    },
    "sops/sop-02.html#ask-child": {"kind": "step", "persons": ("child",), "who": ("helper",)},
    "sops/sop-03.html": {
        "kind": "sop",
        "document": "SOP-03",
        "codes": ("SOP-03",),
        "revision": "1.0",
        "status": "in-force",
    },
    "sops/sop-03.html#house": {"kind": "step", "persons": ("adult",)},
    "sops/sop-03.html#pocket": {"kind": "step"},
    "sops/sop-04.html": {
        "kind": "sop",
        "document": "SOP-04",
        "codes": ("SOP-04",),
        "revision": "1.0",
        "status": "superseded",
    },
    "sops/sop-05.html": {
        "kind": "sop",
        "document": "SOP-05",
        "codes": ("SOP-05",),
        "revision": "2.1",
        "status": "draft",
    },
    "sops/sop-06.html": {
        "kind": "sop",
        "document": "SOP-06",
        "codes": ("SOP-06",),
        "revision": "2.0",
        "status": "in-force",
    },
    "forms/form-01.html": {"kind": "form", "document": "FORM-01", "codes": ("FORM-01",)},
    "law/code.html#art-418-a": {"codes": ("418-а",)},
    "law/code.html#art-13": {"codes": ("13",)},
    "law/convention.html": {"codes": ("CETS 197", "197")},
    "law/convention.html#art-13": {"codes": ("CETS 197 13", "197 13", "13")},
    "law/directive.html": {"codes": ("2011/36/EU", "2011/36")},
    "law/directive.html#art-11": {"codes": ("2011/36/EU 11", "2011/36 11", "11")},
    "glossary/institutions.html#line": {
        "kind": "contact",
        "datum": "555 0100",
        "source": ("S1", "glossary/sources.html#s1"),
    },
    "glossary/terms.html#victim": {"kind": "term", "source": ("S2", "glossary/sources.html#s2")},
}

_WORDS: dict[str, dict[str, dict[str, Any]]] = {
    "mk": {
        "sops/sop-02.html#open-talk": {"when": "веднаш", "body": "Повикајте преведувач пред разговорот. Преведувач треба и кога лицето разбира малку."},
        "sops/sop-03.html#house": {"asks": ("каде ќе спие вечерва",)},
        "glossary/limits.html#think": {"kind": "limit", "datum": "најмалку 30 дена", "source": ("член 13", "law/convention.html#art-13")},
        "about.html": {"body": "Прва идентификација и упатување на жртвата се процедури. Преведувач преведувач преведувач."},
    },
    "sq": {
        "glossary/limits.html#think": {"kind": "limit", "datum": "së paku 30 ditë", "source": ("neni 13", "law/convention.html#art-13")},
    },
    "en": {
        "sops/sop-03.html#pocket": {"body": "The word constructor stands here, __proto__ too, and toString, valueOf and hasOwnProperty."},
        "glossary/limits.html#think": {"kind": "limit", "datum": "at least 30 days", "source": ("Article 13", "law/convention.html#art-13")},
    },
}  # fmt: skip

CONCEPTS = (
    Concept(
        {
            "mk": ("жртва на трговија со луѓе", "тргувано лице"),
            "sq": ("viktimë e trafikimit", "person i trafikuar"),
            "en": ("victim of trafficking", "trafficked person"),
        },
        "glossary/terms.html#victim",
    ),
    Concept({"mk": ("СОС-телефон", "дежурна линија"), "sq": ("telefoni SOS",), "en": ("SOS telephone", "hotline")}),
    Concept({"mk": ("преведувач", "толкувач"), "sq": ("përkthyes", "tërxhuman"), "en": ("interpreter", "dragoman")}),
)

AROUND = Surroundings(
    roles={"police": "Полиција", "helper": "Помагач"},
    persons={"adult": "возрасни", "child": "деца"},
    statuses={"in-force": "во сила", "draft": "нацрт", "superseded": "заменета"},
    urgent=("sops/sop-02.html#open-talk", "glossary/institutions.html#line"),
)


def _entries(language: str) -> list[Entry]:
    place = ("mk", "sq", "en").index(language)
    return [
        Entry(
            **{
                "href": href,
                "kind": "law" if href.startswith("law") else "page",
                "title": titles[place],
                "top": "#" not in href,
                **_FACTS.get(href, {}),
                **_WORDS[language].get(href, {}),
            }
        )
        for href, titles in _TITLES.items()
    ]


@functools.cache
def small(language: str) -> Index:
    """The index of the small library in mk, sq or en."""
    entries = with_other_titles({name: _entries(name) for name in ("mk", "sq", "en")})
    return build_index(language, entries[language], CONCEPTS)


def ask(language: str, query: str, **options: Any) -> dict[str, Any]:
    return answers(small(language), AROUND, [(query, options)])[0]


def hrefs(answer: dict[str, Any]) -> list[str]:
    return [hit["href"] for hit in answer["hits"]]


def firsts(language: str, queries: list[str]) -> dict[str, str]:
    """The first result of each query, "" where there is none."""
    found = answers(small(language), AROUND, queries)
    return {query: (hrefs(answer) or [""])[0] for query, answer in zip(queries, found, strict=True)}


def well_formed(answer: dict[str, Any]) -> None:
    """What the panel may rely on."""
    assert set(answer) == {"hits", "understood", "instead", "urgent"}
    assert len(answer["hits"]) <= 30
    assert not (answer["hits"] and answer["urgent"])
    known = [hit["href"] for hit in answer["hits"]]
    assert len(known) == len(set(known))
    for hit in (*answer["hits"], *answer["urgent"]):
        assert hit["kind"] in KINDS
        assert hit["title"]
        words = ("context", "id", "revision", "status", "who", "persons", "when", "form", "datum")
        assert all(isinstance(hit[key], str) for key in words), hit
        units = len(hit["title"].encode("utf-16-le")) // 2
        end = 0
        for start, stop in hit["marks"]:
            assert end <= start < stop <= units
            end = stop
        assert not hit["source"] or (hit["source"]["title"] and hit["source"]["href"])
    for one in answer["understood"]:
        assert one["typed"] and one["means"] and one["language"] in ("mk", "sq", "en")
