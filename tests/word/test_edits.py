"""What is edited in Word arrives as the smallest change of the Markdown, and what has no place in it is listed."""

from __future__ import annotations

import pytest
from docx.document import Document as WordDocument
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn

from patokaz.findings import FindingsError
from word_edits import (
    WHO,
    Trip,
    copied_after,
    delete,
    delete_mark,
    paragraph,
    replace_words,
    split_runs,
    track_deletion,
    track_insertion,
)

LISTED = """\
Before the list, over
two lines.

1. First, *with* [the role](role:social-worker).
2. Second.
   It goes on here.
3. Third [](source:S1).

A paragraph after it.

- alpha
- beta

| who | what |
|-----|-----:|
| police | stay outside |
| [the role](role:social-worker) | 5 \\| 6 |

> A quote with **weight**.
>
> - in it

```
kept  as it is
```

## A section {#a-section}

The end: don't, 5 * 3 and a_b."""


@pytest.fixture(scope="module")
def trip() -> Trip:
    return Trip("index", "en", LISTED)


def test_words_changed_in_a_run(trip: Trip) -> None:
    gone, new = trip.changed_lines(lambda word: replace_words(word, "A paragraph after", "A long paragraph after"))
    assert (gone, new) == (["A paragraph after it."], ["A long paragraph after it."])


def test_a_word_in_a_paragraph_of_two_lines_changes_one_line(trip: Trip) -> None:
    gone, new = trip.changed_lines(lambda word: replace_words(word, "two lines", "three lines"))
    assert (gone, new) == (["two lines."], ["three lines."])


def test_signs_that_stood_without_backslash_go_on_without(trip: Trip) -> None:
    gone, new = trip.changed_lines(lambda word: replace_words(word, "The end", "An end"))
    assert (gone, new) == (["The end: don't, 5 * 3 and a_b."], ["An end: don't, 5 * 3 and a_b."])


def test_typed_signs_of_markdown_stay_words(trip: Trip) -> None:
    back = trip.back(lambda word: replace_words(word, "A paragraph after", "1. *A* [paragraph](x) after"))
    assert "1\\. \\*A\\* \\[paragraph\\](x) after it." in back.content


def test_an_item_added_renumbers_those_after_it(trip: Trip) -> None:
    gone, new = trip.changed_lines(lambda word: copied_after(paragraph(word, "First, "), "One more."))
    assert new == ["2. One more.", "3. Second.", "4. Third [](source:S1)."]
    assert gone == ["2. Second.", "3. Third [](source:S1)."]


def test_an_item_deleted(trip: Trip) -> None:
    gone, new = trip.changed_lines(lambda word: delete(paragraph(word, "Second.")))
    assert gone == ["2. Second.", "   It goes on here.", "3. Third [](source:S1)."]
    assert new == ["2. Third [](source:S1)."]


def test_an_item_at_the_end_of_bullets_is_tight(trip: Trip) -> None:
    back = trip.back(lambda word: copied_after(paragraph(word, "beta"), "gamma"))
    assert "- alpha\n- beta\n- gamma\n\n| who" in back.content


def test_a_paragraph_deleted(trip: Trip) -> None:
    back = trip.back(lambda word: delete(paragraph(word, "A paragraph after it.")))
    assert "3. Third [](source:S1).\n\n- alpha\n- beta\n" in back.content


def test_a_paragraph_added(trip: Trip) -> None:
    back = trip.back(lambda word: copied_after(paragraph(word, "A paragraph after it."), "More."))
    assert back.content == trip.origin.content.replace("after it.\n", "after it.\n\nMore.\n")


def test_a_cell_changed(trip: Trip) -> None:
    gone, new = trip.changed_lines(lambda word: replace_words(word, "stay outside", "wait | outside"))
    assert (gone, new) == (["| police | stay outside |"], ["| police | wait \\| outside |"])


def test_a_row_added(trip: Trip) -> None:
    def edit(word: WordDocument) -> None:
        cells = word.tables[1].add_row().cells
        cells[0].text, cells[1].text = "doctor", "comes"

    gone, new = trip.changed_lines(edit)
    assert (gone, new) == ([], ["| doctor | comes |"])


def test_runs_split_by_the_spelling_change_nothing(trip: Trip) -> None:
    def edit(word: WordDocument) -> None:
        for item in word.paragraphs:
            split_runs(item)

    back = trip.back(edit)
    assert (back.content, back.findings) == (trip.origin.content, ())


def test_what_word_puts_between_words_changes_nothing(trip: Trip) -> None:
    def edit(word: WordDocument) -> None:
        replace_words(word, "A paragraph after", "A\u00a0para\u00adgraph  after")

    assert trip.back(edit).content == trip.origin.content


def test_quotation_marks_are_kept_as_typed(trip: Trip) -> None:
    _, new = trip.changed_lines(lambda word: replace_words(word, "don't", "don’t “do” it"))
    assert new == ["The end: don’t “do” it, 5 * 3 and a_b."]


def test_bold_and_italics_of_any_making(trip: Trip) -> None:
    def edit(word: WordDocument) -> None:
        item = copied_after(paragraph(word, "A paragraph after it."), "Never ")
        item.add_run("show it ").bold = True
        item.add_run("to ").style = word.styles["Strong"]
        item.add_run("others").italic = True
        item.add_run(", please").font.name = "Comic Sans MS"

    assert "\nNever **show it to** *others*, please\n" in trip.back(edit).content


def test_lists_that_word_makes_itself(trip: Trip) -> None:
    def edit(word: WordDocument) -> None:
        here = paragraph(word, "A paragraph after it.")
        first, second = copied_after(here, "by style"), None
        first.style = word.styles["List Bullet"]
        second = copied_after(first, "inside")
        second.style = word.styles["List Bullet 2"]
        third = copied_after(second, "by number")
        third.style = word.styles["List Paragraph"]
        numbering = word.part.numbering_part.element
        numbering.insert(
            0,
            parse_xml(
                f'<w:abstractNum {nsdecls("w")} w:abstractNumId="900"><w:lvl w:ilvl="0"><w:start w:val="1"/>'
                '<w:numFmt w:val="lowerLetter"/><w:lvlText w:val="%1)"/></w:lvl></w:abstractNum>'
            ),
        )
        numbering.append(parse_xml(f'<w:num {nsdecls("w")} w:numId="900"><w:abstractNumId w:val="900"/></w:num>'))
        number = third._p.get_or_add_pPr().get_or_add_numPr()
        number.get_or_add_ilvl().val, number.get_or_add_numId().val = 0, 900

    content = trip.back(edit).content
    assert "after it.\n\n- by style\n  - inside\n\n1. by number\n\n- alpha\n" in content


def test_a_new_heading_is_listed_with_an_id_to_give_it(trip: Trip) -> None:
    def edit(word: WordDocument) -> None:
        copied_after(paragraph(word, "A paragraph after it."), "Ново: жртва и ќерка").style = word.styles["Heading 1"]

    back = trip.back(edit)
    assert "\n\n## Ново: жртва и ќерка\n\n" in back.content
    assert [f.message for f in back.findings] == ["the new heading “Ново: жртва и ќерка” has no id"]
    assert "{#novo-zhrtva-i-kjerka}" in back.findings[0].hint


def test_a_reference_whose_words_were_changed_gets_them() -> None:
    trip = Trip()
    _, new = trip.changed_lines(lambda word: _set(word, "FORM-01 Request for help", "the form"))
    assert len(new) == 1
    assert new[0].startswith("Fill in [the form](doc:FORM-01) with")


def _set(word: WordDocument, old: str, new: str) -> None:
    """In the one run that holds these words and no others."""
    (found,) = [t for t in word.element.body.iter(qn("w:t")) if t.text == old]
    found.text = new


def test_links_made_in_word(trip: Trip) -> None:
    def edit(word: WordDocument) -> None:
        item = copied_after(paragraph(word, "A paragraph after it."), "See ")
        for address, words in (("https://example.org/a?b=c", "there"), ("file:///C:/secret.txt", "here")):
            relation = word.part.relate_to(address, _HYPERLINK, is_external=True)
            item._p.append(
                parse_xml(
                    f'<w:hyperlink {nsdecls("w", "r")} r:id="{relation}"><w:r><w:t>{words}</w:t></w:r></w:hyperlink>'
                )
            )

    back = trip.back(edit)
    assert "\nSee [there](https://example.org/a?b=c)here\n" in back.content
    assert [f.message for f in back.findings] == ["a link to `file:///C:/secret.txt`"]


_HYPERLINK = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/hyperlink"


def test_tracked_changes_are_carried_out_and_listed(trip: Trip) -> None:
    def edit(word: WordDocument) -> None:
        track_deletion(paragraph(word, "A paragraph after it."), "paragraph ")
        track_insertion(paragraph(word, "It goes on"), "goes", " straight")
        row = word.tables[1].rows[1]._tr
        row.get_or_add_trPr().append(parse_xml(f'<w:del {nsdecls("w")} w:id="93" {WHO}/>'))

    back = trip.back(edit)
    assert "\nA after it.\n" in back.content
    assert "2. Second.\n   It goes straight on here.\n" in back.content
    assert "police" not in back.content
    assert [(c.kind, c.author, c.words) for c in back.tracked] == [
        ("inserted", "A. Lawyer", " straight"),
        ("deleted", "A. Lawyer", "paragraph "),
        ("deleted", "A. Lawyer", "police stay outside"),
    ]


def test_a_struck_out_paragraph_mark_joins_two(trip: Trip) -> None:
    content = trip.back(lambda word: delete_mark(paragraph(word, "Before the list"))).content
    assert "1. Before the list, over two lines.First, *with* [the role]" in content


def test_comments_are_listed_with_author_and_words(trip: Trip) -> None:
    def edit(word: WordDocument) -> None:
        run = paragraph(word, "A paragraph after it.").runs[0]
        word.add_comment(run, text="Who decides?", author="B. Commission")

    back = trip.back(edit)
    assert back.content == trip.origin.content
    assert [(f.code, f.message) for f in back.findings] == [
        ("KB634", "a comment by B. Commission on “A paragraph after it.”: “Who decides?”")
    ]


FOREIGN = {
    "a text box: “boxed”": "<w:r><w:pict><v:shape xmlns:v='urn:schemas-microsoft-com:vml'><v:textbox><w:txbxContent>"
    "<w:p><w:r><w:t>boxed</w:t></w:r></w:p></w:txbxContent></v:textbox></v:shape></w:pict></w:r>",
    "a picture or drawing": "<w:r><w:drawing/></w:r>",
    "a footnote: “”": '<w:r><w:footnoteReference w:id="7"/></w:r>',
    "hidden words: “unseen”": "<w:r><w:rPr><w:vanish/></w:rPr><w:t>unseen</w:t></w:r>",
    "a sign of a symbol font": '<w:r><w:sym w:font="Wingdings" w:char="F0E0"/></w:r>',
}


@pytest.mark.parametrize("what", FOREIGN)
def test_what_has_no_place_is_listed(trip: Trip, what: str) -> None:
    def edit(word: WordDocument) -> None:
        holder = parse_xml(f"<w:p {nsdecls('w')}>{FOREIGN[what]}</w:p>")
        for child in list(holder):
            paragraph(word, "A paragraph after it.")._p.append(child)

    back = trip.back(edit)
    assert back.content == trip.origin.content
    assert [f.message for f in back.findings] == [what]
    assert back.findings[0].location.line > 1


def test_an_unknown_style_is_listed_and_read_as_plain_text(trip: Trip) -> None:
    def edit(word: WordDocument) -> None:
        word.styles.add_style("Ministry Letter", 1)
        paragraph(word, "A paragraph after it.").style = word.styles["Ministry Letter"]

    back = trip.back(edit)
    assert back.content == trip.origin.content
    assert [f.message for f in back.findings] == ["the style “Ministry Letter”"]


def test_facts_of_the_record_changed_in_word_are_listed_and_not_taken() -> None:
    trip = Trip()
    back = trip.back(lambda word: replace_words(word, "Social worker; By when: at most", "Nobody; at most"))
    assert back.content == trip.origin.content
    assert [f.code for f in back.findings] == ["KB634"]
    assert back.findings[0].message.startswith("a changed fact of the record: “Who acts: Nobody")


def test_title_and_summary_change_the_front_matter_only() -> None:
    trip = Trip()

    def edit(word: WordDocument) -> None:
        next(p for p in word.paragraphs if p.style is not None and p.style.name == "Title").runs[0].text = "Help: first"
        replace_words(word, "first hours after", "first days after")

    gone, new = trip.changed_lines(edit)
    assert gone == ["title: First help", "summary: What to do in the first hours after a person arrives."]
    assert new == ['title: "Help: first"', "summary: What to do in the first days after a person arrives."]


def test_a_lost_step_is_an_error_with_its_id() -> None:
    trip = Trip()
    with pytest.raises(FindingsError) as caught:
        trip.back(lambda word: delete(next(p for p in word.paragraphs if p.text == "Ask the child")))
    assert [(f.code, f.location.path) for f in caught.value.findings] == [("KB633", "w.docx")]
    assert "`ask-child`" in caught.value.findings[0].message


def test_a_heading_whose_bookmark_was_lost_is_known_by_its_words() -> None:
    trip = Trip()

    def edit(word: WordDocument) -> None:
        for mark in list(word.element.body.iter(qn("w:bookmarkStart"))):
            mark.getparent().remove(mark)

    back = trip.back(edit)
    assert (back.content, back.findings) == (trip.origin.content, ())


def test_a_heading_reworded_keeps_its_id() -> None:
    gone, new = Trip().changed_lines(lambda word: replace_words(word, "Find a safe place", "Look for a safe place"))
    assert (gone, new) == (["### Find a safe place {#make-safe}"], ["### Look for a safe place {#make-safe}"])


def test_a_list_that_lost_its_head_begins_as_before_and_one_cut_in_two_counts_on(trip: Trip) -> None:
    content = trip.back(lambda word: delete(paragraph(word, "First, "))).content
    assert "\n\n1. Second.\n   It goes on here.\n2. Third [](source:S1).\n" in content

    def cut(word: WordDocument) -> None:
        copied_after(paragraph(word, "First, "), "Between.").style = word.styles["Normal"]
        between = paragraph(word, "Between.")._p
        number = between.pPr.numPr
        between.pPr.remove(number)

    content = trip.back(cut).content
    assert "social-worker).\n\nBetween.\n\n2. Second.\n   It goes on here.\n3. Third [](source:S1).\n" in content
