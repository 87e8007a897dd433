"""A python-docx document → the bytes of a file: properties set, nothing left of the template's past, the same bytes every time."""

from __future__ import annotations

import datetime
import io
import zipfile
from collections.abc import Mapping
from html import escape

from docx.document import Document as WordDocument
from docx.opc.constants import RELATIONSHIP_TYPE as RT
from docx.opc.packuri import PackURI
from docx.opc.part import Part

from patokaz.word.styles import font_table

CUSTOM_TYPE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/custom-properties"
"""The relationship of the part that keeps a file's own properties."""

_CUSTOM_CONTENT = "application/vnd.openxmlformats-officedocument.custom-properties+xml"
_CUSTOM_NAMESPACE = "http://schemas.openxmlformats.org/officeDocument/2006/custom-properties"
_TYPES_NAMESPACE = "http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes"
_FORMAT = "{D5CDD505-2E9C-101B-9397-08002B2CF9AE}"
_EPOCH = (1980, 1, 1, 0, 0, 0)
"""The oldest date that a zip can say; the document's own dates stand in its properties."""

_TEMPLATE_PARTS = ("/customXml", "thumbnail", "stylesWithEffects")


def packed(word: WordDocument, properties: Mapping[str, str], custom: Mapping[str, str], day: datetime.date) -> bytes:
    """The file. ``properties`` are those that Word shows, ``custom`` our own; ``day`` is when it was made and last changed."""
    core = word.core_properties
    for name, value in properties.items():
        setattr(core, name, value)
    made = datetime.datetime(day.year, day.month, day.day, tzinfo=datetime.UTC).replace(tzinfo=None)
    core.created = core.modified = made
    core.revision = 1
    _without_template(word)
    package = word.part.package
    part = Part(PackURI("/docProps/custom.xml"), _CUSTOM_CONTENT, _custom(custom), package)
    package.relate_to(part, CUSTOM_TYPE)
    buffer = io.BytesIO()
    word.save(buffer)
    return _repacked(buffer.getvalue())


def _custom(values: Mapping[str, str]) -> bytes:
    entries = "".join(
        f'<property fmtid="{_FORMAT}" pid="{number}" name="{name}"><vt:lpwstr>{escape(value)}</vt:lpwstr></property>'
        for number, (name, value) in enumerate(values.items(), 2)
    )
    return (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
        f'<Properties xmlns="{_CUSTOM_NAMESPACE}" xmlns:vt="{_TYPES_NAMESPACE}">{entries}</Properties>'
    ).encode()


def _without_template(word: WordDocument) -> None:
    for relations in (word.part.package.rels, word.part.rels):
        for key, relation in list(relations.items()):
            if any(name in relation.target_ref for name in _TEMPLATE_PARTS):
                relations.pop(key)
            elif relation.reltype == RT.FONT_TABLE:
                relation.target_part._blob = font_table()


def _repacked(data: bytes) -> bytes:
    """The same entries by name, without the time of day."""
    buffer = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(data)) as source,
        zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as target,
    ):
        names = sorted(source.namelist(), key=lambda name: (name != "[Content_Types].xml", name))
        for name in names:
            entry = zipfile.ZipInfo(name, _EPOCH)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o644 << 16
            entry.create_system = 3
            target.writestr(entry, source.read(name))
    return buffer.getvalue()
