"""The elements of the structure tree in a PDF of pydyf that is about to be written: dictionaries of Python that name one another by reference."""

from __future__ import annotations

from typing import Any

Element = Any
"""A dictionary of pydyf (untyped): an element of the structure tree, or another object with a ``number`` and a ``reference``."""

Kid = Any
"""What lies in an element: elements, object references, and numbers of marked content."""


def object_at(pdf: Any, reference: bytes) -> Any:
    """The object behind a reference such as ``b"12 0 R"``."""
    return pdf.objects[int(reference.partition(b" ")[0])]


def kids_in(pdf: Any, element: Element) -> list[Kid]:
    """What lies in an element, in order."""
    return [kid if isinstance(kid, int) else object_at(pdf, kid) for kid in element["K"]]


def is_element(kid: Kid) -> bool:
    """Whether it is an element of the tree."""
    return not isinstance(kid, int) and "S" in kid


def is_annotation(kid: Kid) -> bool:
    """Whether it stands for an annotation, such as the area of a link."""
    return not isinstance(kid, int) and kid.get("Type") == "/OBJR"
