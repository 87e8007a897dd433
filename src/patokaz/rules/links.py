"""Rules about links and images in texts: where they lead, and how they are written."""

from __future__ import annotations

from collections.abc import Iterator

from patokaz.findings import Location, did_you_mean
from patokaz.rules.names import in_home, in_texts
from patokaz.rules.registry import Context, rule

Yield = Iterator[tuple[Location, str, str]]

_SUPPLY_WORDS = ("limit", "contact", "source", "doc")


@rule("KB208")
def anchors_exist(context: Context) -> Yield:
    """The section after `#` in `doc:` and in urgent tasks."""
    library = context.library
    named = [*in_texts(library, "doc")]
    for index, task in enumerate(library.home.urgent if library.home else ()):
        named += in_home(library, task, "target", "urgent", index)
    for where, target in named:
        name, _, anchor = target.partition("#")
        document, page = library.documents.get(name), library.pages.get(name)
        if not anchor or (document is None and page is None):
            continue
        source = document.source_text if document else page.texts[page.source_language] if page else None
        known = {h.anchor for h in source.headings if h.anchor} if source else set()
        if document:
            known |= {*document.anchors(), *(old for old, new in document.record.redirects.items() if new)}
        if anchor not in known:
            yield where, f"{name} has no section `{anchor}`", did_you_mean(anchor, known)


@rule("KB209")
def images_exist(context: Context) -> Yield:
    """Images lie beside the text."""
    for document in context.library.documents.values():
        names = [image.rpartition("/")[2] for image in document.images]
        for text in document.texts.values():
            for link in text.links:
                if link.is_image and link.target not in names:
                    yield (
                        link.location,
                        f"image `{link.target}` does not exist in {document.folder}",
                        did_you_mean(link.target, names) or "put the file beside the text",
                    )
    for page in context.library.pages.values():
        for text in page.texts.values():
            yield from (
                (link.location, f"image `{link.target}`: hand-written pages hold no images", "put it into a document")
                for link in text.links
                if link.is_image
            )


@rule("KB210")
def links_use_schemes(context: Context) -> Yield:
    """No relative file paths: pages move, ids stay."""
    for text in context.library.texts():
        for link in text.links:
            scheme, colon, _ = link.target.partition(":")
            if link.is_image or (colon and scheme.isalpha()):
                continue
            yield (
                link.location,
                f"link to `{link.target}`",
                "write `doc:ID#section`, `law:instrument/article`, `role:`, `term:` … or a full https address",
            )


@rule("KB216")
def references_have_words(context: Context) -> Yield:
    """Only schemes that can supply words may be empty."""
    for text in context.library.texts():
        for reference in text.references:
            if not reference.words.strip() and reference.scheme not in _SUPPLY_WORDS:
                yield (
                    reference.location,
                    f"`{reference.scheme}:` without words",
                    f"write `[words]({reference.scheme}:{reference.target})`",
                )
