"""Rendering and linking on small books made here: numbers, links, tags, fonts, and what must not depend on how it was made."""

from __future__ import annotations

import io
import os
import pickle
import re
import subprocess
import sys
import unicodedata
from collections import Counter
from dataclasses import replace
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sitekit import need

from patokaz.findings import KbError
from patokaz.handbooks import Book, Part, fonts, link, print_pdf, print_sheet
from patokaz.handbooks.fonts import blank_of, glyph_of
from patokaz.handbooks.numbers import fill_in
from patokaz.handbooks.places import BASE, FIRST_BLANK, Places, number_of, without_places
from patokaz.handbooks.rewrite import Binding, rewrite
from patokaz.load import MemoryTree
from patokaz.pages.wording import wording
from patokaz.release.press import press

PAGES = "PatokazPages-Regular"
HEAD = (
    '<meta charset="utf-8"><link rel="stylesheet" href="../theme/assets/fonts/fonts-print.css">'
    '<link rel="stylesheet" href="print.css">'
)


def document(body: str, language: str = "en") -> str:
    direction = ' dir="rtl"' if language in ("ar", "fa") else ""
    return f'<!doctype html><html lang="{language}"{direction}><head><title>T</title>{HEAD}</head><body>{body}</body></html>'


def part(name: str, body: str, places: Places | None = None, *, language: str = "en", **more: Any) -> Part:
    html = document(f'<section class="chapter" id="{name}"><h1>{name}</h1>{body}</section>', language)
    return Part(name, "document", name, html, name, places=places.targets if places else (), **more)


def reference(places: Places, target: str, words: str) -> str:
    number = places.refer("(p.\u00a0", target, ")")
    return f'<a href="patokaz:{target}">{words} {number}</a>'


def book(*parts: Part, language: str = "en", **more: Any) -> Book:
    return Book("handbooks", "b", language, "The book", "Us", "2026-11-23", parts, **more)


def three_chapters() -> Book:
    places = Places()
    body = f"<p>See {reference(places, 'b--x', 'the step')}, then {reference(places, 'gone', 'the other')}; go on.</p>"
    table = (
        '<table><thead><tr><th scope="col">H1</th><th scope="col">H2</th></tr></thead>'
        '<tbody><tr><th scope="row">R</th><td>D</td></tr></tbody></table>'
    )
    long = "<p>More words.</p>" * 90
    return book(
        part("a", body + table, places),
        part("b", f'{long}<h2 id="b--x">Step x</h2><p>Here <span lang="mk">зборот</span>.</p>{table}'),
        part("c", '<p><a href="patokaz:a">Back <b>to</b> <i>a</i></a></p>'),
    )


@pytest.fixture(scope="module")
def made() -> tuple[Book, list[bytes]]:
    whole = three_chapters()
    return whole, [print_sheet(item, {}) for item in whole.parts]


@pytest.fixture(scope="module")
def linked(made: tuple[Book, list[bytes]]) -> bytes:
    return link(*made).pdf


def texts(pdf: bytes, *options: str) -> list[str]:
    command = [need("pdftotext"), "-enc", "UTF-8", *options, "-", "-"]
    done = subprocess.run(command, input=pdf, capture_output=True, check=True, timeout=60)
    return done.stdout.decode().split("\f")[:-1]


def elements(pdf: pikepdf.Pdf) -> list[Any]:
    found, waiting = [], [pdf.Root.StructTreeRoot]
    while waiting:
        kids = waiting.pop().get("/K", pikepdf.Array())
        for kid in kids if isinstance(kids, pikepdf.Array) else [kids]:
            if isinstance(kid, pikepdf.Dictionary) and "/S" in kid:
                found.append(kid)
                waiting.append(kid)
    return found


def kids(element: Any) -> list[Any]:
    found = element.get("/K", pikepdf.Array())
    return list(found) if isinstance(found, pikepdf.Array) else [found]


# Places of page numbers


@given(st.lists(st.sampled_from(["a", "b", "c"]), min_size=1, max_size=200), st.data())
def test_a_place_is_found_again(targets: list[str], data: st.DataObject) -> None:
    places = Places()
    kept = [places.keep(target) for target in targets]
    index = data.draw(st.integers(0, len(targets) - 1))
    assert places.targets == tuple(targets)
    assert number_of([ord(c) - FIRST_BLANK for c in kept[index]]) == index
    assert len(set(kept)) == len(targets)


@given(st.integers(0, BASE**3 - 1), st.one_of(st.none(), st.integers(1, 99_999)), st.sampled_from(["", "(p. "]))
def test_a_number_takes_the_room_that_was_kept(place: int, number: int | None, before: str) -> None:
    """Whatever the number, the text after it stands where it stood: the sum of widths and shifts is the same."""
    blanks = [place // BASE**power % BASE for power in (2, 1, 0)]
    text = before + "".join(chr(FIRST_BLANK + blank) for blank in blanks) + (")" if before else "")
    glyphs = [glyph_of(PAGES, character) for character in text]
    content = b"/F 10 Tf\n[%s] TJ" % b"".join(b"<%04x>0" % glyph for glyph in glyphs)
    asked: list[int] = []

    def page_of(index: int) -> int | None:
        asked.append(index)
        return number

    filled = fill_in(content, {"F": PAGES}, page_of)
    assert asked == [place]
    assert fill_in(content, {"G": PAGES}, page_of) == content, "another font is not touched"
    shown, width, scale = [], 0.0, 1.0
    for operation in re.finditer(rb"([\d.]+) Tz|\[(-?\d*) ?<([0-9a-f]*)>\] TJ", filled):
        if operation[1]:
            scale = float(operation[1]) / 100
            continue
        codes = [int(operation[3][at : at + 4], 16) for at in range(0, len(operation[3]), 4)]
        shown += codes
        width += scale * (sum(width_of(code) for code in codes) - int(operation[2] or 0))
    assert scale == 1.0, "the text after it is as wide as ever"
    assert not any(blank_of(PAGES, glyph) is not None for glyph in shown)
    said = "–" if number is None else str(number)
    assert shown == [glyph_of(PAGES, c) for c in before + said + (")" if before else "")]
    assert width == pytest.approx(sum(width_of(glyph) for glyph in glyphs), abs=1)


def width_of(glyph: int) -> int:
    return fonts.width_of(PAGES, glyph)


# The linked book


def test_numbers_and_links(linked: bytes) -> None:
    pages = texts(linked)
    number = next(index for index, text in enumerate(pages, 1) if "Step x" in text)
    assert number > 2
    assert f"See the step (p. {number}), then the other (p. –); go on." in " ".join(
        pages[0].replace("\u00a0", " ").split()
    )
    with pikepdf.open(io.BytesIO(linked)) as pdf:
        names = pdf.Root.Names.Dests.Kids[0].Names
        targets = {str(names[at]): names[at + 1][0].objgen for at in range(0, len(names), 2)}
        assert list(targets) == sorted(targets)
        links = [
            (str(item.Dest), str(item.Contents), int(item.F)) for page in pdf.pages for item in page.get("/Annots", [])
        ]
        assert links == [("b--x", "the step", 4), ("a", "Back to a", 4)]
        assert targets["b--x"] == pdf.pages[number - 1].obj.objgen
        assert all(item.Rect[2] > item.Rect[0] for item in pdf.pages[0].Annots)


def test_each_page_shows_its_number_as_an_artifact(linked: bytes) -> None:
    for number, text in enumerate(texts(linked), 1):
        assert re.search(rf"(?m)^{number}$", text)
    with pikepdf.open(io.BytesIO(linked)) as pdf:
        for page in pdf.pages:
            first = page.Contents[0].read_bytes()
            assert b"/Artifact <</Type /Pagination" in first
        labels = pdf.Root.PageLabels.Nums
        assert [int(labels[at + 1].St) - 1 for at in range(0, len(labels), 2)] == [
            int(labels[at]) for at in range(0, len(labels), 2)
        ]


def test_structure(linked: bytes) -> None:
    """One tree: parents and kids agree, ids are unique, header cells have a scope, links lie apart, passages name their language."""
    with pikepdf.open(io.BytesIO(linked)) as pdf:
        found = elements(pdf)
        (document,) = pdf.Root.StructTreeRoot.K
        assert [str(kid.S) for kid in kids(document)] == ["/Sect"] * 3
        assert [str(kid.T) for kid in kids(document)] == ["a", "b", "c"]
        for element in found:
            assert all(
                kid.P.objgen == element.objgen
                for kid in kids(element)
                if isinstance(kid, pikepdf.Dictionary) and "/S" in kid
            )
        scopes = [str(element.A.Scope) for element in found if element.S == "/TH"]
        assert sorted(scopes) == ["/Column"] * 4 + ["/Row"] * 2
        ids = [str(element.ID) for element in found if "/ID" in element]
        assert len(ids) == len(set(ids)) == 6
        headers = {str(name) for element in found if element.S == "/TD" for name in element.A.Headers}
        assert headers <= set(ids) and len(headers) == 4
        tree = pdf.Root.StructTreeRoot.IDTree.Kids[0].Names
        assert [str(tree[at]) for at in range(0, len(tree), 2)] == sorted(ids)
        links = [element for element in found if element.S == "/Link"]
        assert len(links) == 2
        assert not [
            kid
            for element in links
            for kid in kids(element)
            if isinstance(kid, pikepdf.Dictionary) and kid.get("/S") == "/Link"
        ]
        assert [str(element.Lang) for element in found if "/Lang" in element] == ["mk"]
        assert str(pdf.Root.Lang) == "en"


def test_content_and_elements_lead_to_each_other(linked: bytes) -> None:
    """Every marked content of a page belongs to the element that lists it; whatever else is drawn is an artifact."""
    with pikepdf.open(io.BytesIO(linked)) as pdf:
        numbers = pdf.Root.StructTreeRoot.ParentTree.Nums
        keys = [int(numbers[at]) for at in range(0, len(numbers), 2)]
        assert keys == sorted(set(keys))
        parents = dict(zip(keys, (numbers[at + 1] for at in range(0, len(numbers), 2)), strict=True))
        listed = {
            (element.Pg.objgen, int(kid))
            for element in elements(pdf)
            for kid in kids(element)
            if not isinstance(kid, pikepdf.Dictionary)
        }
        marked = set()
        for page in pdf.pages:
            assert page.Tabs == "/S"
            content = b"\n".join(item.read_bytes() for item in page.Contents)
            found = {int(number) for number in re.findall(rb"<</MCID (\d+)>>", content)}
            marked |= {(page.obj.objgen, number) for number in found}
            row = parents[int(page.StructParents)]
            for number in found:
                assert number in [int(kid) for kid in kids(row[number]) if not isinstance(kid, pikepdf.Dictionary)]
            for item in page.get("/Annots", []):
                assert parents[int(item.StructParent)].S == "/Link"
        assert listed == marked


def test_linking_again_gives_the_same_bytes(made: tuple[Book, list[bytes]], linked: bytes) -> None:
    assert link(*made).pdf == linked


def test_the_hash_seed_does_not_matter(made: tuple[Book, list[bytes]], linked: bytes, tmp_path: Path) -> None:
    task = tmp_path / "task"
    task.write_bytes(pickle.dumps(made))
    code = "import pickle, sys; from patokaz.handbooks import link; sys.stdout.buffer.write(link(*pickle.loads(open(sys.argv[1], 'rb').read())).pdf)"
    for seed in ("1", "2", "3"):
        environment = {**os.environ, "PYTHONHASHSEED": seed}
        done = subprocess.run([sys.executable, "-c", code, str(task)], capture_output=True, check=True, env=environment)
        assert done.stdout == linked


def test_a_subset_keeps_the_numbers_of_the_whole(made: tuple[Book, list[bytes]], linked: bytes) -> None:
    whole, pdfs = made
    some = link(whole, pdfs, {"b"}, pdfs[2]).pdf
    first = link(whole, pdfs).bound[1].first
    shown = texts(some)
    assert "Back to a" in shown[0] and not re.search(r"(?m)^\d+$", shown[0])
    assert [bool(re.search(rf"(?m)^{first + at}$", text)) for at, text in enumerate(shown[1:])] == [True] * (
        len(shown) - 1
    )
    with pikepdf.open(io.BytesIO(some)) as pdf:
        assert not [item for page in pdf.pages for item in page.get("/Annots", [])], (
            "links to what is not printed are words"
        )
    assert len(shown) == 1 + link(whole, pdfs).bound[1].pages


def test_an_unnumbered_book_shows_dashes(made: tuple[Book, list[bytes]]) -> None:
    whole, pdfs = made
    first = texts(link(replace(whole, numbered=False), pdfs).pdf)[0]
    assert "the step (p. –)" in " ".join(first.replace("\u00a0", " ").split())
    assert not re.search(r"(?m)^\d+$", first)


def test_qpdf_finds_nothing(linked: bytes, tmp_path: Path) -> None:
    file = tmp_path / "b.pdf"
    file.write_bytes(linked)
    done = subprocess.run([need("qpdf"), "--check", str(file)], capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 0 and "WARNING" not in done.stdout + done.stderr, done.stdout + done.stderr


def test_validators_find_nothing(linked: bytes, tmp_path: Path) -> None:
    """Two validators that are not ours. TAG-002 takes long running heads for prose; ORD-001 is about the order of painting."""
    file = tmp_path / "b.pdf"
    file.write_bytes(linked)
    pytest.importorskip("pdfua", reason="make test installs it")
    pytest.importorskip("outloud", reason="make test installs it")
    one = subprocess.run(
        [sys.executable, "-m", "pdfua", "check", str(file)], capture_output=True, text=True, check=False
    )
    assert one.returncode == 0, one.stdout
    command = [
        str(Path(sys.executable).parent / "outloud"),
        "--skip",
        "TAG-002,ORD-001",
        "--fail-on",
        "warning",
        str(file),
    ]
    other = subprocess.run(command, capture_output=True, text=True, check=False)
    assert other.returncode == 0, other.stdout


# What must not depend on how it was made


def test_cold_warm_and_several_processes_give_the_same_bytes(tmp_path: Path, linked: bytes) -> None:
    whole = three_chapters()
    results = []
    for folder, jobs in (("one", 1), ("one", 1), ("two", 2)):
        with press(MemoryTree({}), jobs, tmp_path / folder) as printer:
            printer.render(whole.parts)
            results += [item.pdf for _, item in printer.linked([whole])]
    assert results == [linked] * 3


def test_what_cannot_be_printed_is_said_before_all_else_is_printed(tmp_path: Path) -> None:
    broken = replace(part("broken", ""), html="<p>not closed" + " " * 100_000)
    others = [part(f"p{number}", "<p>Some more words.</p>" * 300) for number in range(24)]
    with pytest.raises(KbError, match="not well formed"), press(MemoryTree({}), 2, tmp_path) as printer:
        printer.begin([broken, *others])
        printer.render([broken])
    assert len(list(tmp_path.glob("*.part"))) < len(others)


def test_a_changed_chapter_is_rendered_alone_and_a_damaged_one_again(tmp_path: Path) -> None:
    whole = three_chapters()
    rendered: list[str] = []

    def render(book: Book) -> None:
        with press(MemoryTree({}), 1, tmp_path) as printer:
            before = {file.name for file in tmp_path.glob("*.part")}
            printer.render(book.parts)
            rendered.extend(sorted({file.name for file in tmp_path.glob("*.part")} - before))

    render(whole)
    assert len(rendered) == 3
    changed = replace(
        whole,
        parts=(
            whole.parts[0],
            replace(whole.parts[1], html=whole.parts[1].html.replace("Here", "There")),
            whole.parts[2],
        ),
    )
    render(changed)
    assert len(rendered) == 4
    damaged = tmp_path / rendered[0]
    good = damaged.read_bytes()
    damaged.write_bytes(good[:-5] + b"wrong")
    render(whole)
    assert damaged.read_bytes() == good


def test_a_part_lacks_the_programs_of_its_fonts() -> None:
    """The book has them once; what is printed by itself has its own."""
    item = part("a", "<p>Words in <b>bold</b>.</p>")
    for pdf, has in (
        (print_sheet(item, {}), False),
        (print_pdf(item.html), True),
        (link(book(item), [print_sheet(item, {})]).pdf, True),
    ):
        with pikepdf.open(io.BytesIO(pdf)) as document:
            faces = [font.DescendantFonts[0].FontDescriptor for font in document.pages[-1].Resources.Font.values()]
            assert faces and all(("/FontFile2" in face) == has for face in faces)


def test_a_reference_in_a_heading_is_no_part_of_its_bookmark() -> None:
    places = Places()
    whole = part("a", f"<h2>After {reference(places, 'a', 'the step')}</h2><p>x</p>", places)
    pdf = link(book(whole), [print_sheet(whole, {})]).pdf
    with pikepdf.open(io.BytesIO(pdf)) as document, document.open_outline() as outline:
        assert [item.title for item in outline.root[0].children] == ["After the step"]


@pytest.mark.parametrize("language", ["mk", "sq", "en"])
def test_what_stands_before_a_page_number_can_be_shown(language: str) -> None:
    said = Places().refer(f"({wording(language)['see_page']}\u00a0", "x", ")")
    assert re.fullmatch("[\ue000-\ue1ff]+", said) and without_places(f"a {said}b") == "a b"
    with pytest.raises(KbError, match="have no 'Ş'"):
        Places().refer("(Ş. ", "x", ")")


def test_a_number_in_a_cell_may_stand_on_a_line_of_its_own() -> None:
    """But it is not broken there, where a column may be narrower than it."""
    binding = Binding(paths=frozenset({"b"}), numbered=frozenset({"b"}), see_page="p.")
    cell, text = (
        rewrite(f'<{tag}><a href="b.html">x</a></{tag}>', "a", set(), binding, Places()) for tag in ("td", "p")
    )
    assert re.fullmatch(
        '<td><a href="patokaz:b" class="xref">x <span class="at">[\ue000-\ue1ff]+</span></a></td>', cell
    )
    assert re.fullmatch('<p><a href="patokaz:b" class="xref">x [\ue000-\ue1ff]+</a></p>', text)


def test_words_in_a_line_are_not_torn() -> None:
    """WeasyPrint takes the start of an element for that of a line, and would break its first word where it does not fit."""
    words = [
        "Criminal",
        "Code",
        "S154",
        "unverified",
        "Everything",
        "stays",
        "a/very-long-address-without-any-space-in-it.html",
    ]
    line = (
        f'<dl class="pk-card"><div><dt>Basis</dt><dd><a class="xref" href="patokaz:a">{words[0]} {words[1]}</a>; <a class="pk-source" '
        f'href="patokaz:a">{words[2]}</a> <span class="pk-mark">{words[3]}</span> <b>{words[4]}</b> {words[5]} <a href="https://x.example/">{words[6]}</a>'
        "</dd></div></dl>"
    )
    body = "".join(f'<div style="width: {55 + step * 0.7}mm">{line}</div>' for step in range(60))
    seen = Counter(
        word
        for page in texts(link(book(part("a", body)), [print_sheet(part("a", body), {})]).pdf)
        for word in page.split()
    )
    assert all(seen[word] + seen[f"{word};"] == 60 for word in words[:6] if word not in ("Code",)), seen
    assert seen[words[6]] < 60, "a word that is longer than its line is broken"


def test_a_folder_that_cannot_be_written_is_no_hindrance(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    with press(MemoryTree({}), 1, tmp_path / "file" / "kept") as printer:
        assert printer.link(book(part("a", "<p>Words.</p>"))).pdf.startswith(b"%PDF-1.7")


# Reading order and bad input


SAYINGS = {
    "mk": "Ве молиме останете со лицето додека не дојде помош.",
    "sq": "Ju lutemi qëndroni me personin derisa të vijë ndihma.",
    "en": "Please stay with the person until help arrives.",
    "ar": "ابق مع الشخص حتى تصل المساعدة",
    "fa": "تا رسیدن کمک کنار او بمانید",
}


@pytest.mark.parametrize("language", SAYINGS)
def test_text_is_extracted_in_reading_order(language: str) -> None:
    said = SAYINGS[language]
    made = link(
        book(part("a", f"<p>{said}</p>", language=language), language=language),
        [print_sheet(part("a", f"<p>{said}</p>", language=language), {})],
    )
    text = "".join(
        re.sub("[\u200e\u200f\u202a-\u202e]", "", unicodedata.normalize("NFKC", line)) + " "
        for line in "".join(texts(made.pdf)).split()
    )
    assert " ".join(unicodedata.normalize("NFKC", said).split()) in " ".join(text.split())


LONG_WORD = "Donaudampfschifffahrtsgesellschaftskapitän" * 8
BAD = {
    "wide table": "<table><tr>"
    + "".join(f"<th>Column{n} responsible</th>" for n in range(24))
    + "</tr><tr>"
    + "<td>responsibilities</td>" * 24
    + "</tr></table>",
    "long word in a cell": f"<table><tr><td>a</td><td>{LONG_WORD}</td><td>b</td></tr></table>",
    "long paragraph": f"<p>{'word ' * 10_000}</p>",
    "long word": f"<p>{LONG_WORD}</p><ul><li>{LONG_WORD}</li></ul>",
    "long heading": f"<h2>{'A heading of many words ' * 13}</h2><p>Text.</p>",
    "long heading in one word": f"<h2>{LONG_WORD[:300]}</h2><p>Text.</p>",
}


@pytest.mark.parametrize("name", BAD)
def test_bad_input_is_laid_out_whole(name: str) -> None:
    """Nothing is cut off: every word is on a page, and inside its edges."""
    heading = "Chapter" if "heading" not in name else re.sub("<[^>]+>", "", BAD[name])[:300]
    html = document(f'<section class="chapter"><h1>{heading}</h1>{BAD[name]}</section>')
    pdf = print_pdf(html)
    wanted = Counter("".join(re.sub("<[^>]+>", "", html.partition("<body>")[2]).split()))
    assert not wanted - Counter("".join(texts(pdf)))
    command = [need("pdftotext"), "-bbox", "-", "-"]
    boxes = subprocess.run(command, input=pdf, capture_output=True, check=True, timeout=60).stdout.decode()
    found = 0
    for page in boxes.split("<page ")[1:]:
        size = re.match(r'width="([\d.]+)" height="([\d.]+)"', page)
        assert size
        for x1, y1, x2, y2 in re.findall(
            r'<word xMin="([\d.-]+)" yMin="([\d.-]+)" xMax="([\d.-]+)" yMax="([\d.-]+)"', page
        ):
            found += 1
            assert (
                float(x1) >= 20
                and float(y1) >= 5
                and float(x2) <= float(size[1]) - 20
                and float(y2) <= float(size[2]) - 5
            ), (name, page[:80])
    assert found > 1


def test_a_large_image_fits_and_a_missing_one_is_said() -> None:
    from PIL import Image

    picture = io.BytesIO()
    Image.new("L", (3000, 9000), 128).save(picture, "PNG")
    body = '<section class="chapter"><h1>A</h1><p><img src="images/a.png" alt="A wall"></p></section>'
    with pikepdf.open(io.BytesIO(print_pdf(document(body), {"images/a.png": picture.getvalue()}))) as pdf:
        assert len(pdf.pages) <= 2
        (figure,) = [element for element in elements(pdf) if element.S == "/Figure"]
        left, bottom, right, top = (float(value) for value in figure.A.BBox)
        assert 0 < left < right < 596 and 0 < bottom < top < 842
        assert (right - left) / (top - bottom) == pytest.approx(1 / 3, rel=0.01)
    with pytest.raises(KbError, match=r"missing\.png"):
        print_pdf(document(body.replace("images/a.png", "images/missing.png")))
