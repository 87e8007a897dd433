"""XLIFF 1.2 (OASIS Standard, 1 February 2008), the strict profile: written, and read with the signs of references put back by their ids."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape

from patokaz.exchange.delivery import Delivered, Delivery, Package, primary, text_of, unreadable
from patokaz.exchange.inline import Span, inside
from patokaz.exchange.markup import Element, MarkupError, parse_xml
from patokaz.exchange.units import Unit
from patokaz.findings import Finding, Location

SUFFIX = ".xlf"
_NAMESPACE = "urn:oasis:names:tc:xliff:document:1.2"
_X = f"{{{_NAMESPACE}}}"
_STATES = {"current": "translated", "changed": "needs-adaptation", "new": "new"}
_UNFINISHED = ("new", "needs-")
_OPENING, _CLOSING, _WHOLE = ("bpt", "bx"), ("ept", "ex"), ("ph", "x", "it")
_HINT = "export it again, and take over what was translated from the memory of the translation tool"


def write_xliff(package: Package) -> str:
    """The XLIFF file of a package. A translation whose original has changed has the state ``needs-adaptation``."""
    subject = package.subject
    attributes = {
        "original": subject.source.path,
        "source-language": subject.source.language,
        "target-language": subject.language,
        "datatype": "x-markdown",
        "xml:space": "preserve",
        "date": f"{subject.date.isoformat()}T00:00:00Z",
        "product-name": "patokaz",
        "product-version": subject.revision,
        "build-num": subject.source.fingerprint,
        "category": subject.id,
    }
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        f'<xliff xmlns="{_NAMESPACE}" version="1.2">',
        f"  <file {_attributes(attributes)}>",
        "    <body>",
    ]
    for unit, notes in zip(package.units, package.notes, strict=True):
        lines += _unit(unit, notes, subject.language)
    lines += ["    </body>", "  </file>", "</xliff>"]
    return "\n".join(lines) + "\n"


def _attributes(values: dict[str, str]) -> str:
    return " ".join(f'{name}="{escape(value)}"' for name, value in values.items())


def _unit(unit: Unit, notes: tuple[str, ...], language: str) -> Iterator[str]:
    yield f"      <trans-unit {_attributes({'id': unit.key})}>"
    yield f"        <source>{_coded(unit.source)}</source>"
    if unit.target:
        yield f'        <target xml:lang="{language}" state="{_STATES[unit.state]}">{_coded(unit.target)}</target>'
    if unit.previous:
        yield '        <alt-trans alttranstype="previous-version">'
        yield f"          <source>{_coded(unit.previous)}</source>"
        yield f'          <target xml:lang="{language}">{_coded(unit.target)}</target>'
        yield "        </alt-trans>"
    for note in notes:
        yield f"        <note>{escape(note)}</note>"
    yield f"        <note>{escape(f'{unit.where.path}:{unit.where.line}')}</note>"
    yield "      </trans-unit>"


def _coded(words: str) -> str:
    """Words with their protected signs as inline elements: the words of a link stay open to the translator, its target does not."""
    parts: list[str] = []
    at = 0
    for number, span in _numbered(words):
        parts.append(escape(words[at : span.start], quote=False))
        if span.kind == "link":
            parts.append(f'<bpt id="{number}">{escape(words[span.start : span.inner_start], quote=False)}</bpt>')
            parts.append(escape(words[span.inner_start : span.inner_end], quote=False))
            parts.append(f'<ept id="{number}">{escape(words[span.inner_end : span.end], quote=False)}</ept>')
        else:
            parts.append(f'<ph id="{number}">{escape(words[span.start : span.end], quote=False)}</ph>')
        at = span.end
    parts.append(escape(words[at:], quote=False))
    return "".join(parts)


def _numbered(words: str) -> Iterator[tuple[int, Span]]:
    at = number = 0
    for span in inside(words).spans:
        if span.start >= at:
            at, number = span.end, number + 1
            yield number, span


def read_xliff(data: bytes, path: str) -> tuple[Delivery | None, tuple[Finding, ...]]:
    """Read an XLIFF file that was filled in. Targets that are empty, or whose state is ``new`` or ``needs-…``, are not done."""
    content, findings = text_of(data, path)
    if findings:
        return None, findings
    try:
        root = parse_xml(content)
    except MarkupError as error:
        hint = "an exchange file is plain XLIFF in UTF-8: save it again with the translation tool, or export it again"
        return None, (unreadable(Location(path, error.line), f"the XLIFF file cannot be read: {error}", hint),)
    files = root.children(f"{_X}file") if root.name == f"{_X}xliff" else []
    if len(files) != 1 or not files[0].attributes.get("category") or not files[0].attributes.get("target-language"):
        message = "this is no XLIFF 1.2 file of one document (<file category=… target-language=…>)"
        return None, (unreadable(Location(path, root.line), message, _HINT),)
    file = files[0]
    units: list[Delivered] = []
    problems: list[Finding] = []
    for unit in _units(file):
        where = Location(path, unit.line)
        try:
            units.append(_delivered(unit, where))
        except MarkupError as error:
            problems.append(
                unreadable(Location(path, error.line), str(error), "keep the inline elements as they were exported")
            )
    if problems:
        return None, tuple(problems)
    return Delivery(path, file.attributes["category"], primary(file.attributes["target-language"]), tuple(units)), ()


def _units(element: Element) -> Iterator[Element]:
    for part in element.content:
        if isinstance(part, Element):
            if part.name == f"{_X}trans-unit":
                yield part
            elif part.name in (f"{_X}body", f"{_X}group"):
                yield from _units(part)


def _delivered(unit: Element, where: Location) -> Delivered:
    sources, targets = unit.children(f"{_X}source"), unit.children(f"{_X}target")
    if len(sources) != 1 or len(targets) > 1:
        raise MarkupError(unit.line, "a unit has one source and one target at most")
    source = sources[0].words
    signs = _signs(source)
    target = _decoded(targets[0], signs) if targets else ""
    state = targets[0].attributes.get("state", "") if targets else "new"
    done = bool(target.strip()) and not state.startswith(_UNFINISHED)
    line = targets[0].line if targets else unit.line
    return Delivered(unit.attributes.get("id", ""), source, target, done, bool(state), Location(where.path, line))


def _signs(source: str) -> dict[str, tuple[str, str]]:
    """Opening and closing signs (or all of it and nothing) by the id of the inline element that stands for them."""
    return {
        str(number): (source[span.start : span.inner_start], source[span.inner_end : span.end])
        if span.kind == "link"
        else (source[span.start : span.end], "")
        for number, span in _numbered(source)
    }


def _decoded(element: Element, signs: dict[str, tuple[str, str]]) -> str:
    """The Markdown of a target. An inline element that a tool has emptied gets its signs back from the source."""
    parts: list[str] = []
    for part in element.content:
        if isinstance(part, str):
            parts.append(part)
            continue
        name = part.name.removeprefix(_X)
        if name == "mrk":
            parts.append(_decoded(part, signs))
            continue
        sign = signs.get(part.attributes.get("rid") or part.attributes.get("id", ""))
        if name not in ("g", *_OPENING, *_CLOSING, *_WHOLE) or (sign is None and not part.words):
            raise MarkupError(part.line, f"the inline element <{name}> is not one of the source")
        if name == "g":
            parts.append(f"{sign[0]}{_decoded(part, signs)}{sign[1]}" if sign else part.words)
        elif part.words:
            parts.append(part.words)
        elif sign:
            parts.append(sign[1] if name in _CLOSING else sign[0])
    return "".join(parts)
