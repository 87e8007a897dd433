"""Widths of words and line breaks: compared with the fonts' own tables, and properties of any text."""

from __future__ import annotations

from pathlib import Path

import pytest
from fontTools.ttLib import TTFont
from hypothesis import given
from hypothesis import strategies as st

import patokaz
from patokaz.pathways.answers import SPACE, labels_under
from patokaz.pathways.measure import width, wrap

FONTS = Path(patokaz.__file__).parent / "resources/theme/assets/fonts"

WORDS = st.text(st.sampled_from("abcи њљшжèñتلاسم1234-/\u00ad \u00a0.,?"), max_size=60)


@pytest.mark.parametrize(("bold", "name"), [(False, "NotoSans-Regular"), (True, "NotoSans-Bold")])
@pytest.mark.parametrize("words", ["m", "Ш", "њ", "ë", "7"])
def test_a_letter_is_as_wide_as_the_font_says(words: str, bold: bool, name: str) -> None:
    font = TTFont(FONTS / f"{name}.ttf")
    advance = font["hmtx"][font.getBestCmap()[ord(words)]][0] / font["head"].unitsPerEm
    assert width(words, 12, bold) == pytest.approx(12 * advance)


def test_arabic_letters_are_joined() -> None:
    """Joined letters are narrower than the same letters alone; the ligature of lam and alef is one sign."""
    assert width("سلام", 12) < sum(width(letter, 12) for letter in "سلام") - 3


def test_digits_in_arabic_take_the_arabic_font() -> None:
    """As the style sheet of Arabic pages asks for them."""
    font = TTFont(FONTS / "Vazirmatn-Regular.ttf")
    digit = font["hmtx"][font.getBestCmap()[ord("1")]][0] / font["head"].unitsPerEm
    assert width("اتصل 1", 12) - width("اتصل ", 12) == pytest.approx(12 * digit)


def test_fewest_lines_then_the_most_even() -> None:
    words = "aaaa bb cc"
    limit = width("aaaa bb", 12) + 0.1
    assert wrap(words, limit, 12) == ("aaaa", "bb cc")
    assert wrap(words, 1000, 12) == (words,)


@pytest.mark.parametrize(
    ("words", "lines"),
    [
        ("identification/recognition", ("identification/", "recognition")),
        ("identification-recognition", ("identification-", "recognition")),
        ("identification\u00adrecognition", ("identification-", "recognition")),
    ],
)
def test_wide_words_break_where_they_may(words: str, lines: tuple[str, ...]) -> None:
    assert wrap(words, width("identification/", 12) + 1, 12) == lines


def test_soft_hyphens_do_not_show_inside_a_line() -> None:
    assert wrap("recog\u00adnition", 500, 12) == ("recognition",)


def test_spaces_that_hold_together_do() -> None:
    assert "24\u00a0h" in wrap("within 24\u00a0h", width("within 24", 12), 12)


@given(WORDS, st.floats(5, 200), st.booleans())
def test_lines_fit_and_lose_nothing(words: str, limit: float, bold: bool) -> None:
    lines = wrap(words, limit, 12, bold)
    for found in lines:
        assert width(found, 12, bold) <= limit + 1e-6 or len(found.replace("-", "")) <= 2
    kept = "".join(lines)

    def letters(text: str) -> str:
        return "".join(c for c in text if c.isalnum())

    assert letters(kept) == letters(words)


@given(
    st.lists(st.floats(-60, 60), min_size=1, max_size=5, unique=True),
    st.lists(st.floats(8, 120), min_size=5, max_size=5),
)
def test_labels_under_a_box_do_not_meet(ports: list[float], widths: list[float]) -> None:
    """Neither each other nor a line beside their own, where the lines leave that much room."""
    ports = sorted(ports)
    widths = widths[: len(ports)]
    gaps = [ports[k + 2] - ports[k] for k in range(len(ports) - 2)]
    if any(gap < wide + 2 * SPACE for gap, wide in zip(gaps, widths[1:], strict=False)):
        widths = [min(wide, max(min(gaps) - 2 * SPACE, 0)) for wide in widths]
    found = labels_under(ports, widths, 75)
    spans = [(label.low, label.low + wide, label.level) for label, wide in zip(found, widths, strict=True)]
    for k, (low, high, level) in enumerate(spans):
        if not widths[k]:
            continue
        for m, port in enumerate(ports):
            assert m == k or not low < port < high
        for other_low, other_high, other_level in spans[k + 1 :]:
            assert level != other_level or high <= other_low + 1e-9 or other_high <= low + 1e-9
