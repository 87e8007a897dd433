"""The words for what changes name: roles, limits, documents, articles – also those that only an old revision knows.

Tolerant throughout: a working text may name what does not exist, and a redline has to show that too.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from patokaz.model.base import Duration
from patokaz.model.glossary import Limit, Role, Term
from patokaz.model.library import visible
from patokaz.model.records import AT_ONCE, LawRecord
from patokaz.model.revisions import Cited
from patokaz.pages.view import View
from patokaz.pages.wording import best
from patokaz.pathways.resolve import find_step
from patokaz.revisions.inline import OBJECT, Run
from patokaz.revisions.kinds import Value

_OF_WORDS = {
    "person": "person_{}",
    "audience": "audience_{}",
    "standing": "standing_{}",
    "node-type": "pathway_{}",
    "urgency": "urgency_{}",
    "field-type": "field_{}",
}
"""Kinds of values whose words are the engine's own."""


@dataclass(frozen=True)
class Names:
    """Words in the language of ``view``, and of what its edition may show: the rest has no words, as if it were not named.

    ``cited`` is what the compared revisions kept of the registers.
    """

    view: View
    cited: tuple[Cited, ...] = ()
    roles: Mapping[str, Role] = field(init=False)
    terms: Mapping[str, Term] = field(init=False)

    def __post_init__(self) -> None:
        shown = self.view.audience
        roles = {role.id: role for cited in self.cited for role in cited.roles if visible(role.audience, shown)}
        terms = {term.id: term for cited in self.cited for term in cited.terms if visible(term.audience, shown)}
        object.__setattr__(self, "roles", {**roles, **self.view.roles})
        object.__setattr__(self, "terms", {**terms, **self.view.terms})

    def _unknown(self, name: str) -> str:
        """A name of nothing that is shown. Professionals see everything, so for them it names nothing at all and stands as it is."""
        return name if self.view.audience == "professional" else ""

    def role(self, name: str) -> str:
        """``Border police``."""
        return self._said(self.roles[name].name) if name in self.roles else self._unknown(name)

    def answer(self, name: str) -> str:
        """The word of an answer."""
        return self.view.term_form(self.terms[name]) if name in self.terms else self._unknown(name)

    def value(self, value: Value) -> str:
        """The words of one entry of a fact; its name where nothing is known of it."""
        name, view, words = value.name, self.view, self.view.words
        if value.kind in _OF_WORDS:
            return words.file.words.get(_OF_WORDS[value.kind].format(name), name)
        match value.kind:
            case "role":
                return self.role(name)
            case "limit":
                return self.limit(name, value.limit)
            case "law":
                return self._article(name)
            case "duration":
                return words.duration(Duration.parse(name))
            case "truth":
                return words["redline_yes"]
            case "family" if name in view.library.families:
                return self._said(view.library.families[name].name)
            case "indicators" if name in view.indicator_groups:
                return self._said(view.indicator_groups[name].name)
            case "step":
                step = find_step(view.library, name)
                shown = step is not None and step.document.id in view.documents
                return f"{name} {view.heading(step.document, step.step.id)}" if step and shown else self._unknown(name)
            case "doc" | "contact":
                return self.target(f"{value.kind}:{name}")
            case "revision":
                return name if name.partition("@")[0] in view.documents else self._unknown(name)
            case "source":
                return name if name in view.cited else self._unknown(name)
            case "plain":
                return name
        return self._unknown(name)

    def limit(self, name: str, limit: Limit | None) -> str:
        """``at most 24 hours``, with the mark of an unverified one."""
        if name == AT_ONCE:
            return self.view.words["at_once"]
        if limit is None or not visible(limit.audience, self.view.audience):
            return self._unknown(name)
        mark = f" ({self.view.words['unverified']})" if limit.unverified else ""
        return self.view.words.limit(limit) + mark

    def limit_name(self, name: str, limit: Limit | None) -> str:
        """``First talk``."""
        return self._said(limit.name) if limit and visible(limit.audience, self.view.audience) else self._unknown(name)

    def target(self, target: str, limits: Mapping[str, Limit] | None = None) -> str:
        """What a reference leads to, in words: ``FORM-01 Request for help``. An address as it is."""
        scheme, _, rest = target.partition(":")
        name, _, anchor = rest.partition("#")
        view = self.view
        match scheme:
            case "doc" if name in view.documents:
                document = view.documents[name]
                title = view.heading(document, anchor) if anchor else view.title(name)
                return f"{name} {title}" if name.isupper() else title
            case "doc" if name in view.hand_pages:
                return view.title(name)
            case "law":
                return self._article(rest)
            case "role":
                return self.role(rest)
            case "term" if rest in self.terms:
                return view.term_form(self.terms[rest])
            case "limit":
                return self.limit(rest, (view.limits if limits is None else limits).get(rest))
            case "contact" if rest in view.contacts:
                contact = view.contacts[rest][1]
                return ", ".join((self._said(contact.what), *contact.phone))
            case "institution" if rest in view.institutions:
                return self._said(view.institutions[rest].name)
            case "unverified":
                return view.words["unverified"]
            case "source":
                return f"[{rest}]" if rest in view.cited or view.audience == "professional" else ""
            case "doc" | "term" | "contact" | "institution" | "indicator":
                return self._unknown(rest)
        return target

    def run(self, run: Run, limits: Mapping[str, Limit]) -> str:
        """The text of a run, with the engine's words where the author wrote none."""
        if OBJECT not in run.text:
            return run.text
        words = self.target(run.style.target, limits)
        contact = self.view.contacts.get(run.style.target.removeprefix("contact:"))
        if run.style.target.startswith("contact:") and contact:
            # In a text an empty reference to a contact prints its number alone.
            words = ", ".join(contact[1].phone) or self._said(contact[1].what)
        return run.text.replace(OBJECT, words)

    def _article(self, name: str) -> str:
        law_id, _, article_id = name.partition("/")
        law = self.view.documents.get(law_id)
        if law is None or not isinstance(law.record, LawRecord):
            return self._unknown(name)
        article = next((article for article in law.record.articles if article.id == article_id), None)
        said = self.view.article_name(law, article) if article else article_id
        return f"{self.view.designation(law)}, {said}"

    def _said(self, words: Mapping[str, str]) -> str:
        return best(words, self.view.language, self.view.order)[0]
