"""A composed handbook as other printers take it: pages for mkdocs-with-pdf, one HTML for Chromium, one source for Typst. The same words in all."""

from __future__ import annotations

import re
import shutil
from html.parser import HTMLParser
from pathlib import Path

import yaml

from patokaz.handbooks import Book
from patokaz.handbooks.places import without_places

RESOURCES = Path(__file__).parents[1] / "src/patokaz/resources"
FONTS = RESOURCES / "theme/assets/fonts"


def bodies(book: Book) -> list[tuple[str, str, str]]:
    """(name, title, HTML of the body) of each part, without places of page numbers; links lead inside the book."""
    found = []
    for part in book.parts:
        body = re.split(r"</?body>", part.html)[1]
        found.append((part.name, part.title, without_places(body).replace('href="patokaz:', 'href="#')))
    return found


def chromium(book: Book, folder: Path) -> list[str]:
    """One HTML with our print styles, as far as Chromium knows them; tagged, with outline."""
    style = (RESOURCES / "print/print.css").read_text() + (RESOURCES / "print/drawing.css").read_text()
    fonts = (FONTS / "fonts-print.css").read_text().replace('url("', f'url("{FONTS.as_uri()}/')
    whole = "".join(body for _, _, body in bodies(book))
    html = f'<!doctype html><html lang="{book.language}"><head><meta charset="utf-8"><title>{book.title}</title><style>{fonts}{style}</style></head><body>{whole}</body></html>'
    (folder / "book.html").write_text(html, encoding="utf-8")
    program = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))))
    flags = ["--headless", "--no-sandbox", "--disable-gpu", "--no-pdf-header-footer", "--generate-pdf-document-outline"]
    return [program, *flags, f"--print-to-pdf={folder / 'book.pdf'}", (folder / "book.html").as_uri()]


def mkdocs(book: Book, folder: Path, python: Path) -> list[str]:
    """A site of one page a part, printed by the plugin with its own cover and contents."""
    docs = folder / "docs"
    docs.mkdir()
    nav = []
    for index, (_, title, body) in enumerate(bodies(book)[1:]):
        name = "index.md" if index == 0 else f"p{index}.md"
        # Raw HTML for the Markdown parser: no empty lines, no images.
        plain = re.sub(r"\n\s*\n", "\n", re.sub(r"<img[^>]*>", "", body))
        (docs / name).write_text(f"# {title}\n\n<div>\n{plain}\n</div>\n", encoding="utf-8")
        nav.append({title: name})
    settings = {
        "site_name": book.title,
        "theme": {"name": "material", "font": False},
        "nav": nav,
        "plugins": [{"with-pdf": {"output_path": "book.pdf", "cover": True}}],
    }
    (folder / "mkdocs.yml").write_text(yaml.safe_dump(settings, allow_unicode=True), encoding="utf-8")
    return [str(python), "-m", "mkdocs", "build", "--quiet", "--site-dir", str(folder / "site")]


class _Typst(HTMLParser):
    """Headings, paragraphs, lists, tables and words; drawings, links and styles are left out."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.out: list[str] = []
        self._skip = 0
        self._row = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:  # noqa: ARG002
        if self._skip or tag in ("svg", "style"):
            self._skip += tag not in ("img", "br", "path", "rect", "meta", "link", "input", "hr")
        elif tag in ("h1", "h2", "h3", "h4"):
            self.out.append(("\n\n#pagebreak(weak: true)\n" if tag == "h1" else "\n\n") + "=" * int(tag[1]) + " ")
        elif tag == "li":
            self.out.append("\n- ")
        elif tag in ("td", "th"):
            self.out.append("[")
        elif tag == "tr":
            self.out.append("\n")
        elif tag == "table":
            self.out.append("\n\n#table(columns: 4,")
        elif tag in ("p", "div", "dt", "section", "dl"):
            self.out.append("\n\n" if not self._row else " ")
        self._row += tag == "table"

    def handle_endtag(self, tag: str) -> None:
        if self._skip:
            self._skip -= 1
        elif tag in ("td", "th"):
            self.out.append("],")
        elif tag == "table":
            self._row -= 1
            self.out.append(")\n\n")

    def handle_data(self, data: str) -> None:
        if not self._skip and not (self._row and not data.strip()):
            words = " ".join(data.split()) + (" " if data[-1:].isspace() else "")
            self.out.append(re.sub(r"([\\#*_`$<>@=\-+/\[\]~])", r"\\\1", words))


def typst(book: Book, folder: Path, python: Path) -> list[str]:
    """One source with page numbers and a contents list; tagged, as Typst does by default."""
    parser = _Typst()
    for _, _, body in bodies(book)[1:]:
        parser.feed(body)
    head = f'#set document(title: "{book.title}")\n#set page(paper: "a4", numbering: "1")\n#set text(font: "Noto Sans", size: 10pt, lang: "{book.language}")\n#outline(depth: 2)\n'
    (folder / "book.typ").write_text(head + "".join(parser.out), encoding="utf-8")
    code = f"import typst; typst.compile('book.typ', output='book.pdf', font_paths=['{FONTS}'])"
    return [str(python), "-c", code]
