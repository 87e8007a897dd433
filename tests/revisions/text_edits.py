"""Texts and random edits of them, for properties of the differ."""

from __future__ import annotations

import random
from dataclasses import replace

from patokaz.model.library import Document
from patokaz.model.texts import FrontMatter, Text
from patokaz.parse.texts import parse_text

WORDS = [
    "the",
    "person",
    "a",
    "quiet",
    "room",
    "Never",
    "leave",
    "24",
    "1.5",
    "жртва",
    "на",
    "трговија",
    "полицијата",
    "ќе",
    "јави",
    "viktima",
    "e",
    "trafikimit",
    "është",
    "policia",
    "consent",
    "form",
    "**now**",
    "[the",
    "form](doc:FORM-01)",
    "[](limit:first-talk)",
    "within",
    "hours",
    "(see)",
    "–",
    "child’s",
    "co-operation.",
]


def sentence(rng: random.Random, length: int | None = None) -> str:
    """Words of three languages with marks, references and punctuation."""
    return " ".join(rng.choice(WORDS) for _ in range(length or rng.randint(1, 14)))


def block(rng: random.Random) -> list[str]:
    """The lines of a paragraph, a list, a quotation or a table."""
    match rng.randint(0, 4):
        case 0:
            return [f"{n}. {sentence(rng)}" for n in range(1, rng.randint(2, 5))]
        case 1:
            return [f"- {sentence(rng)}" for _ in range(rng.randint(1, 4))]
        case 2:
            return [f"> {sentence(rng)}"]
        case 3:
            rows = [f"| {sentence(rng, 2)} | {sentence(rng, 3)} |" for _ in range(rng.randint(1, 4))]
            return [rows[0], "|---|---|", *rows[1:]]
        case _:
            return [sentence(rng)]


def part(rng: random.Random, name: str, level: int) -> list[list[str]]:
    """A heading and what stands under it."""
    return [[f"{'#' * level} {sentence(rng, 3)} {{#{name}}}"], *(block(rng) for _ in range(rng.randint(0, 4)))]


Body = list[list[list[str]]]
"""Sections of blocks of lines."""


def body(rng: random.Random) -> Body:
    """An introduction, measures and steps."""
    sections: Body = [[block(rng) for _ in range(rng.randint(0, 2))]]
    for measure in range(rng.randint(1, 4)):
        sections.append(part(rng, f"m{measure}", 2))
        sections += [part(rng, f"m{measure}-s{step}", 3) for step in range(rng.randint(0, 4))]
    return sections


def edited(rng: random.Random, sections: Body, count: int) -> Body:
    """The sections after ``count`` random edits: words, blocks, whole sections; put in, taken out, moved."""
    sections = [[list(lines) for lines in section] for section in sections]
    for number in range(count):
        section = rng.choice(sections)
        match rng.randint(0, 8):
            case 0 if len(sections) > 2:
                sections.remove(section) if section is not sections[0] else None
            case 1:
                sections.insert(rng.randint(1, len(sections)), part(rng, f"new{number}", rng.choice((2, 3))))
            case 2 if len(sections) > 2 and section is not sections[0]:
                sections.remove(section)
                sections.insert(rng.randint(1, len(sections)), section)
            case 3:
                section.insert(rng.randint(min(1, len(section)), len(section)), block(rng))
            case 4 if len(section) > 1:
                section.pop(rng.randrange(1, len(section)))
            case 5 if len(section) > 1:
                other = rng.choice(sections)
                lines = section.pop(rng.randrange(1, len(section)))
                other.insert(rng.randint(min(1, len(other)), len(other)), lines)
            case 6 if section and len(section[-1]) > 1:
                rng.shuffle(section[-1])
            case _ if section:
                lines = rng.choice(section)
                at = rng.randrange(len(lines))
                words = lines[at].split(" ")
                where = rng.randint(min(2, len(words)), len(words))
                match rng.randint(0, 2):
                    case 0:
                        words.insert(where, rng.choice(WORDS))
                    case 1 if where < len(words) and not words[where].startswith("{#"):
                        words[where] = rng.choice(WORDS)
                    case _ if where < len(words) - 1 and not words[where].startswith("{#"):
                        words.pop(where)
                lines[at] = " ".join(words)
    return sections


def text_of(sections: Body, title: str = "Title") -> Text:
    """The parsed text."""
    content = "\n\n".join("\n".join(lines) for section in sections for lines in section)
    text, findings = parse_text(
        f"---\ntitle: {title}\nsummary: All of it.\n---\n\n{content}\n", "en.md", "en", FrontMatter
    )
    assert text is not None, findings
    return text


def with_text(document: Document, text: Text) -> Document:
    """The document with one text only."""
    return replace(document, texts={text.language: text})
