"""A redline written down: as text, as Markdown, as HTML. The same lines in each, and no word left out in any.

Deleted and inserted words are marked by more than colour: ``[-…-]`` and ``{+…+}`` in text (the marks of GNU wdiff), ``<del>`` and ``<ins>``
in Markdown and HTML, where words that only a screen reader says stand round them.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from markupsafe import Markup, escape

from patokaz.pages.redline import Group, Redline
from patokaz.pages.redline_lines import Line
from patokaz.pages.render import render
from patokaz.pages.view import View
from patokaz.pages.wording import Wording, wording
from patokaz.revisions.inline import Run

_TEXT_MARKS = {"deleted": ("[-", "-]"), "inserted": ("{+", "+}"), "equal": ("", "")}
_TAGS = {"deleted": "del", "inserted": "ins"}
_SPECIAL = re.compile(r"([\\`*_\[\]<>#|~])")


def heading(group: Group) -> str:
    """``Step 1.2: Ask the child – moved``."""
    return " – ".join((group.title, *group.state))


def as_text(redline: Redline) -> str:
    """Plain text for a terminal or a mail."""
    w = wording(redline.language)
    lines = [w["redline_title"].format(title=redline.title), _document(redline, w)]
    lines += [f"{label}: {value}" for label, value in redline.facts]
    lines += [redline.note] if redline.note else []
    if not redline.groups:
        return "\n".join([*lines, "", w["redline_nothing"], ""])
    lines += ["", w["redline_for_whom"]]
    lines += [f"  {role}: {'; '.join(g.title for g in groups)}" for role, groups in redline.concerned]
    for group in redline.groups:
        lines += ["", heading(group)]
        lines += [f"  - {line.label}: {_text_of(line, w)}" for line in group.lines]
    return "\n".join([*lines, ""])


def _document(redline: Redline, w: Wording) -> str:
    return f"{redline.document}. {w['redline_from_to'].format(old=redline.old, new=redline.new)}"


def _text_of(line: Line, w: Wording) -> str:
    if not line.runs:
        return f"{line.old or w['redline_none']} → {line.new or w['redline_none']}"
    return "".join(_text_runs(kind, runs) for kind, runs in _together(line.runs))


def _together(runs: Sequence[Run]) -> Iterator[tuple[str, list[Run]]]:
    """Neighbours of one kind, however they are set: they share a mark."""
    for kind, members in itertools.groupby(runs, key=lambda run: run.kind):
        yield kind, list(members)


def _text_runs(kind: str, runs: Sequence[Run]) -> str:
    start, end = _TEXT_MARKS[kind]
    before, words, after = _parted(
        "".join(_starred(run, "*" * bool(run.style.strong or run.style.emphasis)) for run in runs)
    )
    return f"{before}{start}{words}{end}{after}" if words else _only_space(kind, before)


def _starred(run: Run, star: str) -> str:
    """Set words between stars, which stand at words."""
    before, words, after = _parted(run.text)
    return f"{before}{star}{words}{star}{after}" if words else before


def _parted(text: str) -> tuple[str, str, str]:
    """White space outside, so that marks stand at words."""
    words = text.strip()
    if not words:
        return text, "", ""
    at = text.index(words)
    return text[:at], words, text[at + len(words) :]


def _only_space(kind: str, space: str) -> str:
    """Changed white space shows nothing; what is deleted leaves none."""
    return "" if kind == "deleted" else space


def as_markdown(redline: Redline) -> str:
    """Markdown (CommonMark) with ``<del>`` and ``<ins>``."""
    w = wording(redline.language)
    lines = [f"# {_md(w['redline_title'].format(title=redline.title))}", "", _md(_document(redline, w)), ""]
    lines += [f"- {_md(label)}: {_md(value)}" for label, value in redline.facts]
    lines += ["", f"**{_md(redline.note)}**"] if redline.note else []
    if not redline.groups:
        return "\n".join([*lines, "", _md(w["redline_nothing"]), ""])
    lines += ["", f"## {_md(w['redline_for_whom'])}", ""]
    lines += [f"- {_md(role)}: {_md('; '.join(g.title for g in groups))}" for role, groups in redline.concerned]
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
    return "".join(_md_runs(kind, runs) for kind, runs in _together(line.runs))


def _md_runs(kind: str, runs: Sequence[Run]) -> str:
    set_words = (
        _starred(replace(run, text=_md(run.text)), "*" * (2 * run.style.strong + run.style.emphasis)) for run in runs
    )
    before, words, after = _parted("".join(set_words))
    if not words:
        return _only_space(kind, before)
    tag = _TAGS.get(kind)
    return f"{before}<{tag}>{words}</{tag}>{after}" if tag else f"{before}{words}{after}"


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
    return Markup("").join(
        _marked(kind, Markup("").join(_set(run) for run in runs), w, f"redline_{kind}")
        for kind, runs in _together(line.runs)
    )


def _set(run: Run) -> Markup:
    said = escape(run.text)
    for wanted, tag in ((run.style.code, "code"), (run.style.emphasis, "em"), (run.style.strong, "strong")):
        said = Markup(f"<{tag}>{{}}</{tag}>").format(said) if wanted else said  # noqa: S704 - our own tags
    return said


def _marked(kind: str, inner: Markup, w: Wording, word: str) -> Markup:
    if kind == "equal":
        return inner
    before, words, after = (Markup(part) for part in _parted(str(inner)))  # noqa: S704 - parts of what is escaped
    if not words:
        return Markup(_only_space(kind, before))  # noqa: S704 - white space
    aloud = Markup('<span class="pk-aloud"> [{}: </span>').format(w[word])
    tag = _TAGS[kind]
    end = Markup('<span class="pk-aloud">] </span>')
    return Markup(f"{{}}<{tag}>{{}}{{}}{{}}</{tag}>{{}}").format(before, aloud, words, end, after)  # noqa: S704
