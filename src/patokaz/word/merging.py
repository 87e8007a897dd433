"""The leaves of a Word file laid over the Markdown that they came from: what reads the same keeps its bytes."""

from __future__ import annotations

import difflib
import itertools
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from patokaz.parse.leaves import Leaf, leaves
from patokaz.word.markdown import delimiter, write_leaf
from patokaz.word.markers import QUOTE, Marker, marker_of, moved

_ALIKE = 0.3
"""From this share of common words on, a passage counts as an edit of another one and not as a new one."""


@dataclass(frozen=True)
class Merged:
    """The new body. ``changed`` counts leaves that were written anew or deleted, ``weakened`` are those that lost emphasis."""

    lines: tuple[str, ...]
    changed: int
    weakened: tuple[Leaf, ...] = ()
    unreadable: Leaf | None = None


@dataclass
class _Out:
    """A leaf of the new body: ``new`` is what Word says; ``old`` the number of the leaf that it keeps or edits."""

    new: Leaf
    old: int | None = None
    kept: bool = False
    groups: tuple[int, ...] = ()
    lines: list[str] = field(default_factory=list)


def merge(body: Sequence[str], word: Sequence[Leaf]) -> Merged:
    """The lines of ``body`` with the edits that ``word`` holds."""
    return _Merger(body, word).run()


class _Merger:
    def __init__(self, body: Sequence[str], word: Sequence[Leaf]) -> None:
        self.body = body
        self.old = leaves(body)
        self.word = word
        self.weakened: list[Leaf] = []
        self.unreadable: Leaf | None = None
        self.placed: set[int | None] = set()
        self.markers = {i: marker_of(body[leaf.first], leaf.quoted) for i, leaf in enumerate(self.old) if leaf.is_item}

    def run(self) -> Merged:
        out = list(self._aligned())
        self._grouped(out)
        changed = sum(not item.kept for item in out) + len(self.old) - sum(item.old is not None for item in out)
        if not changed:
            return Merged(tuple(self.body), 0)
        self._place(out)
        lines: list[str] = []
        for before, item in itertools.pairwise((None, *out)):
            assert item is not None
            lines += [*self._gap(before, item), *item.lines]
        lines += self._tail(out)
        return Merged(tuple(lines), changed, tuple(self.weakened), self.unreadable)

    # Which leaf is which

    def _aligned(self) -> Iterator[_Out]:
        matcher = difflib.SequenceMatcher(
            None, [leaf.key for leaf in self.old], [leaf.key for leaf in self.word], autojunk=False
        )
        for kind, i1, i2, j1, j2 in matcher.get_opcodes():
            if kind == "equal":
                yield from (_Out(self.word[j1 + n], i1 + n, kept=True) for n in range(i2 - i1))
            else:
                yield from self._edited(range(i1, i2), range(j1, j2))

    def _edited(self, old: range, new: range) -> Iterator[_Out]:
        """Pairs within a changed stretch: the same id, or enough words in common, in order."""
        start = old.start
        for number in new:
            leaf = self.word[number]
            # As many old leaves must be left as new ones still need, where they are as many.
            near = max(
                (
                    (self._likeness(self.old[i], leaf, only=len(old) == len(new) == 1), -i)
                    for i in range(start, old.stop)
                ),
                default=(0.0, 0),
            )
            if near[0] >= _ALIKE:
                start = 1 - near[1]
                yield _Out(leaf, -near[1])
            else:
                yield _Out(leaf)

    @staticmethod
    def _likeness(old: Leaf, new: Leaf, *, only: bool) -> float:
        if old.kind != new.kind or old.is_item != new.is_item:
            return 0
        if old.kind == "heading" and (old.anchor or new.anchor):
            return float(old.anchor == new.anchor)
        if only:
            return 1
        return difflib.SequenceMatcher(None, old.words.split(), new.words.split(), autojunk=False).ratio()

    # Lists

    def _grouped(self, out: Sequence[_Out]) -> None:
        """Give the items of one list the same group."""
        stack: list[tuple[str, int, int | None]] = []
        count = itertools.count()
        quoted = False
        for item in out:
            if item.new.quoted != quoted or item.new.kind != "paragraph":
                stack.clear()
                quoted = item.new.quoted
            depth = len(item.new.lists)
            if not depth:
                stack.clear()
                continue
            old = self.old[item.old].lists if item.old is not None else ()
            for level, listing in enumerate(item.new.lists):
                ident = old[level].ident if level < len(old) else None
                here = stack[level] if level < len(stack) else None
                same = here and here[0] == listing.kind and (ident is None or here[2] in (None, ident))
                if not same or here is None:
                    del stack[level:]
                    stack.append((listing.kind, next(count), ident))
                elif here[2] is None:
                    stack[level] = (here[0], here[1], ident)
            del stack[depth:]
            item.groups = tuple(group for _, group, _ in stack)

    def _place(self, out: Sequence[_Out]) -> None:
        """Write every leaf with its markers and its indent."""
        self.placed = {item.old for item in out}
        groups: dict[int, list[_Out]] = {}
        for item in out:
            if item.new.is_item:
                groups.setdefault(item.groups[-1], []).append(item)
        numbers = {id(item): number for group in groups.values() for item, number in self._numbers(group)}
        contents: list[int] = []
        for item in out:
            leaf = item.new
            depth = len(leaf.lists)
            if not depth or leaf.kind != "paragraph":
                contents.clear()
                item.lines = self._lines(item, "", "")
                continue
            parent = contents[depth - 2] if depth > 1 and len(contents) >= depth - 1 else 0
            if not leaf.is_item:
                column = contents[depth - 1] if len(contents) >= depth else parent
                item.lines = self._lines(item, " " * column, " " * column)
                continue
            marker = self._marker(item, groups[item.groups[-1]], numbers.get(id(item)), parent)
            del contents[depth - 1 :]
            contents.append(marker.content)
            first = " " * marker.indent + marker.text + " " * marker.after
            item.lines = self._lines(item, first, " " * marker.content)

    def _marker(self, item: _Out, group: Sequence[_Out], number: int | None, parent: int) -> Marker:
        own = self.markers.get(item.old) if item.old is not None else None
        like = own or next(
            (self.markers[other.old] for other in group if other.old is not None and other.old in self.markers), None
        )
        ordered = item.new.lists[-1].kind == "ol"
        if like is None or (like.number is None) == ordered:
            like = Marker(parent, "." if ordered else "-", 1 if ordered else None, 1)
        indent = like.indent if parent <= like.indent <= parent + 3 else parent
        return Marker(indent, like.sign, number if ordered else None, like.after)

    def _numbers(self, group: Sequence[_Out]) -> Iterator[tuple[_Out, int]]:
        """The numbers of an ordered list: as written, or counted anew where items came, went or moved."""
        if group[0].new.lists[-1].kind != "ol":
            return
        written = [self.markers[item.old].number if item.old in self.markers else None for item in group]
        idents = {self.old[i.old].lists[-1].ident for i in group if i.old is not None and self.old[i.old].lists}
        before = [i for i, leaf in enumerate(self.old) if leaf.is_item and leaf.lists[-1].ident in idents]
        if before == [item.old for item in group] and None not in written:
            yield from ((item, number or 0) for item, number in zip(group, written, strict=True))
            return
        old = [self.markers[i].number or 0 for i in before]
        step = 0 if len(old) > 1 and len(set(old)) == 1 else 1
        # A list that was cut in two goes on counting as Word does; its first half, and one that lost its head, begin as before.
        own = {item.old for item in group if item.old is not None}
        begins_here = all(i > min(own) for i in before if i in self.placed and i not in own)
        first = old[0] if old and begins_here else group[0].new.lists[-1].start
        yield from ((item, first + step * n) for n, item in enumerate(group))

    # Lines

    def _lines(self, item: _Out, first: str, rest: str) -> list[str]:
        """The lines of a leaf. A kept one changes only where its marker or its indent must."""
        leaf = item.new
        quote = "> " if leaf.quoted else ""
        if item.kept and item.old is not None:
            lines = list(self.body[self.old[item.old].first : self.old[item.old].last])
            return self._shifted(item.old, lines, first, rest)
        old = self._old_content(item.old) if item.old is not None else ""
        written = write_leaf(leaf, old)
        if written is None:
            self.unreadable = self.unreadable or leaf
            return []
        if not written.complete:
            self.weakened.append(leaf)
        lines = list(written.lines)
        if leaf.kind == "row":
            return self._row(item, lines[0])
        lines = [(first if n == 0 else rest) + line for n, line in enumerate(lines)]
        return [f"{quote}{line}" for line in lines]

    def _shifted(self, old: int, lines: list[str], first: str, rest: str) -> list[str]:
        leaf = self.old[old]
        if not leaf.lists:
            return lines
        marker = self.markers.get(old)
        quote = QUOTE.match(lines[0]) if leaf.quoted else None
        opening = quote[0] if quote else ""
        if marker is not None:
            there = " " * marker.indent + marker.text + " " * marker.after
            if there == first:
                return lines
            wider = len(first) - len(there)
            lines[0] = opening + first + lines[0][len(opening) + len(there) :]
            return [lines[0], *(moved(line, wider) for line in lines[1:])] if not leaf.quoted else lines
        column = len(lines[0]) - len(lines[0].lstrip())
        return lines if len(rest) <= column <= len(rest) + 3 else [moved(line, len(rest) - column) for line in lines]

    def _old_content(self, old: int) -> str:
        """The Markdown of an old leaf without its markers."""
        leaf = self.old[old]
        lines = list(self.body[leaf.first : leaf.last])
        if leaf.quoted:
            lines = [QUOTE.sub("", line) for line in lines]
        marker = self.markers.get(old)
        if marker is not None:
            lines[0] = lines[0][marker.content :]
        if leaf.kind == "heading":
            return re.sub(r"[ \t]*\{#[^{}]*\}[ \t]*$", "", lines[0].lstrip("# ")).rstrip("# ")
        if leaf.kind == "row":
            return lines[0]
        return "\n".join(line.strip() for line in lines)

    def _row(self, item: _Out, line: str) -> list[str]:
        if not item.new.header:
            return [line]
        old = self.old[item.old] if item.old is not None else None
        if old is not None and old.header and len(old.cells) == len(item.new.cells):
            return [line, self.body[old.first + 1]]
        return [line, delimiter(len(item.new.cells))]

    # What stands between

    def _gap(self, before: _Out | None, item: _Out) -> list[str]:
        if before is None:
            return self._edge(0, self.old[0].first, whole=item.old == 0) if self.old else [""]
        if before.old is not None and item.old == before.old + 1:
            return list(self.body[self.old[before.old].last : self.old[item.old].first])
        one, two = before.new, item.new
        if one.kind == two.kind == "row" and not two.header:
            return []
        if two.is_item and set(before.groups) & set(item.groups) and self._is_tight(before, item):
            return []
        both = one.quoted and two.quoted
        return [">"] if both else [""]

    def _is_tight(self, before: _Out, item: _Out) -> bool:
        """Whether items of this list stand without blank lines between them; new lists do."""
        idents = {
            listing.ident for entry in (before, item) if entry.old is not None for listing in self.old[entry.old].lists
        }
        gaps = [
            two.first - one.last
            for one, two in itertools.pairwise(self.old)
            if one.lists
            and two.is_item
            and {listing.ident for listing in two.lists} & idents
            and {listing.ident for listing in one.lists} & idents
        ]
        return not gaps or min(gaps) == 0

    def _tail(self, out: Sequence[_Out]) -> list[str]:
        last = bool(out) and out[-1].old == len(self.old) - 1
        return self._edge(self.old[-1].last, len(self.body), whole=last) if self.old else [""]

    def _edge(self, first: int, last: int, *, whole: bool) -> list[str]:
        """What stands before the first or after the last leaf; empty quotes go with the leaf that they stood at."""
        return [line for line in self.body[first:last] if whole or not line.strip()]
