"""Near matches for hints."""

from __future__ import annotations

import difflib
from collections.abc import Iterable


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """Return ``did you mean `x`?`` for the nearest known word, or the known words when there are few, or ``""``."""
    candidates = sorted(set(known))
    by_folded = {name.casefold(): name for name in candidates}
    folded = word.casefold()
    near = [folded] if folded in by_folded else difflib.get_close_matches(folded, by_folded, n=2, cutoff=0.6)
    if near:
        return "did you mean " + " or ".join(f"`{by_folded[match]}`" for match in near) + "?"
    if 0 < len(candidates) <= 12:
        return "known here: " + ", ".join(f"`{name}`" for name in candidates)
    return ""
