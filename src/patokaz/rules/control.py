"""Rules about document control: approvals, dates, seals, redirects and what leans on what."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence

from patokaz.findings import Location, did_you_mean
from patokaz.model.library import Library
from patokaz.model.records import HistoryEntry, ModuleRecord, SopRecord
from patokaz.model.revisions import RevisionRef, revision_number
from patokaz.revisions.basis import bases, behind
from patokaz.rules.registry import Context, rule

Yield = Iterator[tuple[Location, str, str]]

_OUTSIDE_THE_CHAIN = ("draft", "consultation", "superseded", "withdrawn")


@rule("KB904")
def dates_in_order(context: Context) -> Yield:
    """A text is written, then approved, then counts; an approval in the future is none."""
    for document in context.library.documents.values():
        record, at = document.record, document.places.at
        opened = record.history[-1].date
        for index, approval in enumerate(record.approvals):
            where = at("approvals", index, "date")
            if approval.date < opened:
                message = f"approved on {approval.date}, before revision {record.revision} was opened on {opened}"
                yield where, message, "correct one of the dates"
            if approval.date > context.today:
                yield (
                    where,
                    f"approved on {approval.date}, which is still to come",
                    "record an approval when it is given",
                )
            if index and approval.date < record.approvals[index - 1].date:
                yield (
                    where,
                    f"{approval.date} follows {record.approvals[index - 1].date}",
                    "put the newest approval last",
                )
        last = max((approval.date for approval in record.approvals), default=None)
        if record.effective is not None and last is not None and record.effective < last:
            message = f"in effect from {record.effective}, adopted only on {last}"
            yield at("effective"), message, "a procedure counts from the day of its adoption at the earliest"


@rule("KB905")
def one_after_the_other(context: Context) -> Yield:
    """On no day may two revisions claim to be in force."""
    for document in context.library.documents.values():
        adopted = [seal for seal in document.seals.values() if seal.adopted]
        for older, newer in itertools.pairwise(adopted):
            if older.effective and newer.effective and newer.effective <= older.effective:
                where = Location(f"{document.folder}/revisions/{newer.revision}/seal.json")
                message = f"revision {newer.revision} is in effect from {newer.effective}, {older.revision} from {older.effective}"
                yield where, message, "two revisions would be in force: the newer one takes effect later"
        last = max((seal for seal in adopted), key=lambda seal: seal.number, default=None)
        record = document.record
        if last is None or record.revision in document.seals:
            continue
        if revision_number(record.revision) < last.number:
            message = f"`revision` is {record.revision}, and {last.revision} is sealed"
            yield document.places.at("revision"), message, "numbers only go up: `patokaz revise` opens the next one"
        elif record.effective and last.effective and record.effective <= last.effective:
            message = f"in effect from {record.effective}, but {last.revision} only from {last.effective}"
            yield document.places.at("effective"), message, "the newer revision takes effect later"


@rule("KB906")
def no_step_is_skipped(context: Context) -> Yield:
    """A status claims what approvals prove, step by step. A status without any approval, or `in-force` without a date, is KB109."""
    settings = context.library.settings
    for document in context.library.documents.values():
        record = document.record
        known = (*_OUTSIDE_THE_CHAIN, *(step.status for step in settings.chain))
        if record.status not in known:
            message = f"the chain of adoption has no `{record.status}`"
            yield document.places.at("status"), message, f"it has: {', '.join(step.status for step in settings.chain)}"
        missing = settings.missing_steps(record.status, record.approvals) if record.approvals else ()
        if missing:
            message = f"status `{record.status}` skips {', '.join(f'`{step}`' for step in missing)}"
            hint = "add the approvals; the chain of adoption is in mkdocs.yml"
            yield document.places.at("status"), message, hint
        undated = record.effective is None and record.status != "in-force"
        if undated and record.approvals and settings.is_adopted(record.status):
            yield document.places.at("effective"), "adopted without an effective date", "add `effective: YYYY-MM-DD`"


@rule("KB907")
def adopted_is_sealed(context: Context) -> Yield:
    """What was adopted must not change any more."""
    for document in context.library.documents.values():
        record = document.record
        if (
            record.approvals
            and context.library.settings.is_adopted(record.status)
            and record.revision not in document.seals
        ):
            message = f"{document.id}@{record.revision} is adopted and not sealed"
            yield document.places.at("status"), message, f"run `patokaz seal {document.id}`"


@rule("KB908")
def sealed_is_not_edited(context: Context) -> Yield:
    """Two texts under one number would be silent staleness."""
    for document in context.library.documents.values():
        seal = document.seals.get(document.record.revision)
        for name in document.edited_since_seal if seal else ():
            message = f"differs from the sealed revision {document.record.revision}"
            hint = f"open a revision (`patokaz revise {document.id} --kind …`), or put back revisions/{document.record.revision}/{name}"
            yield Location(f"{document.folder}/{name}"), message, hint


@rule("KB909")
def ids_live_for_ever(context: Context) -> Yield:
    """A citation of a step resolves for ever."""
    for document in context.library.documents.values():
        present, redirects = set(document.anchors()), document.record.redirects
        lost: dict[str, str] = {}
        for seal in document.seals.values():
            lost |= {name: seal.revision for name in seal.anchors if name not in present and name not in redirects}
        for name, revision in lost.items():
            hint = f"add `redirects: {{{name}: …}}` with the id that stands for it now, or null"
            hint = f"{near} or {hint}" if (near := did_you_mean(name, present)).startswith("did you") else hint
            yield document.places.key("redirects"), f"`#{name}` of revision {revision} is gone", hint


@rule("KB910")
def redirects_lead_somewhere(context: Context) -> Yield:
    """A redirect of an id that exists would hide it; one to an id that is gone leads nowhere."""
    for document in context.library.documents.values():
        present = document.anchors()
        for old, new in document.record.redirects.items():
            if old in present:
                yield document.places.key("redirects", old), f"`#{old}` exists", "remove the redirect"
            elif new is not None and new not in present:
                hint = did_you_mean(new, present) or "name a heading id of this document, or null"
                yield document.places.at("redirects", old), f"there is no `#{new}` in {document.id}", hint


@rule("KB911")
def bases_exist(context: Context) -> Yield:
    """A basis that never was cannot be compared."""
    library = context.library
    for _, where, basis in bases(library):
        ref = RevisionRef.parse(basis)
        document = library.documents.get(ref.document)
        if document is None:
            if ref.document not in library.broken:
                hint = did_you_mean(ref.document, library.documents)
                yield where, f"there is no document `{ref.document}`", hint or "name an existing document"
        elif ref.revision not in (known := [entry.revision for entry in document.record.history]):
            yield where, f"{document.id} has no revision {ref.revision}", f"known: {', '.join(known)}"


@rule("KB912")
def bases_are_current(context: Context) -> Yield:
    """Whoever leans on a procedure must learn that it moved on."""
    for item in behind(context.library, context.today):
        base = RevisionRef.parse(item.basis)
        changes = "; ".join(f"{entry.revision}: {_summary(entry)}" for entry in item.since)
        hint = f"look at `patokaz diff {base.document} {base.revision} {item.current}`, then write `{base.document}@{item.current}`"
        yield item.where, f"{item.dependant} leans on {item.basis}; since then {changes}", hint


def _summary(entry: HistoryEntry) -> str:
    return entry.summary.get("en") or next(iter(entry.summary.values()), entry.kind)


@rule("KB913")
def bases_are_named(context: Context) -> Yield:
    """Without a basis nobody learns that the procedure moved on."""
    library = context.library
    for name, wanted in sorted(_expected(library).items()):
        document = library.documents[name]
        named = {RevisionRef.parse(basis).document for basis in document.record.basis}
        missing = [base for base in wanted if base not in named]
        if missing:
            entries = [f"{base}@{library.documents[base].record.revision}" for base in missing]
            message = f"{name} does not say on which revision of {_some(missing)} it leans"
            yield document.places.key("basis"), message, f"add to `basis:` {_some(entries)}, after comparing them"


_NAMED = 8
"""As many names as a line of a terminal holds."""


def _some(names: Sequence[str]) -> str:
    """The names, of many only the first."""
    more = len(names) - _NAMED
    return ", ".join(names[:_NAMED]) + (f" and {more} more" if more > 0 else "")


def _expected(library: Library) -> dict[str, Sequence[str]]:
    """By document the procedures that it leans on: those whose steps a form serves, a module teaches or a pathway's nodes name."""
    found: dict[str, list[str]] = {}
    for document in library.documents.values():
        if isinstance(document.record, SopRecord):
            for step in (step for measure in document.record.measures for step in measure.steps):
                for form in step.forms:
                    if form in library.documents:
                        found.setdefault(form, []).append(document.id)
        if isinstance(document.record, ModuleRecord):
            bases = (name.partition("/")[0] for name in document.record.steps())
            found.setdefault(document.id, []).extend(base for base in bases if base in library.documents)
        for node in document.pathway.nodes if document.pathway else ():
            base = node.step.partition("/")[0] if node.step else document.id
            if base != document.id and base in library.documents:
                found.setdefault(document.id, []).append(base)
    return {name: sorted(set(bases)) for name, bases in found.items()}
