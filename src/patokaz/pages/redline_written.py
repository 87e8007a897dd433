"""A redline written down: as text, as Markdown, as HTML. The same lines in each, and no word left out in any.

Deleted and inserted words are marked by more than colour: ``[-…-]`` and ``{+…+}`` in text (the marks of GNU wdiff), ``<del>`` and ``<ins>``
in Markdown and HTML, where words that only a screen reader says stand round them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from markupsafe import Markup, escape

from patokaz.pages.redline import Group, Redline
from patokaz.pages.redline_lines import Line
from patokaz.pages.render import render
from patokaz.pages.view import View
from patokaz.pages.wording import Wording, capital, wording
from patokaz.revisions.inline import Run

_TEXT_MARKS = {"deleted": ("[-", "-]"), "inserted": ("{+", "+}"), "equal": ("", "")}
_TAGS = {"deleted": "del", "inserted": "ins"}
_SPECIAL = re.compile(r"([\\`*_\[\]<>#|~])")


def heading(group: Group) -> str:
    """``Step 1.2: Ask the child – moved``."""
    return " – ".join((capital(group.title), *group.state))


def as_text(redline: Redline) -> str:
    """Plain text for a terminal or a mail."""
    w = wording(redline.language)
    lines = [w["redline_title"].format(title=redline.title), _document(redline, w)]
    lines += [f"{label}: {value}" for label, value in redline.facts]
    lines += [redline.note] if redline.note else []
    if not redline.groups:
        return "\n".join([*lines, "", w["redline_nothing"], ""])
    lines += ["", w["redline_for_whom"]]
    lines += [f"  {role}: {'; '.join(capital(g.title) for g in groups)}" for role, groups in redline.concerned]
    for group in redline.groups:
        lines += ["", heading(group)]
        lines += [f"  - {line.label}: {_text_of(line, w)}" for line in group.lines]
    return "\n".join([*lines, ""])


def _document(redline: Redline, w: Wording) -> str:
    return f"{redline.document}. {w['redline_from_to'].format(old=redline.old, new=redline.new)}"


def _text_of(line: Line, w: Wording) -> str:
    if not line.runs:
        return f"{line.old or w['redline_none']} → {line.new or w['redline_none']}"
    return "".join(_text_run(run) for run in line.runs)


def _text_run(run: Run) -> str:
    start, end = _TEXT_MARKS[run.kind]
    before, words, after = _parted(run.text)
    star = "*" * (run.style.strong or run.style.emphasis)
    return f"{before}{start}{star}{words}{star}{end}{after}" if words else _only_space(run, before)


def _parted(text: str) -> tuple[str, str, str]:
    """White space outside, so that marks stand at words."""
    words = text.strip()
    if not words:
        return text, "", ""
    at = text.index(words)
    return text[:at], words, text[at + len(words) :]


def _only_space(run: Run, space: str) -> str:
    """Changed white space shows nothing; what is deleted leaves none."""
    return "" if run.kind == "deleted" else space


def as_markdown(redline: Redline) -> str:
    """Markdown (CommonMark) with ``<del>`` and ``<ins>``."""
    w = wording(redline.language)
    lines = [f"# {_md(w['redline_title'].format(title=redline.title))}", "", _md(_document(redline, w)), ""]
    lines += [f"- {_md(label)}: {_md(value)}" for label, value in redline.facts]
    lines += ["", f"**{_md(redline.note)}**"] if redline.note else []
    if not redline.groups:
        return "\n".join([*lines, "", _md(w["redline_nothing"]), ""])
    lines += ["", f"## {_md(w['redline_for_whom'])}", ""]
    lines += [
        f"- {_md(role)}: {_md('; '.join(capital(g.title) for g in groups))}" for role, groups in redline.concerned
    ]
    lines += ["", f"## {_md(w['redline_changes'])}"]
    for group in redline.groups:
        lines += ["", f"### {_md(heading(group))}", ""]
        lines += [f"- {_md(line.label)}: {_md_of(line, w)}" for line in group.lines]
    return "\n".join([*lines, ""])


def _md(text: str) -> str:
    return _SPECIAL.sub(r"\\\1", text)


def _md_of(line: Line, w: Wording) -> str:
    if not line.runs:
        return f"<del>{_md(line.old or w['redline_none'])}</del> → <ins>{_md(line.new or w['redline_none'])}</ins>"
    return "".join(_md_run(run) for run in line.runs)


def _md_run(run: Run) -> str:
    before, words, after = _parted(run.text)
    if not words:
        return _only_space(run, before)
    star = "*" * (2 * run.style.strong + run.style.emphasis)
    said = f"{star}{_md(words)}{star}"
    tag = _TAGS.get(run.kind)
    return f"{before}<{tag}>{said}</{tag}>{after}" if tag else f"{before}{said}{after}"


# HTML


def as_html(redline: Redline, view: View, *, heading_level: int = 2) -> Markup:
    """A fragment for a page: for whom, then place by place; its headings start at ``heading_level``."""
    return render(
        "redline.html.j2",
        view,
        "",
        redline=redline,
        level=heading_level,
        heading=heading,
        change=lambda line: html_of(line, view.words),
        capital=capital,
    )


def as_page(redline: Redline, view: View) -> str:
    """A whole HTML page in one file: nothing is loaded, so that it can be sent by mail."""
    page = render("redline-page.html.j2", view, "", redline=redline, body=as_html(redline, view))
    return f"<!doctype html>\n{page}\n"


def html_of(line: Line, w: Wording) -> Markup:
    """The change of a line with ``<del>`` and ``<ins>``."""
    if not line.runs:
        old = _marked("deleted", escape(line.old), w, "redline_before") if line.old else escape(w["redline_none"])
        new = _marked("inserted", escape(line.new), w, "redline_now") if line.new else escape(w["redline_none"])
        return Markup('{} <span class="pk-to" aria-hidden="true">→</span> {}').format(old, new)
    return Markup("").join(_html_runs(line.runs, w))


def _html_runs(runs: Sequence[Run], w: Wording) -> Iterator[Markup]:
    """Neighbours of one kind stand in one element, however they are set."""
    waiting: list[Markup] = []
    for index, run in enumerate(runs):
        waiting.append(_set(run))
        if index + 1 == len(runs) or runs[index + 1].kind != run.kind:
            inner = Markup("").join(waiting)
            yield inner if run.kind == "equal" else _marked(run.kind, inner, w, f"redline_{run.kind}")
            waiting = []


def _set(run: Run) -> Markup:
    said = escape(run.text)
    for wanted, tag in ((run.style.code, "code"), (run.style.emphasis, "em"), (run.style.strong, "strong")):
        said = Markup(f"<{tag}>{{}}</{tag}>").format(said) if wanted else said  # noqa: S704 - our own tags
    return said


def _marked(kind: str, inner: Markup, w: Wording, word: str) -> Markup:
    tag = _TAGS[kind]
    aloud = Markup('<span class="pk-aloud"> [{}: </span>').format(w[word])
    return Markup(f'<{tag}>{{}}{{}}<span class="pk-aloud">] </span></{tag}>').format(aloud, inner)  # noqa: S704
