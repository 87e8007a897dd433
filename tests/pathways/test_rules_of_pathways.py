"""The rules over random pathways: sound ones have no finding, large ones are refused, broken ones never raise."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sound_pathways import plain_nodes

from patokaz.findings import Finding
from sample import check_files, overlay

PATH = "sops/pathways/ask-for-help/pathway.yml"

ABOUT_DRAWINGS = {"KB821"}
"""A random pathway may need phases, or fewer actors a page."""


def findings(nodes: list[dict[str, Any]]) -> list[Finding]:
    """What is found in the file of a pathway with these nodes, shown to professionals."""
    text = "nodes:\n" + "".join(f"- {json.dumps(node, ensure_ascii=False)}\n" for node in nodes)
    record = {"replace": ["audience: public", "audience: professional"]}
    case = {PATH: text, "sops/pathways/ask-for-help/record.yml": record}
    return [item for item in check_files(overlay(case)) if item.location.path == PATH]


@settings(max_examples=60)
@given(plain_nodes())
def test_sound_pathways_have_no_finding(nodes: list[dict[str, Any]]) -> None:
    # Its labels carry no stamp: that, and nothing else, is said.
    assert {item.code for item in findings(nodes)} - ABOUT_DRAWINGS == {"KB603"}


@settings(max_examples=60)
@given(plain_nodes(depth=1), st.data())
def test_broken_pathways_never_raise(nodes: list[dict[str, Any]], data: st.DataObject) -> None:
    names = [node["id"] for node in nodes]
    for _ in range(data.draw(st.integers(1, 4))):
        node = data.draw(st.sampled_from(nodes))
        what = data.draw(st.sampled_from(["type", "next", "answers", "clock", "pathway", "does", "id", "phase"]))
        match what:
            case "type":
                node["type"] = data.draw(
                    st.sampled_from(["start", "task", "decision", "outcome", "link", "call", "split", "join"])
                )
            case "next":
                node["next"] = data.draw(st.lists(st.sampled_from([*names, "nowhere"]), max_size=3))
            case "answers":
                answer = st.fixed_dictionaries(
                    {"answer": st.just("consent"), "to": st.sampled_from(names), "loop": st.booleans()}
                )
                node["answers"] = data.draw(st.lists(answer, max_size=3))
            case "clock" | "id" | "phase":
                node[what] = data.draw(st.sampled_from(names))
            case "pathway":
                node["pathway"] = data.draw(st.sampled_from(["SOP-01", "SOP-02", "ask-for-help", "nothing"]))
            case "does":
                node["does"] = ["refers"]
    findings(nodes)


def chain(number: int) -> list[dict[str, Any]]:
    """Questions one after the other, each with a way round a task: 2 to the power of ``number`` / 2 paths."""
    facts = {"actor": "social-worker", "label": {"en": "Aa"}}
    nodes: list[dict[str, Any]] = [{"id": "start", "type": "start", "next": "q0", **facts}]
    for i in range((number - 2) // 2):
        answers = [{"answer": "consent", "to": f"t{i}"}, {"answer": "newcomer", "to": f"q{i + 1}"}]
        nodes.append({"id": f"q{i}", "type": "decision", "answers": answers, **facts})
        nodes.append(
            {"id": f"t{i}", "type": "task", "accountable": "social-worker", "next": f"q{i + 1}", "does": [], **facts}
        )
    nodes.append({"id": f"q{(number - 2) // 2}", "type": "outcome", **facts})
    return nodes


def test_500_nodes_are_refused_at_once() -> None:
    """Such a pathway has 2 to the power of 249 paths."""
    nodes = chain(500)
    nodes[-1]["does"] = ["refers"]
    assert len(nodes) == 500
    (only,) = [item for item in findings(nodes) if item.code.startswith("KB8")]
    assert (only.code, only.location.line) == ("KB822", 122)
    assert "split it into pathways" in only.hint


@pytest.mark.parametrize("does", [[], ["consent-given"]])
def test_largest_pathway_is_checked_without_going_through_its_paths(does: list[str]) -> None:
    """120 nodes, 2 to the power of 59 paths: the safeguard is proved, or the path that breaks it is found."""
    nodes = chain(120)
    nodes[1]["does"] = does
    nodes[-1]["does"] = ["refers"]
    codes = [item.code for item in findings(nodes) if item.code.startswith("KB8")]
    assert codes == (["KB821"] if does else ["KB821", "KB835"])
