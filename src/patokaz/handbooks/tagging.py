"""What WeasyPrint knows while it writes tags and does not write down: the language of each passage, and what is a running head or foot."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from patokaz.handbooks.places import PLACE


@dataclass
class Notes:
    """By (page from 0, number of the marked content): its language if it has one, and whether it stands in a margin."""

    languages: dict[tuple[int, int], str] = field(default_factory=dict)
    margins: set[tuple[int, int]] = field(default_factory=set)


@contextlib.contextmanager
def noted() -> Iterator[Notes]:
    """Takes notes of every document written meanwhile, and gives its links their words as description.

    WeasyPrint offers no hook between layout and tags, so the function that adds the tags is wrapped (66 to 70 have it).
    """
    import pydyf
    import weasyprint.formatting_structure.boxes as boxes
    import weasyprint.pdf as writer

    notes, original = Notes(), writer.add_tags

    def add_tags(pdf: Any, document: Any, version: Any, streams: Any) -> None:
        for number, (page, stream) in enumerate(zip(document.pages, streams, strict=True)):
            root = page._page_box
            margins = {
                id(inner)
                for child in root.children
                if isinstance(child, boxes.MarginBox)
                for inner in child.descendants()
            }
            for box, kid in stream._tags.items():
                if box.style["lang"]:
                    notes.languages[number, kid["mcid"]] = box.style["lang"]
                if id(box) in margins:
                    notes.margins.add((number, kid["mcid"]))
            for _, _, _, box in page.links:
                if box.link_annotation is not None and box.element is not None:
                    words = " ".join("".join(_words(box.element)).split())
                    if words:
                        box.link_annotation["Contents"] = pydyf.String(words)
        original(pdf, document, version, streams)

    writer.add_tags = add_tags
    try:
        yield notes
    finally:
        writer.add_tags = original


def _words(element: Any) -> Iterator[str]:
    """The words of a link, without the place of the page number behind them."""
    if element.get("class") != PLACE:
        yield element.text or ""
        for child in element:
            yield from _words(child)
            yield child.tail or ""
