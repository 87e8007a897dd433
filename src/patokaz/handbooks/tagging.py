"""What WeasyPrint knows while it writes tags and does not write down: languages, running heads and feet, and what is one box."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from patokaz.handbooks.places import without_places


@dataclass
class Notes:
    """By (page from 0, number of the marked content): its language if it has one, and whether it stands in a margin.

    ``elements`` are those of the structure tree by (page, what in the HTML they stand for, kind such as ``/Table``), page after page.
    """

    languages: dict[tuple[int, int], str] = field(default_factory=dict)
    margins: set[tuple[int, int]] = field(default_factory=set)
    elements: dict[tuple[int, int, str], Any] = field(default_factory=dict)


@contextlib.contextmanager
def noted() -> Iterator[Notes]:
    """Takes notes of every document written meanwhile, and gives its links their words as description.

    WeasyPrint offers no hook between layout and tags, so the two functions that add the tags are wrapped (70 has them).
    """
    import pydyf
    import weasyprint.formatting_structure.boxes as boxes
    import weasyprint.pdf as writer
    import weasyprint.pdf.tags as tags

    notes, original, build = Notes(), writer.add_tags, tags._build_box_tree

    def build_box_tree(box: Any, parent: Any, pdf: Any, page: int, *more: Any) -> Iterator[Any]:
        for element in build(box, parent, pdf, page, *more):
            # A box without a name of its own bears that of the box round it, which comes later and is what counts.
            if getattr(box, "element", None) is not None and box.element_tag not in ("html", "body"):
                notes.elements[page, id(box.element), element["S"]] = element
            yield element

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
                    words = " ".join(without_places("".join(box.element.itertext())).split())
                    if words:
                        box.link_annotation["Contents"] = pydyf.String(words)
        original(pdf, document, version, streams)

    writer.add_tags, tags._build_box_tree = add_tags, build_box_tree
    try:
        yield notes
    finally:
        writer.add_tags, tags._build_box_tree = original, build
