"""The printed handbooks: whole, tagged, with right page numbers, our fonts and links that lead somewhere."""

from __future__ import annotations

import io
import re
import subprocess
import unicodedata
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pikepdf
import pypdf
import pytest
from lxml import html
from sitekit import LANGUAGES, Site, need

from patokaz.handbooks import Binder, Book, compose, print_pdf
from patokaz.pages import Compiled, compile_for_print, compile_library
from patokaz.pages.wording import wording

pytestmark = pytest.mark.slow


@dataclass(frozen=True)
class Printed:
    """A handbook's composed parts and its PDF."""

    language: str
    file: Path
    handbook: Book
    texts: tuple[str, ...]

    @property
    def tree(self) -> html.HtmlElement:
        """The HTML of all parts as one document, without the characters that keep places of page numbers."""
        bodies = [re.split(r"</?body>", part.html)[1] for part in self.handbook.parts]
        whole = re.sub("[\ue000-\ue03f]", "", "".join(bodies)).replace(' href="patokaz:', ' href="#')
        return html.document_fromstring(f"<html><body>{whole}</body></html>")

    @property
    def names(self) -> dict[str, int]:
        """Every named destination and its page from 1."""
        reader = pypdf.PdfReader(io.BytesIO(self.file.read_bytes()))
        pages = {name: reader.get_destination_page_number(target) for name, target in reader.named_destinations.items()}
        return {name: number + 1 for name, number in pages.items() if number is not None}


@pytest.fixture(scope="module")
def compiled(printed_site: Site) -> Compiled:
    return compile_library(printed_site.library, "professional")


@pytest.fixture(scope="module", params=LANGUAGES)
def printed(request: pytest.FixtureRequest, printed_site: Site, compiled: Compiled) -> Printed:
    language = request.param
    handbook = compose(printed_site.library.handbooks["all"], Binder(compiled, language))
    assert handbook is not None
    file = printed_site.folder / "handbooks" / f"all-{language}.pdf"
    return Printed(language, file, handbook, tuple(pages_of(file)))


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_compiled_for_print_alone_prints_the_same(
    printed_site: Site, compiled: Compiled, language: str
) -> None:
    alone = compile_for_print(printed_site.library, "professional", languages=(language,))
    assert {name for name, _ in alone.pages} == {language}
    record = printed_site.library.handbooks["all"]
    assert compose(record, Binder(alone, language)) == compose(record, Binder(compiled, language))


def pages_of(file: Path, *options: str) -> list[str]:
    return text_of(file, *options).split("\f")[:-1]


def text_of(file: Path, *options: str) -> str:
    command = [need("pdftotext"), "-enc", "UTF-8", *options, str(file), "-"]
    return subprocess.run(command, capture_output=True, check=True, timeout=60).stdout.decode()


def squeezed(text: str) -> str:
    """Without white space and the hyphens of line breaks, composed."""
    return "".join(unicodedata.normalize("NFC", text).replace("\u00ad", "").split())


def test_qpdf_finds_nothing(printed: Printed) -> None:
    done = subprocess.run(
        [need("qpdf"), "--check", str(printed.file)], capture_output=True, text=True, timeout=60, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert "WARNING" not in done.stdout + done.stderr
    assert len(printed.texts) > 4


def test_document_is_tagged_and_names_its_language(printed: Printed) -> None:
    with pikepdf.open(printed.file) as pdf:
        root = pdf.Root
        assert bool(root.MarkInfo.Marked)
        assert str(root.Lang) == printed.language
        assert bool(root.ViewerPreferences.DisplayDocTitle)
        roles = Counter(str(node.S) for node in structure(root.StructTreeRoot))
        assert {"/Document", "/H1", "/H2", "/P", "/L", "/LI", "/Table", "/TR", "/TH", "/TD", "/Link"} <= set(roles)
        figures = [node for node in structure(root.StructTreeRoot) if str(node.S) == "/Figure"]
        assert all(str(figure.get("/Alt", "")) for figure in figures)
        # Three drawings of pathways; the Albanian text of the sample leaves the picture out.
        assert len(figures) == 3 + (0 if printed.language == "sq" else 1)
        with pdf.open_metadata() as meta:
            assert meta["pdfuaid:part"] == "1"
            assert str(meta["dc:title"]) == printed.handbook.title
            assert printed.handbook.parts[0].title in printed.handbook.title
        assert str(pdf.docinfo["/CreationDate"]).startswith("D:20261123")


def structure(root: Any) -> list[Any]:
    found, waiting = [], [root]
    while waiting:
        node = waiting.pop()
        kids = node.get("/K", pikepdf.Array())
        for kid in kids if isinstance(kids, pikepdf.Array) else [kids]:
            if isinstance(kid, pikepdf.Dictionary) and "/S" in kid:
                found.append(kid)
                waiting.append(kid)
    return found


def outline(printed: Printed) -> list[tuple[int, str, int]]:
    """(level, title, page number from 1) of the bookmarks."""
    reader = pypdf.PdfReader(io.BytesIO(printed.file.read_bytes()))
    found: list[tuple[int, str, int]] = []

    def walk(items: list[Any], level: int) -> None:
        for item in items:
            if isinstance(item, list):
                walk(item, level + 1)
            else:
                number = reader.get_destination_page_number(item)
                assert number is not None
                found.append((level, str(item.title), number + 1))

    walk(reader.outline, 1)
    return found


def test_bookmarks_lead_to_their_headings(printed: Printed) -> None:
    entries = outline(printed)
    headings = [
        (int(h.tag[1]), " ".join(h.text_content().split()))
        for h in printed.tree.xpath("//section[contains(@class, 'chapter')]//*[self::h1 or self::h2 or self::h3]")
    ]
    assert [(level, squeezed(title)) for level, title, _ in entries] == [
        (level, squeezed(words)) for level, words in headings
    ]
    for _, title, number in entries:
        assert squeezed(title) in squeezed(printed.texts[number - 1]), f"{title} is not on page {number}"
    numbers = [number for _, _, number in entries]
    assert numbers == sorted(numbers)


def test_page_numbers_of_the_contents_are_right(printed: Printed) -> None:
    """Every line of the contents, in order: its words, and the page of the place that its link leads to."""
    front = printed.handbook.parts[0]
    lines = [
        match
        for page in pages_of(printed.file, "-layout")[1 : 1 + contents_pages(printed)]
        for line in page.rstrip().split("\n")[:-1]  # the last is the foot, with the page's own number
        if (match := re.match(r"\s*(.*?\S)\s{3,}(\d{1,3})\s*$", line))
    ]
    entries = printed.tree.xpath("//section[@class='contents']//li/a")
    assert len(lines) == len(entries) == len(front.places) > 8
    names = printed.names
    for match, entry in zip(lines, entries, strict=True):
        assert squeezed(entry.text_content()).endswith(squeezed(match[1])), match[0]
        number = names[str(entry.get("href"))[1:]]
        assert int(match[2]) == number
        assert squeezed(entry.text_content()) in squeezed(printed.texts[number - 1])


def contents_pages(printed: Printed) -> int:
    return min(number for _, _, number in outline(printed)) - 2


def test_numbers_beside_links_are_the_pages_they_lead_to(printed: Printed) -> None:
    """``(p. 8)`` after a reference is the page where its link goes, in the order of the chapters; a dash where it goes nowhere."""
    see = re.escape(wording(printed.language)["see_page"])
    shown = re.findall(rf"\({see}\s*(\d+|–)\)", "\n".join(printed.texts[1 + contents_pages(printed) :]))
    names = printed.names
    wanted = [str(names.get(str(a.get("href"))[1:], "–")) for a in printed.tree.find_class("xref")]
    assert Counter(shown) == Counter(wanted)
    assert len(wanted) > 5


def test_every_word_is_printed(printed: Printed) -> None:
    body = printed.tree.find("body")
    for title in body.iter("title"):
        title.text = None  # what a screen reader says of a drawing
    wanted = Counter(words(" ".join(body.itertext())))
    assert sum(wanted.values()) > 500
    text = "\n".join(printed.texts)
    # A word that is broken at the end of a line is whole again without its hyphen.
    found = Counter(words(re.sub(r"[-\u00ad\u2010]\n", "", text))) | Counter(words(text))
    missing = wanted - found
    # Long addresses break without a hyphen.
    joined = squeezed(text)
    assert not {word: number for word, number in missing.items() if joined.count(word) < wanted[word]}
    assert not re.search("[\ue000-\uf8ff]", text), "a place was not filled in"


def words(text: str) -> list[str]:
    return re.findall(r"\w+", unicodedata.normalize("NFC", text))


def test_fonts_are_ours_and_embedded(printed: Printed) -> None:
    listing = subprocess.run(
        ["pdffonts", str(printed.file)], capture_output=True, text=True, check=True, timeout=60
    ).stdout
    rows = [line.split() for line in listing.splitlines()[2:]]
    assert len(rows) > 2
    for row in rows:
        name, embedded, subset = row[0], row[-5], row[-4]
        assert re.match(r"[A-Z]{6}\+(NotoSans-|Vazirmatn-|PatokazPages-)", name), name
        assert (embedded, subset) == ("yes", "yes"), name


def test_each_font_is_embedded_once(printed: Printed) -> None:
    with pikepdf.open(printed.file) as pdf:
        programs: dict[str, set[tuple[int, int]]] = {}
        for item in pdf.objects:
            if isinstance(item, pikepdf.Dictionary) and item.get("/Type") == pikepdf.Name.FontDescriptor:
                programs.setdefault(str(item.FontName).partition("+")[2], set()).add(item.FontFile2.objgen)
    assert len(programs) > 2
    assert {name: len(found) for name, found in programs.items() if len(found) > 1} == {}


def test_running_foot_on_each_page(printed: Printed, printed_site: Site) -> None:
    """Edition and page on each page but the cover; in a chapter also the document, its revision, status, and its own pages."""
    w = wording(printed.language)
    edition = f"{w['edition']} 2026.1, {w.date(printed_site.library.settings.edition.date)} ·"
    for number, text in enumerate(printed.texts, 1):
        said = squeezed(text)
        if number == 1:
            assert squeezed(edition) not in said
            continue
        assert squeezed(edition) in said and squeezed(w["printed_copy"]) in said, number
        assert re.search(rf"(?m)(^|\s){number}\s*$", text), f"page {number} has no number"
    starts = [printed.names[part.name] for part in printed.handbook.parts[1:]]
    for part, first, following in zip(
        printed.handbook.parts[1:], starts, [*starts[1:], len(printed.texts) + 1], strict=True
    ):
        total = following - first
        document = printed_site.library.documents.get(part.document)
        for page in range(total):
            said = squeezed(printed.texts[first + page - 1])
            if part.kind != "index":
                assert squeezed(w["page_of"].format(n=page + 1, total=total) + " ·") in said
            if document:
                foot = f"{document.id} · {w['revision']} {document.record.revision} · {w['status_draft']} · {edition}"
                assert squeezed(foot) in said


def test_links_resolve(printed: Printed) -> None:
    reader = pypdf.PdfReader(io.BytesIO(printed.file.read_bytes()))
    names = reader.named_destinations
    inside, outside = 0, set()
    for page in reader.pages:
        for reference in page.get("/Annots") or []:
            link = reference.get_object()
            if link.get("/Subtype") != "/Link":
                continue
            action = link.get("/A", {})
            if action.get("/S") == "/URI":
                outside.add(str(action["/URI"]))
                continue
            target = link.get("/Dest", action.get("/D"))
            if isinstance(target, str):
                assert target in names, target
            else:
                assert target is not None
            inside += 1
    ids = {str(e.get("id")) for e in printed.tree.iter() if isinstance(e.tag, str) and e.get("id")}
    links = [str(a.get("href")) for a in printed.tree.iter("a")]
    # What leads to a document that is not in this book has no link in it, and says so.
    absent = {href for href in links if href.startswith("#") and href[1:] not in ids}
    assert not absent & {f"#{name}" for name in names}
    assert {href.partition("--")[0] for href in absent}.isdisjoint(f"#{part.name}" for part in documents(printed))
    assert all(href.startswith(("#", "https://")) for href in links)
    assert inside >= len([href for href in links if href.startswith("#") and href not in absent])
    assert outside == {href for href in links if href.startswith("https://")}


def documents(printed: Printed) -> list[Any]:
    return [part for part in printed.handbook.parts if part.kind == "document"]


def test_ids_are_unique_in_the_book(printed: Printed) -> None:
    counts = Counter(str(e.get("id")) for e in printed.tree.iter() if isinstance(e.tag, str) and e.get("id"))
    assert [name for name, number in counts.items() if number > 1] == []


# The index


def entries_of(printed: Printed) -> list[html.HtmlElement]:
    (index,) = printed.tree.find_class("index")
    return list(index.iter("li"))


def test_index_names_the_pages(printed: Printed) -> None:
    """Each link of each entry is followed by the number of the page that it leads to, and that page holds the place."""
    numbers = printed.names
    first = next(
        number for _, title, number in outline(printed) if title.endswith(wording(printed.language)["find_index"])
    )
    # In the order of printing: the columns are narrow, and other orders are guesses.
    text = squeezed("".join(pages_of(printed.file, "-raw")[first - 1 :]))
    entries = entries_of(printed)
    assert len(entries) > 20
    checked = 0
    for entry in entries:
        expected = entry.text or ""
        for part in entry:
            expected += part.text_content()
            if part.tag == "a":
                target = str(part.get("href")).removeprefix("#")
                number = numbers[target]
                expected += str(number)
                place = printed.tree.get_element_by_id(target)
                heading = place if place.tag in ("h2", "h3") else place.find(".//h1")
                if heading is not None:
                    assert squeezed(heading.text_content()) in squeezed(printed.texts[number - 1]), target
                    checked += 1
            expected += part.tail or ""
        assert squeezed(expected) in text
    assert checked > 20


def test_index_holds_what_the_book_holds(printed: Printed, compiled: Compiled) -> None:
    """Every entry of the site's index that leads into the book, and no other."""
    ids = {str(e.get("id")) for e in printed.tree.iter() if isinstance(e.tag, str) and e.get("id")}
    found = {
        (str(a.get("href"))[1:], " ".join(li.text_content().split()))
        for li in entries_of(printed)
        for a in li.iter("a")
    }
    page = html.fragment_fromstring(compiled.pages[printed.language, "find"].body, create_parent="div")
    wanted = set()
    for li in page.iter("li"):
        for a in li.iter("a"):
            path, _, anchor = str(a.get("href")).partition("#")
            name = path.removesuffix(".html").replace("/", "-") + (f"--{anchor}" if anchor else "")
            wanted |= {(name, li[0].text_content())} if name in ids else set()
    assert {target for target, _ in found} == {target for target, _ in wanted}
    # What an entry begins with.
    assert all(any(words.startswith(head) for other, head in wanted if other == target) for target, words in found)
    assert len(entries_of(printed)) == len({head for _, head in wanted})
    assert "roles-social-worker" not in ids and not [target for target, _ in found if target.startswith("roles-")]


def test_letters_of_the_index_stay_with_their_entries(tmp_path: Path) -> None:
    """Many letters over several pages and columns: each stands right above its first entry."""
    body = "".join(
        f"<h2>L{n:03}</h2><ul>"
        + "".join(f"<li>e{n:03}x{e} {'word ' * ((n * n + 3 * e) % 11)}</li>" for e in range(n * n * n % 7 + 1))
        + "</ul>"
        for n in range(200)
    )
    head = (
        '<link rel="stylesheet" href="../theme/assets/fonts/fonts-print.css"><link rel="stylesheet" href="print.css">'
    )
    page = f'<!doctype html><html lang="en"><head><title>Index</title>{head}</head><body><div class="index">{body}</div></body></html>'
    file = tmp_path / "index.pdf"
    file.write_bytes(print_pdf(page))
    places: dict[str, tuple[int, float, float]] = {}
    for number, part in enumerate(text_of(file, "-bbox").split("<page ")[1:]):
        for x, y, word in re.findall(r'<word xMin="([\d.]+)" yMin="([\d.]+)"[^>]*>([^<]+)<', part):
            places[word] = (number, float(x), float(y))
    assert len({number for number, _, _ in places.values()}) > 1
    assert len({round(x) for word, (_, x, _) in places.items() if word.startswith("L")}) == 3
    for n in range(200):
        letter, entry = places[f"L{n:03}"], places[f"e{n:03}x0"]
        assert letter[0] == entry[0] and abs(letter[1] - entry[1]) < 12 and 0 < entry[2] - letter[2] < 25, n
