"""The direction of words from elsewhere, such as the title of a source, among words of another direction."""

from __future__ import annotations

import unicodedata
from typing import Literal


def direction_of(text: str) -> Literal["ltr", "rtl"]:
    """The direction of the first letter that has one (Unicode Bidirectional Algorithm, rules P2 and P3); ``ltr`` where none has.

    Browsers find it by themselves (``<bdi>``), WeasyPrint does not.
    """
    for letter in text:
        match unicodedata.bidirectional(letter):
            case "L":
                return "ltr"
            case "R" | "AL":
                return "rtl"
    return "ltr"
