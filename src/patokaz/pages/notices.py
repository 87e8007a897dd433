"""What a reader must be told on top of a page: not in force, another language, behind its original, unreviewed."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from patokaz.model.library import Document
from patokaz.model.revisions import RevisionRef, Seal, state_of
from patokaz.model.texts import Text
from patokaz.pages.addresses import in_language
from patokaz.pages.behind import labels_behind, translation_path
from patokaz.pages.view import View
from patokaz.translations import Freshness, freshness, label_freshness


class Notice(NamedTuple):
    """What a reader must be told.

    ``link`` leads to the original, ``places`` are the anchors of the passages that it is about, ``translators`` the page that shows these
    beside the original, where the edition has it.
    """

    kind: str
    words: str
    link: str | None
    places: tuple[str, ...] = ()
    translators: str | None = None


def document_notices(document: Document, text: Text, view: View, here: str, places: Iterable[str] = ()) -> list[Notice]:
    """The notices of a controlled document: its status, then its language. ``places``: see :func:`translation_notices`."""
    notices: list[Notice] = []
    if document.id in view.at:
        notices += revision_notices(document, view, here)
    else:
        notices += status_notices(document, view)
        notices += coming_notices(document, view, here)
        notices += basis_notices(document.id, view, here)
    notices += translation_notices(text, document.source_text, view, here, places)
    return notices


def status_notices(document: Document, view: View) -> list[Notice]:
    """That a document is not to be acted on, is a model, or is our summary of a law; nothing for one that was adopted."""
    words, record = view.words, document.record
    if record.status in ("superseded", "withdrawn"):
        return [Notice("stop", words[f"notice_{record.status}"], None)]
    if record.kind == "law":
        return [Notice("model", words["notice_summary"], None)]
    adopted = view.library.settings.is_adopted(record.status)
    return [] if adopted else [Notice("model", words["notice_model"], None)]


def revision_notices(document: Document, view: View, here: str) -> list[Notice]:
    """What the page of a single revision says of it: in force, to come, superseded, withdrawn or never in force."""
    words, standing, revision = view.words, document.standing, document.record.revision
    assert standing is not None, "only an edition has pages of revisions"
    now, current = standing.in_force, view.href(here, view.own_path(document))
    match state_of(revision, document.seals, standing):
        case "in-force":
            return [Notice("current", _said(view, "notice_this_in_force", date=_since(now, view)), current)]
        case "to-come":
            day = _since(document.seals[revision], view)
            return [Notice("stop", _said(view, "notice_to_come", revision=revision, date=day), current)]
        case "superseded" if now is not None:
            said = _said(view, "notice_superseded_by", revision=now.revision, date=_since(now, view))
            return [Notice("stop", said, current)]
        case "withdrawn":
            return [Notice("stop", words["notice_withdrawn"], current)]
        case _:
            return [Notice("stop", _said(view, "notice_draft_revision", revision=revision), current)]


def coming_notices(document: Document, view: View, here: str) -> list[Notice]:
    """The next revision that is adopted and not in force yet; that the document was withdrawn."""
    standing, words = document.standing, view.words
    if standing is None:
        return []
    notices: list[Notice] = []
    if standing.withdrawn is not None and document.record.status != "withdrawn":
        notices.append(Notice("stop", words["notice_withdrawn"], None))
    coming = standing.upcoming
    if coming is not None and document.status == "to-come":
        notices.append(Notice("stop", _said(view, "notice_not_yet", date=_since(coming, view)), None))
    elif coming is not None:
        said = _said(view, "notice_coming", revision=coming.revision, date=_since(coming, view))
        there = view.addresses(document).get(coming.revision)
        notices.append(Notice("coming", said, view.href(here, there) if there else None))
    return notices


def _said(view: View, key: str, **values: str) -> str:
    """The words of a notice; a date that ends in a full stop ends the sentence too."""
    return view.words[key].format(**values).replace("..", ".")


def _since(seal: Seal | None, view: View) -> str:
    """The day from which an adopted revision counts."""
    return view.words.date(seal.effective) if seal and seal.effective else ""


def basis_notices(dependant: str, view: View, here: str, key: str = "notice_basis_behind") -> list[Notice]:
    """That a document which this one leans on has moved on, and what changed; for a handbook with words of its own (``key``)."""
    notices: list[Notice] = []
    for item in view.behind.get(dependant, ()):
        base = RevisionRef.parse(item.basis)
        changes = "; ".join(f"{entry.revision}: {view.plain(entry.summary)}" for entry in item.since)
        said = view.words[key].format(basis=f"{base.document} {base.revision}", changes=changes)
        there = view.changed(view.documents[base.document]).get(item.current)
        notices.append(Notice("basis", said, view.href(here, there) if there else None))
    return notices


def translation_notices(text: Text, source: Text, view: View, here: str, places: Iterable[str] = ()) -> list[Notice]:
    """What a reader must know of the language of this page: another language, behind, unstamped, unreviewed.

    ``places`` are the anchors of the passages that are behind.
    """
    words = view.words
    settings = view.library.settings
    original = _original_href(view, here, source.language)
    notices: list[Notice] = []
    if text.language != view.language:
        name = settings.language_names.get(text.language, text.language)
        shown = _original_href(view, here, text.language)
        notices.append(Notice("fallback", words["notice_fallback"].format(language=name), shown))
    state = freshness(text, source)
    if state is Freshness.BEHIND:
        notices.append(
            Notice("behind", words["notice_behind"], original, tuple(places), _translators_href(view, here, here))
        )
    elif state is Freshness.UNSTAMPED:
        notices.append(Notice("behind", words["notice_unstamped"], original))
    if state is not Freshness.ORIGINAL and (
        text.front.translation is None or text.front.translation.reviewed_by is None
    ):
        notices.append(Notice("unreviewed", words["notice_unreviewed"], original))
    return notices


def _original_href(view: View, here: str, language: str) -> str | None:
    languages = view.library.settings.languages
    if language not in languages or language == view.language:
        return None
    return in_language(here, view.folder, language, default=languages[0])


def _translators_href(view: View, here: str, path: str) -> str | None:
    return view.href(here, translation_path(path)) if view.audience == "professional" else None


def label_notices(document: Document, view: View, here: str) -> list[Notice]:
    """What a reader must know of the labels of a document's pathway: behind or unstamped, unreviewed."""
    assert document.pathway is not None
    source = document.record.source_language
    state = label_freshness(document.pathway, source, view.language)
    original = _original_href(view, here, source)
    notices: list[Notice] = []
    if state in (Freshness.BEHIND, Freshness.UNSTAMPED):
        places = tuple(label.name for label in labels_behind(document, view.language))
        translators = _translators_href(view, here, view.path_of(document.id))
        notices.append(Notice("behind", view.words["notice_labels_behind"], original, places, translators))
    stamp = document.pathway.translations.get(view.language)
    if state is not Freshness.ORIGINAL and (stamp is None or stamp.reviewed_by is None):
        notices.append(Notice("unreviewed", view.words["notice_labels_unreviewed"], original))
    return notices
