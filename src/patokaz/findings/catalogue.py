"""Every kind of finding: its code, name, severity and one sentence. The rule reference is generated from this table.

Codes are never reused. 0xx: reading files; 1xx: shape of YAML; 2xx: references; 3xx: structure of texts;
4xx: facts that age; 5xx: hygiene of texts; 6xx: languages; 7xx: audience; 8xx: pathways and safeguards; 9xx: document control.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum


class Severity(Enum):
    """An error stops the build; a warning is reported and built."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True)
class Kind:
    """A kind of finding."""

    code: str
    name: str
    severity: Severity
    summary: str


_E, _W = Severity.ERROR, Severity.WARNING

_KINDS = (
    Kind("KB001", "not-utf-8", _E, "A source file is UTF-8."),
    Kind("KB002", "byte-order-mark", _E, "A source file has no byte order mark."),
    Kind("KB003", "line-too-long", _E, "A line of a source file has at most 20,000 characters."),
    Kind(
        "KB004", "outside-the-tree", _E, "A source lies inside the library: no symbolic link or `..` leads out of it."
    ),
    Kind(
        "KB005",
        "file-missing",
        _E,
        "A document folder has its `record.yml` and a text in its source language; a pathway on its own has its `pathway.yml`.",
    ),
    Kind(
        "KB006",
        "unexpected-file",
        _E,
        "A document folder holds nothing the engine does not know, so that no typo in a file name goes unseen.",
    ),
    Kind("KB007", "file-too-large", _E, "A source file has at most 2 MB."),
    Kind("KB008", "unreadable", _E, "A source file can be read."),
    Kind("KB009", "control-character", _E, "A source file holds no control or private-use characters."),
    Kind("KB010", "yaml-syntax", _E, "YAML can be parsed."),
    Kind("KB011", "duplicate-key", _E, "A mapping has each key once."),
    Kind(
        "KB012",
        "number-with-point",
        _E,
        "A plain scalar such as `1.10` is quoted, because YAML reads it as the number 1.1.",
    ),
    Kind(
        "KB013",
        "ambiguous-word",
        _E,
        "A plain `no`, `yes`, `on`, `off` or `NULL` is quoted or written `true`, `false`, `null`.",
    ),
    Kind("KB014", "ambiguous-number", _E, "A plain scalar such as `0x1F`, `010`, `12:30` or a time stamp is quoted."),
    Kind(
        "KB015",
        "anchor-or-tag",
        _E,
        "YAML has no anchors, aliases, merge keys or tags: a fact stands in one place and is named by its id.",
    ),
    Kind("KB016", "too-deep", _E, "YAML is nested at most 30 levels deep."),
    Kind("KB017", "not-a-mapping", _E, "A file has the outermost shape its kind needs: a mapping or a list."),
    Kind("KB018", "front-matter", _E, "A text opens with front matter between two lines `---`."),
    Kind("KB101", "unknown-key", _E, "Every key is one the engine knows."),
    Kind("KB102", "missing-key", _E, "Every key that is required is there."),
    Kind("KB103", "wrong-type", _E, "A value has the type its key asks for."),
    Kind("KB104", "not-allowed", _E, "A value is one of those allowed."),
    Kind("KB105", "badly-formed", _E, "Ids, dates, durations and revisions are well formed."),
    Kind("KB106", "duplicate-id", _E, "An id is used once."),
    Kind("KB107", "folder-name", _E, "A document's folder is named after its id and lies under its kind (and family)."),
    Kind(
        "KB108",
        "history",
        _E,
        "The newest entry of `history` is the record's revision, and dates and revisions ascend.",
    ),
    Kind(
        "KB109",
        "adoption",
        _E,
        "A status from `commission-adopted` on has its approval; `in-force` has a date `effective`.",
    ),
    Kind(
        "KB110",
        "name-twice",
        _E,
        "A name stands once among those that a term, a role, an institution or an everyday concept has in a language.",
    ),
    Kind("KB111", "concept-with-one-name", _E, "An everyday concept has two names or more."),
    Kind("KB201", "unknown-role", _E, "A role that is named exists."),
    Kind("KB202", "unknown-institution", _E, "An institution that is named exists."),
    Kind("KB203", "unknown-limit", _E, "A time limit that is named exists."),
    Kind("KB204", "unknown-form", _E, "A form that is named exists."),
    Kind("KB205", "unknown-article", _E, "A legal article that is named exists."),
    Kind("KB206", "unknown-term", _E, "A term that is named exists."),
    Kind("KB207", "unknown-document", _E, "A document that is named exists."),
    Kind("KB208", "unknown-anchor", _E, "A section that is named exists in the document."),
    Kind("KB209", "unknown-image", _E, "An image that is shown exists beside the text."),
    Kind(
        "KB210",
        "internal-link",
        _E,
        "A link inside the library uses a reference scheme (`doc:`, `law:`, …), not a file path.",
    ),
    Kind("KB211", "unknown-source", _E, "A source that is cited exists."),
    Kind("KB212", "unknown-contact", _E, "A contact that is named exists."),
    Kind("KB213", "unknown-indicator-group", _E, "A group of indicators that is named exists."),
    Kind("KB214", "unknown-family", _E, "A family that is named exists."),
    Kind("KB215", "cycle", _E, "Predecessors and superseding laws form no circle."),
    Kind("KB216", "reference-words", _E, "A reference has words, or one of the schemes that supply their own."),
    Kind(
        "KB301",
        "section-missing",
        _E,
        "Every measure, step, article or form section of the record has its heading in every text.",
    ),
    Kind("KB302", "section-unknown", _E, "Every second- and third-level heading of a text is in the record."),
    Kind("KB303", "section-order", _E, "Headings stand in the order of the record."),
    Kind("KB304", "heading-without-id", _E, "A heading carries an explicit id, the same in every language."),
    Kind(
        "KB305",
        "heading-level-skipped",
        _E,
        "No heading level is skipped, and a text has no first-level heading (the title is in the front matter).",
    ),
    Kind("KB306", "duplicate-anchor", _E, "A heading id is used once in a text."),
    Kind("KB307", "underlined-heading", _E, "Headings are written with `#`."),
    Kind(
        "KB308",
        "label-missing",
        _E,
        "Every field and option of a form has its label in every text, and no label is left over.",
    ),
    Kind(
        "KB309",
        "question-target",
        _E,
        "A question under `asks` has words, and leads to a section of its text or to the page.",
    ),
    Kind("KB310", "module-section", _E, "A module has the same sections in every language, and those that it needs."),
    Kind(
        "KB311",
        "module-label",
        _E,
        "Every objective, line of the agenda, question, option and explanation of a module has its label in every text.",
    ),
    Kind("KB312", "module-minutes", _E, "The agenda of a module names every exercise and adds up to its minutes."),
    Kind("KB313", "module-step", _E, "An exercise and a question name a step that exists."),
    Kind("KB314", "quiz-key", _E, "A right answer is an option of its question, and some option is wrong."),
    Kind("KB315", "leaflet-language", _E, "A leaflet has a text in each of its languages, and none in another."),
    Kind("KB316", "leaflet-section", _E, "What a leaflet shows on the screen only is a section in each language."),
    Kind("KB401", "limit-stale", _E, "A time limit was checked against its source within its review period."),
    Kind("KB402", "contact-stale", _W, "A contact was checked against its source within the last twelve months."),
    Kind(
        "KB403",
        "unverified",
        _W,
        "A claim without a confirming source is marked `unverified` and shown so; this lists where.",
    ),
    Kind("KB404", "review-overdue", _W, "A document is reviewed within its review period."),
    Kind("KB405", "date-in-future", _E, "A date of checking lies in the past."),
    Kind("KB406", "fact-without-source", _E, "A verified limit, article or indicator names a source."),
    Kind("KB501", "raw-html", _E, "A text uses Markdown; of HTML only `br`, `kbd`, `sub`, `sup`, without attributes."),
    Kind("KB502", "placeholder", _E, "No `TODO`, `FIXME`, `XXX`, `TBD` or `lorem ipsum` is left."),
    Kind("KB503", "image-without-alternative", _E, "An image has alternative text."),
    Kind("KB504", "forbidden-form", _E, "A form that the term base forbids is not used in a text."),
    Kind("KB505", "empty-section", _W, "A step has text under its heading."),
    Kind("KB506", "unsafe-link", _E, "A link is `https:`, `http:`, `mailto:`, `tel:` or a reference."),
    Kind(
        "KB507",
        "unseen-markup",
        _E,
        "Every link and image stands on one line as `[words](target)`; no addresses by definition, no HTML in disguise.",
    ),
    Kind(
        "KB601",
        "language-missing",
        _W,
        "A wording of the glossary, a record or the home page exists in every working language.",
    ),
    Kind(
        "KB602",
        "text-missing",
        _W,
        "A document has a text in every working language; without it the best other one is shown with a notice.",
    ),
    Kind("KB603", "translation-unstamped", _E, "A translation says which state of the original it translates."),
    Kind("KB604", "translation-behind", _W, "A translation follows the current original; until then its page says so."),
    Kind("KB605", "stamp-on-source", _E, "The text in the source language carries no translation stamp."),
    Kind(
        "KB606",
        "question-missing",
        _W,
        "What is asked for in one language of a document, section or page, is asked for in all its languages.",
    ),
    Kind("KB607", "names-in-unknown-language", _E, "Names for search are in a working language."),
    Kind(
        "KB608",
        "passages-differ",
        _E,
        "A translation has the passages of its original, of the same kind, section by section.",
    ),
    Kind("KB609", "links-differ", _E, "A passage has the same references, links and images in every language."),
    Kind("KB610", "translated-numbers-differ", _E, "A passage has the same numbers and dates in every language."),
    Kind("KB611", "emphasis-lost", _W, "What the original stresses, its translation stresses."),
    Kind(
        "KB612",
        "term-not-in-term-base",
        _W,
        "The words of a reference to a term are a form of that term, in the language of the text.",
    ),
    Kind("KB621", "exchange-unreadable", _E, "An exchange file can be read, and is one that Patokaz exported."),
    Kind(
        "KB622",
        "placeholder-differs",
        _E,
        "A translation that is imported has the references, links, code, tags and strong marks of its original.",
    ),
    Kind("KB623", "number-differs", _E, "A translation that is imported has the numbers of its original."),
    Kind("KB624", "passage-breaks", _E, "A translation that is imported stays the one passage that it was."),
    Kind("KB625", "original-changed", _E, "A translation that is imported was made from the present original."),
    Kind(
        "KB626",
        "forbidden-form-delivered",
        _E,
        "A translation that is imported has no form that the term base forbids.",
    ),
    Kind(
        "KB631",
        "word-unreadable",
        _E,
        "An imported Word file can be read, and was exported from the text it goes into.",
    ),
    Kind(
        "KB632",
        "word-dangerous",
        _E,
        "An imported Word file holds no macros, embedded objects, foreign content or zip bomb.",
    ),
    Kind("KB633", "word-structure-lost", _E, "An imported Word file has every section of the record."),
    Kind("KB634", "word-unmapped", _W, "What an imported Word file holds has a place in a text."),
    Kind("KB701", "public-names-professional", _E, "What is public names nothing that is for professionals."),
    Kind("KB702", "audience-differs", _E, "A hand-written page has one audience in all languages."),
    Kind("KB801", "unknown-node", _E, "A node or phase that a pathway names is in that pathway."),
    Kind(
        "KB802",
        "flow-count",
        _E,
        "A node has the flows of its type: one after a start, task, link and join, two or more after a split, one or none after a call, answers after a decision and nowhere else, nothing after an outcome.",
    ),
    Kind("KB803", "one-start", _E, "A pathway has one start, and no flow leads to it."),
    Kind("KB804", "answers", _E, "A decision has two or more answers, none of them twice."),
    Kind("KB805", "not-sure", _E, "Where “yes” or “no” is an answer, so are the other one and “not sure”."),
    Kind("KB806", "unreachable", _E, "Every node is reached from the start."),
    Kind("KB807", "no-way-out", _E, "From every node the pathway can come to an end."),
    Kind("KB808", "unmarked-loop", _E, "Flows that lead in a circle have the one that leads back marked `loop: true`."),
    Kind("KB809", "false-loop", _E, "An answer marked `loop: true` leads back."),
    Kind("KB810", "loop-without-exit", _E, "A decision with a loop has an answer that leads on."),
    Kind(
        "KB811",
        "parallel",
        _E,
        "The branches of a split are apart, all end in one join, and nothing else enters or leaves them.",
    ),
    Kind("KB812", "call-target", _E, "A call, and nothing else, names a document that has a pathway."),
    Kind("KB813", "call-circle", _E, "Pathways do not call each other in a circle."),
    Kind("KB814", "unknown-step", _E, "A step that a node names exists."),
    Kind("KB815", "actor", _E, "Every node has an actor; with a step it is one of those responsible."),
    Kind("KB816", "accountable", _E, "A task without a step names who is accountable."),
    Kind("KB817", "fact-twice", _E, "What the step of a node says does not stand at the node again."),
    Kind(
        "KB818",
        "clock",
        _E,
        "A limit with a length has a clock, and the clock stands before the node on every path.",
    ),
    Kind("KB819", "due-earlier", _E, "A node is not due before an earlier one whose limit has the same clock."),
    Kind("KB820", "phase", _E, "Every node has a phase where there are phases, and every phase has nodes."),
    Kind("KB821", "phase-size", _E, "A phase has at most 16 nodes and 5 actors, so that its print can be read."),
    Kind("KB822", "pathway-size", _E, "A pathway has at most 120 nodes."),
    Kind("KB823", "label-missing", _E, "A node has words: of its own, in the source language too, or of its step."),
    Kind("KB824", "label-copied", _E, "A label of 15 characters or more is not the same in two languages."),
    Kind("KB825", "label-length", _E, "A label has at most 90 characters."),
    Kind("KB826", "unknown-language", _E, "A language of a pathway's labels and stamps is a working language."),
    Kind("KB827", "numbers-differ", _E, "A label has the same digits in every language."),
    Kind("KB828", "urgency", _E, "The most urgent question is asked first."),
    Kind("KB829", "main", _E, "A decision continues straight with one answer at most."),
    Kind("KB830", "pin", _E, "A pin says something, and pins do not contradict each other."),
    Kind("KB831", "lanes", _E, "`lanes`, where it is given, lists every actor of the pathway once, and no other."),
    Kind("KB832", "law-superseded", _W, "The legal basis of a pathway and of a safeguard is not superseded."),
    Kind("KB833", "unknown-event", _E, "An event in `does` is one that a safeguard speaks of."),
    Kind("KB834", "safeguard-idle", _W, "The event of a safeguard happens in a pathway; otherwise it guards nothing."),
    Kind("KB835", "safeguard-broken", _E, "No path breaks a safeguard."),
    Kind("KB836", "safeguard-without-basis", _E, "A safeguard has a legal basis, or is marked `unverified`."),
    Kind("KB837", "print-too-small", _E, "The drawing of a phase has letters of 7 pt or more on A4."),
    Kind(
        "KB901",
        "seal-broken",
        _E,
        "The files of a sealed revision are byte for byte what was sealed, no more and no fewer.",
    ),
    Kind(
        "KB902",
        "seal-unsound",
        _E,
        "A sealed revision has its seal and belongs to the document in whose folder it lies.",
    ),
    Kind("KB904", "dates-out-of-order", _E, "A revision is written, then approved, then takes effect."),
    Kind(
        "KB905", "two-in-force", _E, "Adopted revisions take effect one after the other, in the order of their numbers."
    ),
    Kind("KB906", "step-skipped", _E, "A status has the approvals that the chain of adoption asks for."),
    Kind("KB907", "adopted-unsealed", _E, "An adopted revision is sealed."),
    Kind(
        "KB908",
        "sealed-and-edited",
        _E,
        "The working text is that of its sealed revision, or has a revision number of its own.",
    ),
    Kind(
        "KB909",
        "id-lost",
        _E,
        "A heading id of a sealed revision still exists, or `redirects` says what stands for it.",
    ),
    Kind("KB910", "redirect-unsound", _E, "A redirect leads from an id that is gone to one that exists."),
    Kind("KB911", "basis-unknown", _E, "A basis names a revision that exists."),
    Kind(
        "KB912",
        "basis-behind",
        _W,
        "What leans on a document leans on its present revision; until then its page says so.",
    ),
    Kind(
        "KB913",
        "basis-missing",
        _W,
        "A form, pathway or module says on which revision of a procedure it leans.",
    ),
    Kind(
        "KB915",
        "in-force-apart",
        _E,
        "What is in force on a day fits together: no revision in force names what another one's has not.",
    ),
)

CATALOGUE: dict[str, Kind] = {kind.code: kind for kind in _KINDS}
