"""What every element of a structure tree says though a reader takes it for granted: left out, a linker takes a tenth less memory."""

from __future__ import annotations

from typing import Any

from patokaz.handbooks.elements import is_annotation, kids_in


def spare(pdf: Any) -> None:
    """Leave out what ISO 32000-1 (14.7.2, 14.7.4.3) lets be left out of a PDF of pydyf that is about to be written.

    The type of an element is optional; it needs a page only where content lies in it directly, and an annotation in it takes its
    page from it. Annotations share their border.
    """
    border: Any = None
    for item in tuple(pdf.objects):
        if not isinstance(item, dict):
            continue
        if item.get("Type") == "/StructElem":
            del item["Type"]
            kids = kids_in(pdf, item)
            areas = [kid for kid in kids if is_annotation(kid)]
            if "Pg" in item:
                for area in areas:
                    if area.get("Pg") == item["Pg"]:
                        del area["Pg"]
                # A checker looks for a table on the page that it names.
                if item["S"] != "/Table" and not areas and not any(isinstance(kid, int) for kid in kids):
                    del item["Pg"]
            if len(kids) == 1 and not areas:
                item["K"] = item["K"][0]
        elif item.get("Type") == "/Annot" and "BS" in item:
            if border is None:
                border = item["BS"]
                pdf.add_object(border)
            if item["BS"] == border:
                item["BS"] = border.reference
