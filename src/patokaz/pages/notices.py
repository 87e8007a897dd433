"""What a reader must be told on top of a page: not in force, another language, behind its original, unreviewed."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from patokaz.model.library import Document
from patokaz.model.texts import Text
from patokaz.pages.behind import labels_behind, translation_path
from patokaz.pages.view import View, in_language
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
    words, record = view.words, document.record
    notices: list[Notice] = []
    if record.status in ("superseded", "withdrawn"):
        notices.append(Notice("stop", words[f"notice_{record.status}"], None))
    elif record.kind == "law":
        notices.append(Notice("model", words["notice_summary"], None))
    elif record.status not in ("government-adopted", "in-force"):
        notices.append(Notice("model", words["notice_model"], None))
    notices += translation_notices(text, document.source_text, view, here, places)
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
    return in_language(here, view.language, language, default=languages[0])


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
