"""Recording that a body adopted the present revision."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from pathlib import Path

from patokaz.control.editing import add_entry, flow, set_key, write_all
from patokaz.findings import KbError, did_you_mean
from patokaz.model.library import ChainStep, Document, Library
from patokaz.model.records import Approval, Status


@dataclass(frozen=True)
class Adoption:
    """What a body decided. ``status`` is the step of the chain; None where the chain knows the body."""

    body: str
    act: str
    date: datetime.date
    session: str | None = None
    document: str | None = None
    effective: datetime.date | None = None
    status: Status | None = None


def adopt(root: Path, library: Library, document: Document, adoption: Adoption, today: datetime.date) -> Status:
    """Write the approval, the status that follows from it and, if given, the effective date into the record.

    Returns the status. Raises :class:`KbError` for an unknown body, a date in the future or before the revision's own, an effective
    date before the adoption, a step that would skip a required one, a last step without an effective date, a revision that is sealed.
    """
    record = document.record
    if record.revision in document.seals:
        raise KbError(
            f"{document.id}@{record.revision} is sealed: open a revision first (patokaz revise {document.id})"
        )
    if adoption.body not in library.institutions:
        raise KbError(
            f"there is no institution `{adoption.body}`. {did_you_mean(adoption.body, library.institutions)}".strip()
        )
    opened = record.history[-1].date
    if not opened <= adoption.date <= today:
        raise KbError(f"--date {adoption.date} does not lie between the revision's own ({opened}) and today ({today})")
    if adoption.effective is not None and adoption.effective < adoption.date:
        raise KbError(f"--effective {adoption.effective} lies before the adoption ({adoption.date})")
    if record.approvals and adoption.date < record.approvals[-1].date:
        raise KbError(f"--date {adoption.date} lies before the last approval ({record.approvals[-1].date})")
    chain = library.settings.chain
    step = _step(chain, adoption)
    approval = Approval(
        body=adoption.body,
        act=adoption.act,
        session=adoption.session,
        date=adoption.date,
        document=adoption.document,
        status=None if step.bodies else step.status,
    )
    missing = library.settings.missing_steps(step.status, (*record.approvals, approval))
    if missing:
        raise KbError(f"`{step.status}` would skip a required step: {', '.join(missing)}")
    if library.settings.is_adopted(step.status) and (adoption.effective or record.effective) is None:
        raise KbError(f"`{step.status}` is the last required step: say from when it counts, --effective YYYY-MM-DD")
    path = root / document.places.path
    content = add_entry(path.read_text(encoding="utf-8"), "approvals", flow(approval.model_dump(exclude_none=True)))
    content = set_key(content, "status", step.status)
    if adoption.effective is not None:
        content = set_key(content, "effective", adoption.effective.isoformat())
    write_all({path: content})
    return step.status


def _step(chain: tuple[ChainStep, ...], adoption: Adoption) -> ChainStep:
    if adoption.status is not None:
        for step in chain:
            if step.status == adoption.status and (not step.bodies or adoption.body in step.bodies):
                return step
        raise KbError(f"the chain in mkdocs.yml has no step `{adoption.status}` that `{adoption.body}` takes")
    of_body = [step for step in chain if adoption.body in step.bodies]
    if len(of_body) == 1:
        return of_body[0]
    steps = ", ".join(step.status for step in chain)
    raise KbError(f"the chain in mkdocs.yml does not say which step `{adoption.body}` takes: add --status ({steps})")
