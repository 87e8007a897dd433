"""How people write: other scripts, keyboards and small words. Tables of our own, not those that the search uses.

A spelling is a list of (what is written, how it is typed), tried in this order at each place: longer ones stand first.
"""

from __future__ import annotations

import unicodedata

Spelling = tuple[tuple[str, str], ...]


def _spelling(*pairs: tuple[str, str]) -> Spelling:
    """One spelling from lists with spaces between: letters as written, and as typed. What stands earlier wins."""
    table: dict[str, str] = {}
    for written, typed in pairs:
        for given, other in zip(written.split(), typed.split(), strict=True):
            table.setdefault(given, other)
    return tuple(sorted(table.items(), key=lambda pair: -len(pair[0])))


_MK = ("а б в г д е ѐ з и ѝ к л м н о п р с т у ф х", "a b v g d e e z i i k l m n o p r s t u f h")
_MK_OTHERS = "ѓ ж ѕ ј љ њ ќ ц ч џ ш"
_SQ = (
    "a b c ç d e f g gj h i j k l m n nj o p q r s sh t u v w x xh z zh",
    "а б ц ч д е ф г ѓ х и ј к л м н њ о п ќ р с ш т у в в ѕ џ з ж",
)
_SQ_OTHERS = "dh ll rr th ë y"
_EN = (
    "a b ch d e f g h i j k l m n o p r s sh t u v w x y z",
    "а б ч д е ф г х и џ к л м н о п р с ш т у в в кс и з",
)

OTHER_SCRIPT: dict[str, dict[str, Spelling]] = {
    "mk": {
        "scholarly": _spelling(_MK, (_MK_OTHERS, "ǵ ž dz j lj nj ḱ c č dž š")),
        "passport": _spelling(_MK, (_MK_OTHERS, "gj zh dz j lj nj kj c ch dj sh")),
        "two letters": _spelling(_MK, (_MK_OTHERS, "gj zh dz j lj nj kj c ch dzh sh")),
        "bare": _spelling(_MK, (_MK_OTHERS, "g z z j l n k c c dz s")),
        "half bare": _spelling(_MK, (_MK_OTHERS, "gj z dz j lj nj kj c c dz s")),
        "as in English": _spelling(_MK, (_MK_OTHERS, "g zh dz y l n k ts ch j sh")),
        "as in Serbian": _spelling(_MK, (_MK_OTHERS, "đ ž dz j lj nj ć c č dž š")),
    },
    "sq": {
        "sounds": _spelling(_SQ, (_SQ_OTHERS, "д л р т е и")),
        "every letter": _spelling(_SQ, (_SQ_OTHERS, "дх лл рр тх е у")),
    },
    "en": {
        "sounds": _spelling(("c ce ci ck cy ph q qu th", "к се си к си ф к кв т"), _EN),
        "every letter": _spelling(("c j q", "ц ј ќ"), _EN),
    },
}
"""Language → name → spelling in the other script: Macedonian in Latin letters, Albanian and English in Cyrillic ones."""

_ROWS = {
    "mk": ("љњертѕуиопшѓ", "асдфгхјклчќж", "зџцвбнм"),
    "sq": ("qwertzuiopç", "asdfghjklë", "yxcvbnm"),
    "en": ("qwertyuiop", "asdfghjkl", "zxcvbnm"),
}
"""The rows of the keyboards of telephones, each half a key to the right of the one above."""


def _neighbours(rows: tuple[str, ...]) -> dict[str, str]:
    near: dict[str, str] = {}
    for r, row in enumerate(rows):
        for place, key in enumerate(row):
            beside = [
                (r, place - 1),
                (r, place + 1),
                (r - 1, place),
                (r - 1, place + 1),
                (r + 1, place - 1),
                (r + 1, place),
            ]
            near[key] = "".join(rows[i][j] for i, j in beside if 0 <= i < len(rows) and 0 <= j < len(rows[i]))
    return near


NEIGHBOURS = {language: _neighbours(rows) for language, rows in _ROWS.items()}
"""Language → key → the keys that touch it."""

_SMALL = {
    "mk": "а в во врз да до е за и или како кај кој на ни низ но од по под при се со само си сѐ ги го ја ѝ му им што ако дали не каде кога тоа",
    "sq": "a dhe e edhe i me më në nga për pa pas po që se si të ta te ti tu një nuk mos do është kush ku kur çfarë apo ose nëse",
    "en": "a an and are as at be by do for from he i if in is it may not of on or she that the their they this to what when where who with you your",
}
STOP_WORDS = {language: frozenset(words.split()) for language, words in _SMALL.items()}
"""Words that carry too little to find anything by."""


def respell(words: str, spelling: Spelling) -> str:
    """``words`` in another spelling; what the spelling does not know stays."""
    typed, place = [], 0
    while place < len(words):
        given, other = next(
            ((given, other) for given, other in spelling if words.startswith(given, place)), (words[place],) * 2
        )
        typed.append(other)
        place += len(given)
    return "".join(typed)


def without_marks(words: str) -> str:
    """``words`` without the marks over and under letters: ``ë`` → ``e``, ``ќ`` → ``к``."""
    split = unicodedata.normalize("NFD", words)
    return unicodedata.normalize("NFC", "".join(c for c in split if not unicodedata.combining(c)))
