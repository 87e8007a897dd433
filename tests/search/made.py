"""Queries made by machine from titles, as the second gate of search: whoever types a title so must find its place.

Four kinds: ``made-script`` (the other script), ``made-diacritics`` (marks left out), ``made-typo`` (a slip in every word
of four letters or more) and ``made-inflected`` (every word in another form of the same lemma). Equal seeds give equal queries.

    python tests/search/made.py --seed 1 --number 2000 > made.json

prints queries over the real library, ``--docs`` over documents ``[{id, lang, title}]``. Other forms come from simplemma's data.
"""

from __future__ import annotations

import argparse
import functools
import json
import random
import re
import sys
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from spellings import NEIGHBOURS, OTHER_SCRIPT, STOP_WORDS, respell, without_marks

from patokaz.load import DiskTree, load
from patokaz.model.participants import for_participants
from patokaz.pages.view import View

ROOT = Path(__file__).resolve().parents[2]
MOST_WORDS = 12
"""Nobody types a longer title."""
LEAST_CONTENT_WORDS = 2
"""A single word is a title of too many things to be one thing's name."""
ROUNDS = 20
"""How often the titles are gone through for further queries before a kind is given up as exhausted."""

_WORD = re.compile(r"[^\W_]+(?:[-'’/][^\W_]+)*")
_LONG = re.compile(r"[^\W\d_]{4,}")
"""What gets a slip; shorter words would become others."""

Forms = Callable[[str, str], Sequence[str]]
"""(language, word) → the other forms of its lemma, sorted; none where the word is not known."""


@dataclass(frozen=True)
class Entry:
    """A place that can be found: ``id`` is ``path`` or ``path#anchor``."""

    id: str
    lang: str
    title: str


def plain(title: str) -> str:
    """The words of a title as people type them: small letters, no signs between words."""
    return " ".join(_WORD.findall(title.casefold()))


def worth_asking(lang: str, words: str) -> bool:
    """Whether a title in plain words is neither too short nor too long to be asked for."""
    given = words.split()
    content = [word for word in given if word not in STOP_WORDS[lang]]
    return len(content) >= LEAST_CONTENT_WORDS and len(given) <= MOST_WORDS


def places(entries: Iterable[Entry]) -> dict[tuple[str, str], list[str]]:
    """(language, plain title) → every place of that title, for titles that are worth asking; sorted."""
    found: dict[tuple[str, str], set[str]] = {}
    for entry in entries:
        found.setdefault((entry.lang, plain(entry.title)), set()).add(entry.id)
    return {key: sorted(found[key]) for key in sorted(found) if worth_asking(*key)}


def in_other_script(lang: str, words: str, chance: random.Random) -> str:
    """All words in one of the other script's spellings."""
    spellings = OTHER_SCRIPT[lang]
    return respell(words, spellings[chance.choice(sorted(spellings))])


def fewer_marks(lang: str, words: str, chance: random.Random) -> str:
    """Words without their marks: mostly all, else about half of them, as thumbs and correction leave them."""
    everything = chance.random() < 0.75
    return " ".join(without_marks(word) if everything or chance.random() < 0.5 else word for word in words.split())


def with_typos(lang: str, words: str, chance: random.Random) -> str:
    """One slip in each word of four letters or more: a neighbour's key, two exchanged, one left out, one doubled."""
    return _LONG.sub(lambda found: _slip(found[0], NEIGHBOURS[lang], chance), words)


def _slip(word: str, near: Mapping[str, str], chance: random.Random) -> str:
    at = chance.randrange(len(word))
    pairs = [i for i in range(len(word) - 1) if word[i] != word[i + 1]]
    kinds = ["left out", "doubled"] + ["neighbour"] * (word[at] in near) + ["exchanged"] * bool(pairs)
    match chance.choice(kinds):
        case "left out":
            return word[:at] + word[at + 1 :]
        case "doubled":
            return word[: at + 1] + word[at:]
        case "neighbour":
            return word[:at] + chance.choice(near[word[at]]) + word[at + 1 :]
        case _:
            i = chance.choice(pairs)
            return word[:i] + word[i + 1] + word[i] + word[i + 2 :]


def inflected(lang: str, words: str, chance: random.Random, forms: Forms) -> str:
    """Each content word in another form of its lemma, where the dictionary knows one."""
    changed = []
    for word in words.split():
        others = [] if word in STOP_WORDS[lang] else forms(lang, word)
        changed.append(chance.choice(others) if others else word)
    return " ".join(changed)


def made(entries: Iterable[Entry], seed: int, number: int, forms: Forms) -> list[dict[str, object]]:
    """About ``number`` queries, an equal share of each kind, in the format of ``queries.json``; sorted by id.

    A kind gives fewer where the titles hold no more. No query repeats, and none equals its title in plain words.
    """
    asked = places(entries)
    kinds: dict[str, Callable[[str, str, random.Random], str]] = {
        "made-script": in_other_script,
        "made-diacritics": fewer_marks,
        "made-typo": with_typos,
        "made-inflected": functools.partial(inflected, forms=forms),
    }
    queries = []
    for place, (kind, change) in enumerate(kinds.items()):
        share = number // len(kinds) + (place < number % len(kinds))
        numbers = dict.fromkeys(STOP_WORDS, 0)
        for lang, query, words in _changed(list(asked), change, share, random.Random(f"{seed} {kind}")):
            numbers[lang] += 1
            name = f"{lang}-{kind}-{numbers[lang]:04}"
            queries.append({"id": name, "lang": lang, "category": kind, "query": query, "relevant": asked[lang, words]})
    return sorted(queries, key=lambda query: str(query["id"]))


def _changed(
    titles: list[tuple[str, str]], change: Callable[[str, str, random.Random], str], share: int, chance: random.Random
) -> Iterator[tuple[str, str, str]]:
    """Up to ``share`` of (language, query, title in plain words)."""
    seen = set(titles)
    left = share
    for _ in range(ROUNDS):
        chance.shuffle(titles)
        for lang, words in titles:
            if not left:
                return
            query = change(lang, words, chance)
            if (lang, query) not in seen:
                seen.add((lang, query))
                left -= 1
                yield lang, query, words


def turned(dictionary: Mapping[str, str], letters: Collection[str]) -> Callable[[str], list[str]]:
    """A dictionary form → lemma turned round: word → the other forms of its lemma, sorted.

    Only forms in ``letters`` count. That leaves out names and abbreviations, which are no forms of the words that look
    like them, and stress marks, which nobody types.
    """
    lemmas = {form: lemma for form, lemma in dictionary.items() if all(letter in letters for letter in form)}
    by_lemma: dict[str, set[str]] = {}
    for form, lemma in lemmas.items():
        by_lemma.setdefault(lemma, set()).add(form)

    def others(word: str) -> list[str]:
        return sorted(by_lemma[lemmas[word]] - {word}) if word in lemmas else []

    return others


def dictionary_forms() -> Forms:
    """Forms from the dictionaries of simplemma, which maps every form to its lemma.

    Raises:
        ModuleNotFoundError: simplemma is not installed.
    """
    from simplemma.strategies.dictionaries import DefaultDictionaryFactory

    dictionaries = DefaultDictionaryFactory()

    @functools.cache
    def of(lang: str) -> Callable[[str], list[str]]:
        return turned(dictionaries.get_dictionary(lang), NEIGHBOURS[lang])

    return lambda lang, word: of(lang)(word)


def library_entries(root: Path) -> list[Entry]:
    """Every titled place of a library: documents, their sections, pathways, guides, registers and hand-written pages."""
    library = load(DiskTree(root)).library
    assert library is not None
    return [entry for lang in library.settings.languages for entry in _entries(View(library, "professional", lang))]


def _entries(view: View) -> Iterator[Entry]:
    lang = view.language
    # A module is found by its title and by what is asked for: search leads to steps before exercises.
    documents = {name: for_participants(document) for name, document in view.documents.items()}
    modules = {name for name, document in documents.items() if document.record.kind == "module"}
    for name, owner in (documents | view.hand_pages).items():
        path, text = view.path_of(name), owner.texts.get(lang)
        if text is not None:
            yield Entry(path, lang, text.front.title)
            headings = () if name in modules else text.headings
            yield from (Entry(f"{path}#{h.anchor}", lang, h.words) for h in headings if h.anchor)
    for name in view.pathways:
        yield Entry(view.pathway_path(name), lang, view.title(name))
        yield Entry(view.guide_path(name), lang, view.title(name))
    yield from (Entry(f"roles/{name}", lang, view.plain(role.name)) for name, role in view.roles.items())
    yield from (Entry(f"glossary/terms#{name}", lang, view.term_form(term)) for name, term in view.terms.items())
    registers = {"limits": view.limits, "institutions": view.institutions, "indicators": view.indicator_groups}
    for register, items in registers.items():
        yield from (Entry(f"glossary/{register}#{name}", lang, view.plain(item.name)) for name, item in items.items())
    for name, (_, contact) in view.contacts.items():
        yield Entry(f"glossary/institutions#{name}", lang, view.plain(contact.what))


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description="Known-item queries made from titles.")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--number", type=int, default=2000)
    parser.add_argument("--docs", type=Path, help="documents [{id, lang, title}] instead of the real library")
    given = parser.parse_args()
    if given.docs:
        entries = [Entry(d["id"], d["lang"], d["title"]) for d in json.loads(given.docs.read_text(encoding="utf-8"))]
    else:
        entries = library_entries(ROOT)
    queries = made(entries, given.seed, given.number, dictionary_forms())
    lines = ",\n".join(json.dumps(query, ensure_ascii=False) for query in queries)
    sys.stdout.write(f"[\n{lines}\n]\n")


if __name__ == "__main__":
    main()
