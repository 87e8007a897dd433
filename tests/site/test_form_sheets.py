"""Forms alone: what can be typed and clicked is the record's fields, nothing is filled in, and a screen reader is told all of it."""

from __future__ import annotations

import functools
import io
import re
import subprocess
import sys
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from click.testing import CliRunner
from pikepdf.form import CheckboxField, Form, RadioButtonGroup, TextField
from sitekit import LANGUAGES, REPOSITORY, need

from patokaz.checking import checked, sound_edition
from patokaz.cli.main import main
from patokaz.handbooks import compose_form
from patokaz.handbooks.form_fields import print_form
from patokaz.handbooks.form_sheet import FormSheet
from patokaz.load import DiskTree, MemoryTree, Tree
from patokaz.model.library import Document, Library
from patokaz.model.records import FormField, FormRecord
from patokaz.pages.view import View
from patokaz.pages.wording import wording
from sample import FORM, SAMPLE, TODAY, overlay

FORMS = ("FORM-01", "FORM-02", "FORM-03", "FORM-04")
TYPED = "Ѓорѓи Џ. ќе љуби њива, ѕвезда, ѝ; Është çka"


def edition(tree: Tree) -> Library:
    library, findings = checked(tree, TODAY)
    assert library is not None
    return sound_edition(library, findings, tree, TODAY)


@functools.cache
def view(language: str, root: Path = REPOSITORY) -> View:
    return View(_edition(root), "professional", language)


@functools.cache
def _edition(root: Path) -> Library:
    return edition(DiskTree(root))


@functools.cache
def sheet(form: str, language: str, *, fillable: bool = True, root: Path = REPOSITORY) -> FormSheet:
    found = view(language, root)
    return compose_form(found.documents[form], found, TODAY, fillable=fillable)


@functools.cache
def printed(form: str, language: str, *, fillable: bool = True, root: Path = REPOSITORY) -> bytes:
    return print_form(sheet(form, language, fillable=fillable, root=root))


def record_fields(document: Document) -> list[FormField]:
    assert isinstance(document.record, FormRecord)
    return [item for section in document.record.sections for item in section.fields]


def leaves(node: Any, name: str = "") -> Iterator[tuple[str, Any]]:
    """(full name, field) of every field that can hold a value, in the order of the tree."""
    if "/T" in node:
        assert "." not in str(node["/T"]), "ISO 32000-1, 12.7.3.2: a name of its own holds no full stop"
        name = f"{name}.{node['/T']}" if name else str(node["/T"])
    kids = [kid for kid in node.get("/Kids", []) if "/T" in kid]
    if not kids:
        yield name, node
    for kid in kids:
        yield from leaves(kid, name)


def fields_of(pdf: pikepdf.Pdf) -> list[tuple[str, Any]]:
    (root,) = pdf.Root.AcroForm.Fields
    return list(leaves(root))


def words_of(pdf: bytes, *options: str) -> str:
    command = [need("pdftotext"), "-enc", "UTF-8", *options, "-", "-"]
    return subprocess.run(command, input=pdf, capture_output=True, check=True, timeout=60).stdout.decode()


# The fields


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("language", LANGUAGES)
def test_the_fields_are_those_of_the_record(form: str, language: str) -> None:
    """Their names, in its order, the same in every language; each says its label."""
    found = view(language)
    labels = found.documents[form].text_for(language, LANGUAGES).front.labels
    wanted: dict[str, str] = {}
    for item in record_fields(found.documents[form]):
        name = f"{form}.{item.id}"
        if item.type == "checks":
            wanted |= {f"{name}.{option}": f"{labels[item.id]}: {labels[option]}" for option in item.options}
        elif item.type == "indicators":
            signs = [sign for group in item.groups for sign in found.indicator_groups[group].indicators]
            wanted |= {f"{name}.{sign.id}": f"{labels[item.id]}: {sign.text[language]}" for sign in signs}
        else:
            wanted[name] = labels[item.id]
    with pikepdf.open(io.BytesIO(printed(form, language))) as pdf:
        made = fields_of(pdf)
        assert [name for name, _ in made] == list(wanted)
        for name, field in made:
            assert str(field.TU).startswith(wanted[name]), name
        boxes = sum(len(field.get("/Kids", [field])) for _, field in made)
        assert boxes == sum(item.Subtype == "/Widget" for page in pdf.pages for item in page.get("/Annots", []))


@pytest.mark.parametrize("form", FORMS)
def test_kinds(form: str) -> None:
    """Long answers have several lines, one of several is a choice that can be taken back, any number are boxes."""
    kinds = {item.id: item for item in record_fields(view("mk").documents[form])}
    with pikepdf.open(io.BytesIO(printed(form, "mk"))) as pdf:
        for name, field in Form(pdf).items():
            item = kinds[name.split(".")[1]]
            flags = int(field._field.flags)
            if item.type == "choice":
                assert isinstance(field, RadioButtonGroup)
                assert tuple(str(option.on_value).lstrip("/") for option in field.options) == item.options
                assert not flags & (1 << 14), "a second click takes the answer back"
            elif item.type in ("checks", "indicators"):
                assert isinstance(field, CheckboxField)
            else:
                assert isinstance(field, TextField)
                assert field.is_multiline == (item.type == "area")
                assert flags & (1 << 22), "nothing is sent to a spelling checker"
                assert flags & (1 << 23), "what cannot be seen on paper cannot be typed"


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_date_and_a_time_say_how_they_are_written(language: str) -> None:
    words = wording(language)
    with pikepdf.open(io.BytesIO(printed("FORM-01", language, root=SAMPLE))) as pdf:
        tips = {name: str(field.TU) for name, field in fields_of(pdf)}
    assert tips["FORM-01.met-on"].endswith(f"({words['form_date']})")
    assert tips["FORM-01.met-at"].endswith(f"({words['form_time']})")
    assert f"({words['form_date']})" in words_of(printed("FORM-01", language, root=SAMPLE))


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_is_filled_in_and_nothing_runs(form: str, language: str) -> None:
    with pikepdf.open(io.BytesIO(printed(form, language))) as pdf:
        for item in pdf.objects:
            if isinstance(item, pikepdf.Dictionary):
                assert not {"/JS", "/JavaScript", "/AA", "/OpenAction", "/SubmitForm"} & set(item.keys())
                if "/FT" in item or item.get("/Subtype") == "/Widget":
                    assert not {"/V", "/DV"} & set(item.keys())
                    assert item.get("/AS", pikepdf.Name.Off) == "/Off"
        assert not {"/NeedAppearances", "/XFA", "/CO", "/SigFlags"} & set(pdf.Root.AcroForm.keys())


@pytest.mark.parametrize("form", FORMS)
def test_tab_goes_through_the_fields_in_the_order_of_reading(form: str) -> None:
    """Each field is in the structure tree, once, and the order there is that of the record and of the page's annotations."""
    with pikepdf.open(io.BytesIO(printed(form, "mk"))) as pdf:
        read: list[Any] = []

        def walk(element: Any, kind: str) -> None:
            kids = element.get("/K", pikepdf.Array())
            for kid in kids if isinstance(kids, pikepdf.Array) else [kids]:
                if isinstance(kid, pikepdf.Dictionary) and "/S" in kid:
                    walk(kid, str(kid.S))
                elif isinstance(kid, pikepdf.Dictionary) and kid.Obj.Subtype == "/Widget":
                    assert kind == "/Form"
                    read.append(kid.Obj)

        walk(pdf.Root.StructTreeRoot, "")
        order = [box.objgen for _, field in fields_of(pdf) for box in field.get("/Kids", [field])]
        assert [box.objgen for box in read] == order
        there = []
        for page in pdf.pages:
            assert page.Tabs == "/S"
            there += [item.objgen for item in page.get("/Annots", []) if item.Subtype == "/Widget"]
        assert there == order
        numbers = pdf.Root.StructTreeRoot.ParentTree.Nums
        parents = {int(numbers[at]): numbers[at + 1] for at in range(0, len(numbers), 2)}
        assert all(parents[int(box.StructParent)].S == "/Form" for box in read)


def test_fields_lie_on_the_page_and_not_on_one_another() -> None:
    with pikepdf.open(io.BytesIO(printed("FORM-02", "mk"))) as pdf:
        for page in pdf.pages:
            boxes = [[float(value) for value in item.Rect] for item in page.get("/Annots", [])]
            for left, bottom, right, top in boxes:
                assert 40 < left < right < 560 and 40 < bottom < top < 810
                assert min(right - left, top - bottom) >= 9
            for index, one in enumerate(boxes):
                for other in boxes[index + 1 :]:
                    assert one[2] <= other[0] or other[2] <= one[0] or one[3] <= other[1] or other[3] <= one[1]


# What is typed


def test_letters_of_every_language_can_be_typed() -> None:
    """The font of the fields is embedded whole: each letter has a glyph, and only one."""
    with pikepdf.open(io.BytesIO(printed("FORM-02", "mk"))) as pdf:
        (name,) = pdf.Root.AcroForm.DR.Font.keys()
        assert name == "/Wingdings", "by this name PDFium types Cyrillic with the font that it is given"
        font = pdf.Root.AcroForm.DR.Font[name]
        assert str(font.BaseFont) == "/NotoSans-Regular", "not a subset"
        mapped = re.findall(rb"<([0-9a-f]{4})> <([0-9a-f]{4})>", font.ToUnicode.read_bytes())
        letters = {chr(int(code, 16)) for _, code in mapped}
        assert len(letters) == len(mapped)
        alphabets = "".join(wording(language).file.alphabet for language in LANGUAGES)
        assert set(alphabets + alphabets.upper() + TYPED + "0123456789.,;:()/+@–„“”") <= letters
        assert font.DescendantFonts[0].FontDescriptor.FontFile2.read_bytes()[:4] == b"\0\1\0\0"
        looks = {str(field.DA) for _, field in fields_of(pdf) if field.FT == "/Tx"}
        assert looks == {f"{name} 10 Tf 0 g"}


def test_what_a_reader_types_is_shown() -> None:
    """Filled by one program, shown by another that knows nothing of it."""
    with pikepdf.open(io.BytesIO(printed("FORM-02", "mk"))) as pdf:
        form = Form(pdf)
        form["FORM-02.referring-body"].value = TYPED
        form["FORM-02.needs-detail"].value = "Кревет за ноќва.\nShtrat për sonte."
        form["FORM-02.urgent-needs.need-shelter"].checked = True
        (child,) = (option for option in form["FORM-02.age-group"].options if str(option.on_value) == "/child")
        child.select()
        out = io.BytesIO()
        pdf.save(out)
    text = words_of(out.getvalue())
    for said in (TYPED, "Кревет за ноќва.", "Shtrat për sonte."):
        assert said in text
        assert said not in words_of(printed("FORM-02", "mk"))
    with pikepdf.open(out) as filled:
        values = {name: field.get("/V") for name, field in fields_of(filled)}
        assert values["FORM-02.age-group"] == "/child", "the same in every language"
        assert values["FORM-02.urgent-needs.need-shelter"] == "/Yes"


# The sheet


@pytest.mark.parametrize("fillable", [True, False])
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_page_says_what_it_is_and_how_long_it_counts(language: str, *, fillable: bool) -> None:
    document, words = view(language).documents["FORM-04"], wording(language)
    pages = words_of(printed("FORM-04", language, fillable=fillable)).split("\f")[:-1]
    until = words["form_use_until"].format(date=words.date(document.record.review_due))
    assert len(pages) > 1
    for number, page in enumerate(pages, 1):
        said = " ".join(page.split())
        for part in (
            f"FORM-04 {document.texts[language].front.title}",
            f"FORM-04 · {words['revision']} 1.0 · {words['status_draft']} · {until} · {words['edition']} 2026.1",
            words["page_of"].format(n=number, total=len(pages)),
        ):
            assert part in said, (number, part)
    whole = " ".join(" ".join(pages).split())
    assert words["notice_model"] in whole
    assert (words["form_kept"] in whole) == fillable
    assert words["notice_overdue"] not in whole
    for label in document.texts[language].front.labels.values():
        assert " ".join(label.split()) in whole


def test_paper_and_size_of_letters() -> None:
    """A4, and nothing smaller than 9 pt but heads and foot, and the marks of sources and of what is unverified."""
    for fillable in (True, False):
        with pikepdf.open(io.BytesIO(printed("FORM-03", "sq", fillable=fillable))) as pdf:
            sizes: set[float] = set()
            for page in pdf.pages:
                assert [round(float(value)) for value in page.MediaBox] == [0, 0, 595, 842]
                sizes |= set(sizes_of(page))
        assert {size for size in sizes if size < 9} == {7, 7.5}
        assert min(size for size in sizes if size >= 9) == 9


def sizes_of(page: pikepdf.Page) -> Iterator[float]:
    """The sizes in points of the letters of a page, without artifacts."""
    open_marks: list[str] = []
    size = scale = 0.0
    for operands, operator in pikepdf.parse_content_stream(page):
        match str(operator):
            case "BDC" | "BMC":
                open_marks.append(str(operands[0]))
            case "EMC":
                open_marks.pop()
            case "Tf":
                size = float(operands[1])  # type: ignore[arg-type]
            case "Tm":
                scale = float(operands[0])  # type: ignore[arg-type]
            case "TJ" if "/Artifact" not in open_marks:
                yield round(size * scale * 0.75, 2)  # WeasyPrint draws in CSS pixels


def test_other_paper_and_long_words_stay_on_the_page() -> None:
    word = "Donaudampfschifffahrtsgesellschaft" * 3
    case = {
        f"{FORM}/record.yml": {"replace": ["paper: A4", "paper: A5"]},
        f"{FORM}/en.md": {
            "replace": [["  place: Place", f'  place: "{word} </style> <b>&"'], ["  food: Food", f"  food: {word}"]]
        },
    }
    found = View(edition(MemoryTree(overlay(case).files)), "professional", "en")
    made = compose_form(found.documents["FORM-01"], found, TODAY, fillable=True)
    assert made.fields[0].label == f"{word} </style> <b>&"
    with pikepdf.open(io.BytesIO(print_form(made))) as pdf:
        for page in pdf.pages:
            assert [round(float(value)) for value in page.MediaBox] == [0, 0, 420, 595]
            for item in page.get("/Annots", []):
                assert 40 < float(item.Rect[0]) < float(item.Rect[2]) < 385


def test_flat_has_lines_and_boxes_and_no_fields() -> None:
    for root in (REPOSITORY, SAMPLE):
        flat = sheet("FORM-01", "mk", fillable=False, root=root)
        assert "<input" not in flat.html and "<textarea" not in flat.html
        fields = record_fields(view("mk", root).documents["FORM-01"])
        lines = sum((item.lines or 3) if item.type == "area" else 1 for item in fields if not boxes_of(item))
        assert flat.html.count('<div class="line') == lines
        assert flat.html.count('<span class="tick">') == sum(len(field.options) for field in flat.fields)
        with pikepdf.open(io.BytesIO(printed("FORM-01", "mk", fillable=False, root=root))) as pdf:
            assert "/AcroForm" not in pdf.Root
            assert not [item for page in pdf.pages for item in page.get("/Annots", [])]


def boxes_of(item: FormField) -> bool:
    return item.type in ("choice", "checks", "indicators")


def test_sources_keep_their_marks() -> None:
    """Each mark has its entry on the sheet, and what nobody confirms is marked on paper too."""
    whole = " ".join(words_of(printed("FORM-03", "mk")).split())
    for name in ("S10", "S76", "S149"):
        assert len(re.findall(rf"\b{name}\b", whole)) >= 2, name
    assert wording("mk")["unverified"] in whole


def test_an_overdue_form_says_so() -> None:
    found = view("mk")
    document = found.documents["FORM-01"]
    for days, said in ((0, False), (1, True)):
        day = document.record.review_due + timedelta(days=days)
        html = compose_form(document, found, day, fillable=True).html
        assert (found.words["notice_overdue"] in html) == said


def test_another_language_is_told_to_readers_and_to_screen_readers() -> None:
    library = edition(MemoryTree(overlay({f"{FORM}/mk.md": {"delete": True}}).files))
    found = View(library, "professional", "mk")
    made = compose_form(found.documents["FORM-01"], found, TODAY, fillable=True)
    with pikepdf.open(io.BytesIO(print_form(made))) as pdf:
        assert str(pdf.Root.Lang) == "mk"
        forms = [item for item in pdf.objects if isinstance(item, pikepdf.Dictionary) and item.get("/S") == "/Form"]
        assert {str(item.Lang) for item in forms} == {made.text_language} != {"mk"}


@pytest.mark.parametrize("fillable", [True, False])
def test_equal_input_gives_equal_bytes(*, fillable: bool) -> None:
    once = printed("FORM-01", "sq", fillable=fillable, root=SAMPLE)
    assert print_form(sheet("FORM-01", "sq", fillable=fillable, root=SAMPLE)) == once


@pytest.mark.parametrize("fillable", [True, False])
def test_validators_find_nothing(tmp_path: Path, *, fillable: bool) -> None:
    """qpdf, and two validators that are not ours. TAG-002 takes long running heads for prose; ORD-001 is about the order of painting."""
    file = tmp_path / "form.pdf"
    file.write_bytes(printed("FORM-04", "mk", fillable=fillable))
    pytest.importorskip("pdfua", reason="make test installs it")
    pytest.importorskip("outloud", reason="make test installs it")
    outloud = [str(Path(sys.executable).parent / "outloud"), "--skip", "TAG-002,ORD-001", "--fail-on", "warning"]
    commands = ([need("qpdf"), "--check"], [sys.executable, "-m", "pdfua", "check"], outloud)
    for command in commands:
        done = subprocess.run([*command, str(file)], capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stdout + done.stderr
        assert "WARNING" not in done.stdout + done.stderr


# The command


def patokaz(*arguments: str) -> Any:
    return CliRunner().invoke(main, ["--root", str(SAMPLE), "form", *arguments, "--today", str(TODAY)])


def test_the_command_writes_one_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for more, name in (([], "form-01-sq.pdf"), (["--flat"], "form-01-sq-flat.pdf"), (["-o", "x.pdf"], "x.pdf")):
        result = patokaz("FORM-01", "--lang", "sq", *more)
        assert (result.exit_code, result.stdout) == (0, f"{name}\n")
        assert Path(name).read_bytes() == printed("FORM-01", "sq", fillable="--flat" not in more, root=SAMPLE)
    assert len(list(tmp_path.iterdir())) == 3


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["FORM-10", "--lang", "mk"], "patokaz: this edition shows no form `FORM-10`. did you mean `FORM-01`?"),
        (["SOP-01", "--lang", "mk"], "patokaz: this edition shows no form `SOP-01`."),
        (["FORM-01", "--lang", "xx"], "patokaz: the library is not made in `xx`; it is in: mk, sq, en"),
        (["FORM-01", "--lang", "mk", "--audience", "public"], "patokaz: this edition shows no form `FORM-01`."),
    ],
)
def test_what_is_not_there_is_said(
    arguments: list[str], said: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    result = patokaz(*arguments)
    assert result.exit_code == 3
    assert result.stderr.startswith(said)
    assert not list(tmp_path.iterdir())
