"""What a book says of itself: title, language, author, dates of its edition, and that it follows PDF/UA-1."""

from __future__ import annotations

import pikepdf
from pikepdf import Dictionary, Name, String

from patokaz.handbooks.parts import Book

_XMP = """<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"
 xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:pdf="http://ns.adobe.com/pdf/1.3/" xmlns:xmp="http://ns.adobe.com/xap/1.0/"
 xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/"><rdf:Description rdf:about="">
<pdfuaid:part>1</pdfuaid:part>
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">{title}</rdf:li></rdf:Alt></dc:title>
<dc:creator><rdf:Seq><rdf:li>{author}</rdf:li></rdf:Seq></dc:creator>
<dc:language><rdf:Bag><rdf:li>{language}</rdf:li></rdf:Bag></dc:language>
<pdf:Producer>Patokaz</pdf:Producer><xmp:CreatorTool>Patokaz</xmp:CreatorTool>
<xmp:CreateDate>{date}</xmp:CreateDate><xmp:ModifyDate>{date}</xmp:ModifyDate>
</rdf:Description></rdf:RDF></x:xmpmeta>
<?xpacket end="r"?>"""


def describe(pdf: pikepdf.Pdf, book: Book) -> None:
    """Write document information, XMP, language and how a viewer shows the title."""
    values = {"title": book.title, "author": book.author, "language": book.language, "date": book.date}
    xmp = _XMP.format(**{name: _escaped(value) for name, value in values.items()})
    pdf.Root.Metadata = pdf.make_stream(xmp.encode(), Dictionary(Type=Name.Metadata, Subtype=Name.XML))
    pdf.Root.Lang = String(book.language)
    pdf.Root.ViewerPreferences = Dictionary(DisplayDocTitle=True)
    pdf.Root.PageMode = Name.UseOutlines
    inform(pdf, book)


def inform(pdf: pikepdf.Pdf, book: Book) -> None:
    """Write the document information alone."""
    day = f"D:{book.date.replace('-', '')}"
    for key, value in (
        ("/Title", book.title), ("/Author", book.author), ("/Producer", "Patokaz"), ("/Creator", "Patokaz"),
        ("/CreationDate", day), ("/ModDate", day),
    ):  # fmt: skip
        pdf.docinfo[key] = value


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
