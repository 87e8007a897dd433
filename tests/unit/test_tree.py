"""Composed pages are read as XML: what that changes and what it refuses."""

from xml.etree import ElementTree

import pytest
import tinyhtml5

from patokaz.findings import KbError
from patokaz.handbooks.tree import tree_of

PAGE = """<!doctype html>
<html lang="mk">
<head><meta charset="utf-8"><title>Наслов &amp; друго</title><link rel="stylesheet" href="print.css"></head>
<body><p class="a">Прв ред<br>втор &lt;ред&gt; <img src="a.png" alt="1 &gt; 0"/></p><hr><input name="x" />
<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1"><path d="M0 0"/></svg></body>
</html>"""


def shape(element: ElementTree.Element) -> object:
    # Between the elements of a page's outline the two readers keep other spaces.
    loose = element.tag in ("html", "head", "body")
    words = [] if loose else [element.text or "", *(kid.tail or "" for kid in element)]
    attributes = {name: value for name, value in element.attrib.items() if "xmlns" not in name}
    return element.tag, attributes, words, [shape(kid) for kid in element]


def test_the_tree_is_that_of_a_reader_of_html() -> None:
    assert shape(tree_of(PAGE)) == shape(tinyhtml5.parse(PAGE, namespace_html_elements=False))


def test_what_xml_cannot_hold_goes() -> None:
    assert tree_of("<p>a\x0bb\x00c\ufffed</p>").text == "abcd"


def test_what_is_not_closed_is_named() -> None:
    with pytest.raises(KbError, match="not well formed"):
        tree_of("<p>a<b>b</p>")
