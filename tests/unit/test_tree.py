"""Composed pages are read as XML: what that changes and what it refuses. What stands in the way of styles that are shared is moved."""

from collections import Counter
from xml.etree import ElementTree

import pytest
import tinyhtml5
from hypothesis import given
from hypothesis import strategies as st

from patokaz.findings import KbError
from patokaz.handbooks import print_pdf
from patokaz.handbooks.tree import lead_by_first_words, name_languages_by_class, rules_of, tree_of

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


def led(body: str) -> str:
    root = tree_of(f'<html><body><section id="s">{body}</section></body></html>')
    lead_by_first_words(root)
    return ElementTree.tostring(root, encoding="unicode").partition('<section id="s">')[2].partition("</section>")[0]


@pytest.mark.parametrize(
    ("body", "moved"),
    [
        ('<li id="a"> <p><b>1.</b> one</p></li>', '<li> <p><b id="a">1.</b> one</p></li>'),
        ('<div id="a"><dt>S1</dt><dd>x</dd></div>', '<div><dt id="a">S1</dt><dd>x</dd></div>'),
        # Words come first; the first element has a name of its own; there is none; a drawing; a cell that heads others; a heading.
        ('<li id="a">w <b>1.</b></li>', '<li id="a">w <b>1.</b></li>'),
        ('<li id="a"><b id="b">1.</b></li>', '<li id="a"><b id="b">1.</b></li>'),
        ('<li id="a" />', '<li id="a" />'),
        ('<div id="a"><img src="x" /></div>', '<div id="a"><img src="x" /></div>'),
        ('<tr id="a"><th>h</th></tr>', '<tr id="a"><th>h</th></tr>'),
        ('<h2 id="a"><b>h</b></h2>', '<h2 id="a"><b>h</b></h2>'),
    ],
)
def test_a_name_goes_to_the_first_words(body: str, moved: str) -> None:
    assert led(body) == moved


def bodies() -> st.SearchStrategy[str]:
    words = st.sampled_from(["", " ", "w"])
    leaves = st.builds(
        "<{0}{1}>{2}</{0}>".format, st.sampled_from(["b", "span", "th"]), st.sampled_from(["", " id=''"]), words
    )
    inner = st.recursive(
        leaves,
        lambda kids: st.builds(
            "<{0}{1}>{2}{3}{4}</{0}>".format,
            st.sampled_from(["div", "li", "p", "tr", "td"]),
            st.sampled_from(["", " id=''"]),
            words,
            st.lists(kids, max_size=3).map("".join),
            words,
        ),
        max_leaves=12,
    )
    return st.lists(inner, max_size=4).map("".join)


@given(bodies())
def test_every_name_stays_once_and_leads_to_the_same_words(body: str) -> None:
    pieces = body.split("id=''")
    named = "".join(
        piece + (f'id="i{number}"' if number < len(pieces) - 1 else "") for number, piece in enumerate(pieces)
    )
    before = tree_of(f"<html><body><section>{named}</section></body></html>")
    after = tree_of(f"<html><body><section>{named}</section></body></html>")
    lead_by_first_words(after)
    whole = "".join(before.itertext())
    assert "".join(after.itertext()) == whole

    def starts(root: ElementTree.Element) -> Counter[tuple[str, int]]:
        """(Name, how many letters stand before what bears it), for all names."""
        found: Counter[tuple[str, int]] = Counter()

        def walk(element: ElementTree.Element, passed: int) -> int:
            if name := element.get("id"):
                found[name, passed] += 1
            passed += len("".join((element.text or "").split()))
            for kid in element:
                passed = walk(kid, passed) + len("".join((kid.tail or "").split()))
            return passed

        walk(root, 0)
        return found

    assert starts(after) == starts(before)


def test_a_language_is_named_by_a_class_with_a_rule() -> None:
    root = tree_of('<html lang="mk"><body><p lang="sq" class="a">x <b lang="en">y</b></p></body></html>')
    assert name_languages_by_class(root) == ("sq", "en")
    assert root.get("lang") == "mk"
    assert [element.get("class") for element in root.iter() if element.get("class")] == ["a lang-sq", "lang-en"]
    assert not [element for element in root.iter() if element is not root and element.get("lang")]
    assert rules_of(("sq", "en")) == '.lang-sq { -weasy-lang: "sq" }.lang-en { -weasy-lang: "en" }'


def test_what_looks_alike_has_one_style(monkeypatch: pytest.MonkeyPatch) -> None:
    """Four times the entries cost few styles and few of their values more, whatever their names and languages."""
    import weasyprint.css as css

    made: Counter[str] = Counter()
    value, style = css.ComputedStyle.__missing__, css.ComputedStyle.__init__

    def count_value(self: css.ComputedStyle, key: str) -> object:
        made["values"] += 1
        return value(self, key)

    def count_style(self: css.ComputedStyle, *about: object) -> None:
        made["styles"] += 1
        style(self, *about)

    monkeypatch.setattr(css.ComputedStyle, "__missing__", count_value)
    monkeypatch.setattr(css.ComputedStyle, "__init__", count_style)
    totals = []
    for entries in (5, 20):
        made.clear()
        items = "".join(
            f'<li id="i{n}"><p><b>{n}</b> <span lang="sq">fjalë <i>x</i></span></p></li>' for n in range(entries)
        )
        print_pdf(f'<!doctype html><html lang="en"><head><title>T</title></head><body><ul>{items}</ul></body></html>')
        totals.append((made["styles"], made["values"]))
    (few, few_values), (many, many_values) = totals
    # What is left is the style of the element that bears the name, and of the item's mark.
    assert many <= few + 15 * 2
    assert many_values < few_values + 15 * 200
