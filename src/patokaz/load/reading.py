"""Reading single source files: UTF-8, sane sizes, no control characters; YAML with the place of every value."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from patokaz.findings import Finding, Location, finding
from patokaz.load.trees import Tree
from patokaz.model.library import Places
from patokaz.parse.strict_yaml import parse_yaml

MAX_LINE = 20_000
MAX_BYTES = 2_000_000
# Control characters but tab and line feed; the separators that YAML, but no editor, takes for line ends; private-use
# characters, which the compiler keeps for itself.
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ue000-\uf8ff\ufffe\uffff]")


@dataclass
class SourceReader:
    """Reads files of a tree and collects what is wrong with them."""

    tree: Tree
    findings: list[Finding] = field(default_factory=list)
    places: dict[str, Places] = field(default_factory=dict)

    def text_of(self, path: str) -> str | None:
        """The text of a file, or None with a finding."""
        try:
            data = self.tree.read(path)
        except OSError as error:
            self.findings.append(
                finding(
                    "KB008",
                    Location(path),
                    f"cannot be read: {error.strerror or error}",
                    "a source is a file that you may read",
                )
            )
            return None
        if len(data) > MAX_BYTES:
            self.findings.append(
                finding(
                    "KB007", Location(path), f"the file has {len(data):,} bytes, more than {MAX_BYTES:,}", "split it"
                )
            )
            return None
        if data.startswith(b"\xef\xbb\xbf"):
            self.findings.append(
                finding(
                    "KB002", Location(path), "the file starts with a byte order mark", "save it as UTF-8 without BOM"
                )
            )
            return None
        try:
            text = data.decode("utf-8")
        except UnicodeDecodeError as error:
            valid = data[: error.start].decode("utf-8")
            line, column = valid.count("\n") + 1, len(valid.rpartition("\n")[2]) + 1
            self.findings.append(
                finding(
                    "KB001",
                    Location(path, line, column),
                    f"byte 0x{data[error.start]:02x} is not UTF-8",
                    "save the file as UTF-8",
                )
            )
            return None
        text = text.replace("\r\n", "\n")
        for number, words in enumerate(text.split("\n"), 1):
            if len(words) > MAX_LINE:
                where = Location(path, number, MAX_LINE + 1)
                self.findings.append(
                    finding(
                        "KB003",
                        where,
                        f"the line has {len(words):,} characters, more than {MAX_LINE:,}",
                        "break the line",
                    )
                )
                return None
        control = _CONTROL.search(text)
        if control:
            before_text = text[: control.start()]
            where = Location(path, before_text.count("\n") + 1, len(before_text.rpartition("\n")[2]) + 1)
            self.findings.append(finding("KB009", where, f"control character U+{ord(control[0]):04X}", "delete it"))
            return None
        return text

    def yaml_of(self, path: str) -> tuple[object, Places] | None:
        """The value of a YAML file and its places, or None with findings."""
        text = self.text_of(path)
        if text is None:
            return None
        parsed = parse_yaml(text, path)
        self.findings += parsed.findings
        self.places[path] = parsed.places
        return None if parsed.value is None and parsed.findings else (parsed.value, parsed.places)
