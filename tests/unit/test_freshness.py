"""Whether a translation follows its original."""

from __future__ import annotations

import unicodedata

import pytest

from patokaz.model.pathway import LabelStamp, Pathway
from patokaz.model.texts import FrontMatter, Text
from patokaz.parse.texts import parse_text
from patokaz.translations import Freshness, freshness, label_freshness, labels_stamped, stamped


def text(language: str, body: str = "Words.", front: str = "") -> Text:
    content = f"---\ntitle: A\nsummary: B\n{front}---\n\n{body}\n"
    parsed, findings = parse_text(content, f"{language}.md", language, FrontMatter)
    assert parsed is not None, findings
    return parsed


def translation(fingerprint: str) -> Text:
    return text("mk", front=f'translates: {{revision: "1.0", fingerprint: "{fingerprint}"}}\n')


def test_original_is_its_own() -> None:
    source = text("en")
    assert freshness(source, source) is Freshness.ORIGINAL


def test_without_a_stamp_nobody_knows() -> None:
    assert freshness(text("mk"), text("en")) is Freshness.UNSTAMPED


def test_fingerprint_decides() -> None:
    source = text("en")
    assert freshness(translation(source.fingerprint), source) is Freshness.CURRENT
    assert freshness(translation(source.fingerprint[:8]), source) is Freshness.CURRENT
    assert freshness(translation("0" * 16), source) is Freshness.BEHIND
    assert freshness(translation(source.fingerprint), text("en", "Other words.")) is Freshness.BEHIND


@pytest.mark.parametrize("front", ["asks: [c]\n", "labels: {a: b}\n"])
def test_everything_that_is_translated_counts(front: str) -> None:
    assert text("en", front=front).fingerprint != text("en").fingerprint


def test_title_and_summary_count() -> None:
    one, _ = parse_text("---\ntitle: A\nsummary: B\n---\n", "en.md", "en", FrontMatter)
    other, _ = parse_text("---\ntitle: A\nsummary: C\n---\n", "en.md", "en", FrontMatter)
    third, _ = parse_text("---\ntitle: D\nsummary: B\n---\n", "en.md", "en", FrontMatter)
    assert len({item.fingerprint for item in (one, other, third) if item}) == 3


def test_unicode_composition_does_not_count() -> None:
    word = "ndërhyrës ѝ"
    assert text("sq", unicodedata.normalize("NFD", word)).fingerprint == text("sq", word).fingerprint


def test_own_stamp_does_not_count() -> None:
    assert translation("0" * 16).fingerprint == text("mk").fingerprint


def test_stamp_is_written_before_the_translator() -> None:
    content = "---\ntitle: A\ntranslation: {by: Ана, reviewed_by: Бојан}\nsummary: B\n---\nBody\n---\nrule\n"
    assert stamped(content, revision="1.1", fingerprint="0123456789abcdef", by="X") == (
        '---\ntitle: A\ntranslates: {revision: "1.1", fingerprint: "0123456789abcdef"}\n'
        "translation: {by: Ана, reviewed_by: Бојан}\nsummary: B\n---\nBody\n---\nrule\n"
    )


def test_new_stamp_replaces_the_old_one() -> None:
    once = stamped("---\ntitle: A\n---\n", revision="1.0", fingerprint="0" * 16, by="X")
    assert stamped(once, revision="2.0", fingerprint="1" * 16, by="Y") == once.replace("1.0", "2.0").replace(
        "0" * 16, "1" * 16
    )


def test_without_front_matter_nothing_is_stamped() -> None:
    for content in ("Body", "---\ntitle: A\n", ""):
        with pytest.raises(ValueError, match="front matter"):
            stamped(content, revision="1.0", fingerprint="0" * 16, by="X")


def test_stamp_over_several_lines_is_replaced() -> None:
    content = f'---\ntitle: A\nsummary: B\ntranslates:\n  revision: "1.0"\n  fingerprint: "{"0" * 16}"\n---\nBody\n'
    done = stamped(content, revision="2.0", fingerprint="1" * 16, by="X")
    parsed, findings = parse_text(done, "mk.md", "mk", FrontMatter)
    assert parsed is not None, findings


def test_windows_line_ends_are_stamped() -> None:
    assert "translates:" in stamped("---\r\ntitle: A\r\n---\r\nBody\r\n", revision="1.0", fingerprint="0" * 16, by="X")


def test_name_with_a_special_character_stays_yaml() -> None:
    done = stamped("---\ntitle: A\nsummary: B\n---\n", revision="1.0", fingerprint="0" * 16, by="Ana, Skopje: team")
    parsed, findings = parse_text(done, "mk.md", "mk", FrontMatter)
    assert parsed is not None, findings


# Labels of pathways


def pathway(*labels: dict[str, str] | None, stamps: dict[str, str] | None = None) -> Pathway:
    nodes = tuple({"id": f"n{number}", "type": "task", "label": label} for number, label in enumerate(labels))
    translations = {language: {"fingerprint": state, "by": "X"} for language, state in (stamps or {}).items()}
    return Pathway.model_validate({"nodes": nodes, "translations": translations})


BOTH = ({"en": "One", "mk": "Едно"}, {"en": "Two", "mk": "Две"})


def test_labels_follow_their_original() -> None:
    state = pathway(*BOTH).fingerprint("en")
    assert label_freshness(pathway(*BOTH), "en", "en") is Freshness.ORIGINAL
    assert label_freshness(pathway(*BOTH), "en", "sq") is Freshness.MISSING
    assert label_freshness(pathway(*BOTH), "en", "mk") is Freshness.UNSTAMPED
    assert label_freshness(pathway(*BOTH, stamps={"mk": state}), "en", "mk") is Freshness.CURRENT
    assert label_freshness(pathway(*BOTH, stamps={"mk": state[:8]}), "en", "mk") is Freshness.CURRENT
    changed = pathway({"en": "One!", "mk": "Едно"}, BOTH[1], stamps={"mk": state})
    assert label_freshness(changed, "en", "mk") is Freshness.BEHIND


def test_changed_translation_is_not_behind() -> None:
    state = pathway(*BOTH).fingerprint("en")
    changed = pathway({"en": "One", "mk": "Еден"}, BOTH[1], stamps={"mk": state})
    assert label_freshness(changed, "en", "mk") is Freshness.CURRENT


def test_pathway_without_own_labels_has_nothing_to_translate() -> None:
    assert label_freshness(pathway(None, None), "en", "mk") is Freshness.CURRENT


def stamps_of(*languages: str) -> dict[str, LabelStamp]:
    return {language: LabelStamp(fingerprint="01234567", by="Ана: тим") for language in languages}


def test_stamps_of_labels_stand_before_the_nodes_or_where_they_stood() -> None:
    line = '  mk: {fingerprint: "01234567", by: "Ана: тим", reviewed_by: null}\n'
    first = labels_stamped("# x\nlanes: [a]\nnodes:\n- {id: a}\n", stamps_of("mk"))
    assert first == f"# x\nlanes: [a]\ntranslations:\n{line}nodes:\n- {{id: a}}\n"
    assert labels_stamped(first, stamps_of("mk")) == first
    long = "translations:\n  mk:\n    fingerprint: 76543210\n    by: X\nlanes: [a]\r\nnodes:\n"
    assert labels_stamped(long, stamps_of("mk")) == f"translations:\n{line}lanes: [a]\nnodes:\n"


def test_file_without_nodes_is_not_stamped() -> None:
    with pytest.raises(ValueError, match="nodes"):
        labels_stamped("lanes: [a]\n", stamps_of("mk"))
