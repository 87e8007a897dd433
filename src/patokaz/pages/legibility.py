"""Whether the drawings of pathways can be read on paper. Needs words and layout, so it is not one of the rules (ADR 0010)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from patokaz.findings import Finding, finding
from patokaz.model.library import Library
from patokaz.pages.drawings import LEAST_POINTS, figures
from patokaz.pages.pathways import PAPER
from patokaz.pages.view import View


def illegible(library: Library, languages: Sequence[str] | None = None) -> Iterator[Finding]:
    """A finding for each phase whose smallest words, badges and numbers included, would be printed too small in one of ``languages``; None for all.

    Meant for libraries without errors: a pathway that is not sound is never drawn.
    """
    for language in library.settings.languages:
        if languages is not None and language not in languages:
            continue
        view = View(library, "professional", language)
        for name in view.pathways:
            document = view.documents[name]
            assert document.pathway is not None
            at = library.places[document.pathway_path].at
            for number, figure in enumerate(figures(document, view, view.pathway_path(name))):
                if not figure.readable(*PAPER, LEAST_POINTS):
                    size = figure.smallest_text(*PAPER)
                    has_phases = bool(document.pathway.phases)
                    where = at("phases", number, "id") if has_phases else at("nodes", 0, "id")
                    what = f"phase `{figure.name}`" if has_phases else "the pathway"
                    message = (
                        f"{what} is printed with letters of {size:.1f} pt in `{language}`, less than {LEAST_POINTS:g}"
                    )
                    hint = "split this phase" if has_phases else "split it into phases"
                    yield finding("KB837", where, message, f"{hint}, or shorten its labels")
