"""Compare our drawings of pathways with those of Graphviz dot and Mermaid: time, and faults counted from geometry.

python benchmarks/pathways.py                                   # ours, and dot where it is installed
python benchmarks/pathways.py --mermaid PATH/mermaid.min.js     # also Mermaid, in Chromium by playwright
"""

from __future__ import annotations

import argparse
import datetime
import json
import os
import platform
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from patokaz.load import DiskTree, load
from patokaz.pages.drawings import figures
from patokaz.pages.view import View
from patokaz.pathways import measure
from patokaz.pathways.boxes import ANSWER_SIZE, LABEL_SIZE, line
from patokaz.pathways.chart import Arrow, Box, Captions, Chart, Drawing, Line, Point, Rect
from patokaz.pathways.judge import Verdict, judge
from patokaz.pathways.layout import layout
from patokaz.pathways.svg import Address, to_svg
from patokaz.pathways.topology import topology

ROOT = Path(__file__).resolve().parents[1]
FONTS = ROOT / "src/patokaz/resources/theme/assets/fonts"
sys.path.insert(0, str(ROOT / "tests" / "pathways"))

from random_charts import captions_for, random_chart  # noqa: E402 - a folder of its own

LANGUAGES = ("mk", "sq", "en")
RANDOM_LANGUAGES = ("mk", "en", "ar")
REPEATS = 3
"""How often each drawing is made, always from nothing; the fastest counts, so that other work on the machine matters less."""

TEXT_WIDTH = 130.0
"""CSS pixels inside a box of ours; dot gets the same lines, since it breaks none itself."""


@dataclass(frozen=True)
class Case:
    """One chart in one language."""

    chart: Chart
    captions: Captions


@dataclass(frozen=True)
class Result:
    """What a tool made of a case: milliseconds, and what is wrong with it."""

    time: float
    verdict: Verdict


Tool = Callable[[list[Case]], list[Result]]


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--random", type=int, default=60, help="random charts of each size")
    parser.add_argument("--mermaid", type=Path, help="mermaid.min.js of the npm package `mermaid`")
    given = parser.parse_args()
    tools: dict[str, Tool] = {"Patokaz": ours}
    if shutil.which("dot"):
        tools["dot"] = dot
    else:
        print("dot is not installed (Debian: apt-get install graphviz); it is left out.\n")
    if given.mermaid:
        tools["Mermaid"] = lambda cases: mermaid(cases, given.mermaid)
    cores = f"{os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}, Python {platform.python_version()}"
    print(f"{datetime.date.today()}, {cores}{versions()}\n")  # noqa: DTZ011
    compare("Published charts", list(published()), tools)
    small = [random_chart(seed, 5 + seed % 12, 1 + seed % 5) for seed in range(given.random)]
    large = [random_chart(seed, 17 + seed % 29, 1 + seed % 8) for seed in range(given.random)]
    for title, charts in (("Random charts of 5 to 16 spots", small), ("Random charts of 17 to 45 spots", large)):
        cases = [Case(c, captions_for(c, RANDOM_LANGUAGES[k % 3])) for k, c in enumerate(charts)]
        compare(title, cases, tools)


def versions() -> str:
    """Which dot runs."""
    if not shutil.which("dot"):
        return ""
    said = subprocess.run(["dot", "-V"], capture_output=True, text=True, check=True).stderr
    return f", {said.strip().removeprefix('dot - ')}"


def published() -> Iterator[Case]:
    """Every phase of every pathway of the library in this repository, in its three languages."""
    library = load(DiskTree(ROOT)).library
    assert library is not None
    for language in LANGUAGES:
        view = View(library, "professional", language)
        for name, document in sorted(library.documents.items()):
            if document.pathway is not None and name in view.pathways:
                for figure in figures(document, view, "x"):
                    yield Case(figure.part.chart, figure.captions)


def compare(title: str, cases: list[Case], tools: dict[str, Tool]) -> None:
    """Run all tools on all cases and print a table, with ratios of time to the first tool."""
    flows = sum(len(case.chart.flows) for case in cases)
    print(f"### {title}: {len(cases)} drawings, {flows} flows\n")
    print(
        "| | ms a chart a language, median | slowest | ratio | crossings a flow | lines through boxes | label collisions | clipped texts | box overlaps |"
    )
    print("|---|--:|--:|--:|--:|--:|--:|--:|--:|")
    first: float | None = None
    for name, tool in tools.items():
        results = tool(cases)
        middle = statistics.median(result.time for result in results)
        first = first or middle
        slowest = max(result.time for result in results)
        verdicts = [result.verdict for result in results]
        crossings = sum(v.crossings for v in verdicts) / flows
        faults = [
            str(sum(getattr(v, key) for v in verdicts))
            for key in ("lines_through_boxes", "label_collisions", "clipped_texts", "box_overlaps")
        ]
        cells = [name, f"{middle:.1f}", f"{slowest:.0f}", f"{middle / first:.1f}", f"{crossings:.3f}", *faults]
        print(f"| {' | '.join(cells)} |", flush=True)
    print()


# Ours


def ours(cases: list[Case]) -> list[Result]:
    """Topology, layout and SVG of each case, nothing remembered from the case before."""
    results = []
    for case in cases:
        spent = []
        for _ in range(REPEATS):
            measure.wrap.cache_clear()
            measure._advance.cache_clear()
            start = time.perf_counter()
            drawing = layout(topology(case.chart), case.captions)
            addresses = {box.id: Address("", box.id) for box in drawing.boxes}
            lanes = {lane.id: Address("", lane.id) for lane in drawing.lanes}
            to_svg(drawing, prefix="x", title="", description="", addresses=addresses, lanes=lanes)
            spent.append((time.perf_counter() - start) * 1000)
        results.append(Result(min(spent), judge(drawing)))
    return results


# Graphviz


def dot(cases: list[Case]) -> list[Result]:
    """Layout and SVG by dot, lanes as clusters; a process a chart, less what a process for an empty graph takes."""
    with tempfile.TemporaryDirectory() as folder:
        fonts = Path(folder) / "fonts.conf"
        fonts.write_text(f"<fontconfig><dir>{FONTS}</dir><cachedir>{folder}</cachedir></fontconfig>")
        env = os.environ | {"FONTCONFIG_FILE": str(fonts)}

        def run(source: str, style: str) -> tuple[str, float]:
            start = time.perf_counter()
            made = subprocess.run(
                ["dot", style], input=source, capture_output=True, text=True, env=env, check=True
            ).stdout
            return made, (time.perf_counter() - start) * 1000

        run('digraph {a [fontname="Noto Sans"]}', "-Tsvg")
        empty = min(run('digraph {a [fontname="Noto Sans"]}', "-Tsvg")[1] for _ in range(9))
        results = []
        for case in cases:
            source = to_dot(case)
            spent = min(run(source, "-Tsvg")[1] for _ in range(REPEATS))
            made = json.loads(run(source, "-Tjson")[0])
            results.append(Result(max(spent - empty, 0.0), judge(from_dot(case, made))))
        return results


def lines_of(case: Case, spot: str) -> list[str]:
    """The words of a spot in the lines that a box of ours would have."""
    caption = case.captions.spots[spot]
    parts = [caption.label, *caption.badges]
    return [text for part in parts for text in measure.wrap(part, TEXT_WIDTH, LABEL_SIZE)]


def answer_of(case: Case, answers: tuple[str, ...]) -> str:
    """The label of a flow."""
    return " / ".join(case.captions.answers[answer] for answer in answers)


def to_dot(case: Case) -> str:
    """A case as dot source."""
    quote = json.dumps
    parts = ["digraph {", 'node [shape=box fontname="Noto Sans" fontsize=12]']
    parts.append('edge [fontname="Noto Sans Bold" fontsize=11]')
    for k, lane in enumerate(case.chart.lanes):
        name = case.captions.lanes.get(lane, "")
        parts.append(f'subgraph cluster_{k} {{label={quote(name, ensure_ascii=False)} fontname="Noto Sans"')
        for spot in case.chart.spots:
            if spot.lane == lane:
                label = quote("\n".join(lines_of(case, spot.id)), ensure_ascii=False)
                parts.append(f"{quote(spot.id)} [label={label}]")
        parts.append("}")
    for flow in case.chart.flows:
        label = quote(answer_of(case, flow.answers), ensure_ascii=False)
        parts.append(f"{quote(flow.source)} -> {quote(flow.target)} [label={label}]")
    return "\n".join([*parts, "}"])


def from_dot(case: Case, made: dict[str, Any]) -> Drawing:
    """Dot's geometry as a drawing, y downwards, one point as one pixel."""
    _, _, width, height = (float(v) for v in made["bb"].split(","))
    names: dict[int, str] = {}
    boxes = []
    for item in made["objects"]:
        if "pos" not in item or item["name"] not in case.captions.spots:
            continue
        names[item["_gvid"]] = item["name"]
        x, y = (float(v) for v in item["pos"].split(","))
        wide, high = float(item["width"]) * 72, float(item["height"]) * 72
        texts = [
            line(words, x, height - y + (k - (len(lines) - 1) / 2) * 14.4, LABEL_SIZE, False)
            for lines in [lines_of(case, item["name"])]
            for k, words in enumerate(lines)
        ]
        rect = Rect(x - wide / 2, height - y - high / 2, wide, high)
        boxes.append(Box(item["name"], "task", "", rect, tuple(texts), (), None, None))
    answers = {(flow.source, flow.target): answer_of(case, flow.answers) for flow in case.chart.flows}
    arrows = []
    for edge in made.get("edges", ()):
        source, target = names[edge["tail"]], names[edge["head"]]
        end, points = spline(edge["pos"], height)
        label, plate = None, None
        if answers[source, target] and "lp" in edge:
            x, y = (float(v) for v in edge["lp"].split(","))
            label = line(answers[source, target], x, height - y, ANSWER_SIZE, True)
            plate = Rect(x - label.width / 2, height - y - 7, label.width, 14)
        arrows.append(Arrow(source, target, (*points, end), False, label, plate))
    return Drawing(width, height, (), tuple(boxes), tuple(arrows), False)


def spline(pos: str, height: float) -> tuple[Point, list[Point]]:
    """Dot's ``e,x,y x,y …``: the tip, and points on the cubic curves."""
    tip, control = (0.0, 0.0), []
    for part in pos.replace("\\\n", "").split():
        values = part.split(",")
        x, y = float(values[-2]), height - float(values[-1])
        if values[0] == "e":
            tip = (x, y)
        else:
            control.append((x, y))
    points = [control[0]]
    for k in range(0, len(control) - 3, 3):
        a, b, c, d = control[k : k + 4]
        for step in range(1, 9):
            t = step / 8
            u = 1 - t
            weights = (u**3, 3 * u * u * t, 3 * u * t * t, t**3)
            x = sum(w * p[0] for w, p in zip(weights, (a, b, c, d), strict=True))
            y = sum(w * p[1] for w, p in zip(weights, (a, b, c, d), strict=True))
            points.append((x, y))
    return tip, points


# Mermaid

PAGE = """<!doctype html><meta charset="utf-8"><style>
@font-face{font-family:"Noto Sans";src:url("%(fonts)s/NotoSans-Regular.ttf")}
@font-face{font-family:"Noto Sans";font-weight:700;src:url("%(fonts)s/NotoSans-Bold.ttf")}
@font-face{font-family:"Vazirmatn";src:url("%(fonts)s/Vazirmatn-Regular.ttf")}
body{font-family:"Noto Sans","Vazirmatn"}</style><b>a</b>a<i style="font-family:Vazirmatn">a</i><div id="out"></div>
<script src="%(script)s"></script>"""

DRAW = """async (source) => {
  const out = document.getElementById('out');
  out.innerHTML = '';
  const start = performance.now();
  const {svg} = await mermaid.render('m', source);
  const time = performance.now() - start;
  out.innerHTML = svg;
  const at = e => { const r = e.getBoundingClientRect(); return [r.x, r.y, r.width, r.height]; };
  const nodes = [...out.querySelectorAll('g.node')].map(g => ({
    id: g.id.replace(/^.*?flowchart-/, '').replace(/-\\d+$/, ''),
    rect: at(g.querySelector('.label-container') || g.querySelector('rect,polygon,path')),
    text: at(g.querySelector('.nodeLabel') || g.querySelector('text')),
  }));
  const edges = [...out.querySelectorAll('path.flowchart-link')].map(p => {
    const m = p.getScreenCTM(), n = p.getTotalLength(), points = [];
    for (let k = 0; k <= 24; k++) { const q = p.getPointAtLength(n * k / 24).matrixTransform(m); points.push([q.x, q.y]); }
    return {id: p.dataset.id || p.id, points};
  });
  const labels = [...out.querySelectorAll('g.edgeLabel')].map(g => {
    const inner = g.querySelector('.label') || g, words = g.querySelector('span.edgeLabel') || g;
    return {id: inner.dataset.id || '', rect: at(words), text: words.textContent.trim()};
  }).filter(l => l.text);
  return {time, nodes, edges, labels, size: at(out.querySelector('svg'))};
}"""


def mermaid(cases: list[Case], script: Path) -> list[Result]:
    """Mermaid flowcharts in Chromium, lanes as subgraphs; one page, warmed up, so that only rendering is timed."""
    from playwright.sync_api import sync_playwright

    program = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    if program is None:
        sys.exit("Mermaid needs Chromium")
    results = []
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        page_file = Path(folder) / "page.html"
        page_file.write_text(PAGE % {"fonts": FONTS.as_uri(), "script": script.resolve().as_uri()})
        arguments = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
        browser = playwright.chromium.launch(executable_path=program, args=arguments)
        page = browser.new_page(viewport={"width": 3000, "height": 3000})
        page.goto(page_file.as_uri())
        page.evaluate("document.fonts.ready.then(() => 0)")
        page.evaluate(
            "mermaid.initialize({startOnLoad: false, maxEdges: 2000, themeVariables: {fontFamily: 'Noto Sans, Vazirmatn',"
            " fontSize: '12px'}, flowchart: {useMaxWidth: false}})"
        )
        page.evaluate(DRAW, "flowchart TB\na --> b")
        for case in cases:
            made = [page.evaluate(DRAW, to_mermaid(case)) for _ in range(REPEATS)]
            results.append(Result(min(m["time"] for m in made), judge(from_mermaid(case, made[0]))))
        browser.close()
    return results


def to_mermaid(case: Case) -> str:
    """A case as Mermaid source. Ids of flows let their labels be found again."""
    quote = {spot.id: f"s{k}" for k, spot in enumerate(case.chart.spots)}
    parts = ["flowchart TB"]
    for k, lane in enumerate(case.chart.lanes):
        parts.append(f'subgraph lane{k}["{case.captions.lanes.get(lane) or " "}"]')
        for spot in case.chart.spots:
            if spot.lane == lane:
                caption = case.captions.spots[spot.id]
                parts.append(f'{quote[spot.id]}["{"<br/>".join((caption.label, *caption.badges))}"]')
        parts.append("end")
    for k, flow in enumerate(case.chart.flows):
        label = answer_of(case, flow.answers)
        middle = f'-->|"{label}"|' if label else "-->"
        parts.append(f"{quote[flow.source]} e{k}@{middle} {quote[flow.target]}")
    return "\n".join(parts)


def block(words: str, rect: list[float]) -> Line:
    """Words that fill a rectangle, as one line whose letters are as high."""
    x, y, width, height = rect
    return Line(words, x + width / 2, y + 0.76 * height, height, False, width)


def from_mermaid(case: Case, made: dict[str, Any]) -> Drawing:
    """Mermaid's geometry as a drawing, moved to the origin."""
    left, top, width, height = made["size"]
    spot_of = {f"s{k}": spot.id for k, spot in enumerate(case.chart.spots)}

    def moved(rect: list[float]) -> list[float]:
        return [rect[0] - left, rect[1] - top, rect[2], rect[3]]

    boxes = []
    for node in made["nodes"]:
        name = spot_of[node["id"]]
        words = case.captions.spots[name].label
        boxes.append(
            Box(name, "task", "", Rect(*moved(node["rect"])), (block(words, moved(node["text"])),), (), None, None)
        )
    labels = {label["id"].rpartition("-")[2]: label for label in made["labels"]}
    arrows = []
    for edge in made["edges"]:
        name = edge["id"].rpartition("-")[2]
        flow = case.chart.flows[int(name[1:])]
        points = tuple((x - left, y - top) for x, y in edge["points"])
        label, plate = None, None
        if name in labels:
            rect = moved(labels[name]["rect"])
            label, plate = block(labels[name]["text"], rect), Rect(*rect)
        arrows.append(Arrow(flow.source, flow.target, points, False, label, plate))
    return Drawing(width, height, (), tuple(boxes), tuple(arrows), False)


if __name__ == "__main__":
    main()
