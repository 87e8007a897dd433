"""The order of pages in a booklet, proved by printing, folding and leafing through."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from patokaz.handbooks.imposition import MOST_SHEETS, Sheet, order, signatures

PAGES = st.integers(0, 700)
MOST = st.one_of(st.none(), st.integers(1, 40))


def leafed(sheets: tuple[Sheet, ...], *, right_to_left: bool = False) -> list[int | None]:
    """The pages of one booklet as a reader meets them: sheets laid on each other, folded in the middle, leafed through.

    On the pile the back of each sheet is down and the innermost sheet on top. Turned on the short edge, the left of the back lies
    behind the right of the front. The fold puts the half that opens first on the reading side.
    """
    first, second = (1, 0) if not right_to_left else (0, 1)
    opening = [(sheet.front[first], sheet.back[1 - first]) for sheet in sheets]  # outermost leaf first
    closing = [(sheet.back[1 - second], sheet.front[second]) for sheet in reversed(sheets)]
    return [page for leaf in [*opening, *closing] for page in leaf]


def booklets(pages: int, most: int | None, *, right_to_left: bool = False) -> list[tuple[Sheet, ...]]:
    sheets, start, found = order(pages, most, right_to_left=right_to_left), 0, []
    for size in signatures(pages, most):
        found.append(sheets[start : start + size])
        start += size
    assert start == len(sheets)
    return found


def test_six_pages_as_anybody_can_check_with_a_sheet_of_paper() -> None:
    assert order(6) == (Sheet((None, 1), (2, None)), Sheet((6, 3), (4, 5)))
    assert order(4) == (Sheet((4, 1), (2, 3)),)
    assert order(4, right_to_left=True) == (Sheet((1, 4), (3, 2)),)
    assert order(8, 1) == (Sheet((4, 1), (2, 3)), Sheet((8, 5), (6, 7)))
    assert order(1) == (Sheet((None, 1), (None, None)),)
    assert order(0) == ()


@given(PAGES, MOST, st.booleans())
def test_folded_booklets_are_read_in_order(pages: int, most: int | None, right_to_left: bool) -> None:
    read = [
        page
        for booklet in booklets(pages, most, right_to_left=right_to_left)
        for page in leafed(booklet, right_to_left=right_to_left)
    ]
    assert [page for page in read if page is not None] == list(range(1, pages + 1))


@given(PAGES, MOST)
def test_every_page_is_printed_once_and_blanks_are_few(pages: int, most: int | None) -> None:
    shown = [page for sheet in order(pages, most) for side in (sheet.front, sheet.back) for page in side]
    assert sorted(page for page in shown if page is not None) == list(range(1, pages + 1))
    assert shown.count(None) < 4 and len(shown) % 4 == 0


@given(PAGES, MOST)
def test_blank_pages_stand_at_the_end(pages: int, most: int | None) -> None:
    """An index that goes on behind blank pages looks as if it had ended before them."""
    read = [page for booklet in booklets(pages, most) for page in leafed(booklet)]
    assert read[:pages] == list(range(1, pages + 1))
    assert read[pages:] == [None] * (len(read) - pages)


@given(PAGES, MOST)
def test_booklets_are_few_and_of_one_thickness(pages: int, most: int | None) -> None:
    sizes = signatures(pages, most)
    limit = MOST_SHEETS if most is None else most
    assert sum(sizes) == -(-pages // 4)
    assert len(sizes) == -(-sum(sizes) // limit)
    assert not sizes or (max(sizes) <= limit and max(sizes) - min(sizes) <= 1)
    assert list(sizes) == sorted(sizes, reverse=True)


@pytest.mark.parametrize(("pages", "sizes"), [(80, (20,)), (81, (11, 10)), (143, (18, 18)), (400, (20,) * 5)])
def test_what_a_stapler_takes_is_one_booklet(pages: int, sizes: tuple[int, ...]) -> None:
    assert signatures(pages) == sizes


@given(PAGES, MOST)
def test_from_right_to_left_is_the_mirror_image(pages: int, most: int | None) -> None:
    mirrored = tuple(Sheet(sheet.front[::-1], sheet.back[::-1]) for sheet in order(pages, most))
    assert order(pages, most, right_to_left=True) == mirrored
