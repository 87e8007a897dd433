"""The drawings of a pathway: charts with the words of a language, for the web and for print."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from markupsafe import Markup, escape

from patokaz.model.library import Document
from patokaz.pages.view import View
from patokaz.pages.wording import capital
from patokaz.pathways.bands import bands
from patokaz.pathways.chart import Caption, Captions, Drawing
from patokaz.pathways.charts import PhaseChart, phase_charts
from patokaz.pathways.drawings import draw, draw_for_paper, draw_for_phone, readable_on_paper
from patokaz.pathways.layout import smallest_text_pt
from patokaz.pathways.printed import to_print
from patokaz.pathways.resolve import Resolved
from patokaz.pathways.svg import Address, to_svg

LEAST_POINTS = 7.0
"""The smallest letters of a drawing on paper that an officer reads without a lens, as it is laid out."""

MOST_POINTS = 10.0
"""The letters of a drawing are no larger than those of the text beside it (print.css)."""


@dataclass(frozen=True)
class Figure:
    """One phase of a pathway in one language: its chart, words and addresses as seen from one page."""

    name: str
    title: str
    part: PhaseChart
    captions: Captions
    addresses: Mapping[str, Address]
    lanes: Mapping[str, Address]

    @property
    def with_actors(self) -> Captions:
        """The words of a drawing in one column, where lanes have no heads: who acts stands in the box."""
        lane_of = {spot.id: spot.lane for spot in self.part.chart.spots}
        spots = {
            name: caption
            if name in self.part.links
            else Caption(caption.label, (self.lanes[lane_of[name]].name, *caption.badges), caption.number)
            for name, caption in self.captions.spots.items()
        }
        return Captions(spots, {}, self.captions.answers, self.captions.rtl)

    @property
    def wide(self) -> Drawing:
        """One column a lane."""
        return draw(self.part.chart, self.captions)

    def on_paper(self, width: float, height: float) -> list[str]:
        """As HTML for print, linked, for pages with a room of ``width`` × ``height`` millimetres each.

        One drawing as large as fits; where its smallest words would be less than :data:`LEAST_POINTS` it is drawn in one column, as
        for phones, over as many pages as that takes.
        """
        drawing, scale = draw_for_paper(self.part.chart, self.captions, width, height)
        if smallest_text_pt(drawing, scale) >= LEAST_POINTS:
            return [to_print(drawing, scale, self.addresses, self.title)]
        column = draw_for_phone(self.part.chart, self.with_actors)
        scale = min(width / column.width, MOST_POINTS / smallest_text_pt(column, 1))
        parts = bands(column, height / scale)
        scale = min(scale, height / max(bottom - top for top, bottom in parts))
        return [to_print(column, scale, self.addresses, self.title, part) for part in parts]

    def on_wall(self, width: float, height: float) -> tuple[str, float]:
        """The same without links, and its scale: a poster leads nowhere."""
        drawing, scale = draw_for_paper(self.part.chart, self.captions, width, height)
        unlinked = {name: Address("", to.name) for name, to in self.addresses.items()}
        return to_print(drawing, scale, unlinked, self.title), scale

    def readable(self, width: float, height: float, points: float) -> bool:
        """Whether its smallest words have at least ``points`` on ``width`` × ``height`` millimetres."""
        return readable_on_paper(self.part.chart, self.captions, width, height, points)

    def smallest_text(self, width: float, height: float) -> float:
        """The size in points of the smallest words on ``width`` × ``height`` millimetres."""
        return smallest_text_pt(*draw_for_paper(self.part.chart, self.captions, width, height))


def figures(document: Document, view: View, here: str) -> Iterator[Figure]:
    """The figures of a document's pathway for page ``here``, one per phase."""
    assert document.pathway is not None
    nodes = {node.id: node for node in view.pathways[document.id]}
    for part in phase_charts(document.pathway, tuple(nodes.values())):
        captions, addresses = _spots(document, view, here, part, nodes)
        lanes = {
            name: Address(_role_href(view, here, name), capital(_role_name(view, name))) for name in part.chart.lanes
        }
        yield Figure(
            name=part.phase.id if part.phase else "all",
            title=view.plain(part.phase.title) if part.phase else view.title(document.id),
            part=part,
            captions=Captions(
                spots=captions,
                lanes={name: address.name for name, address in lanes.items()},
                answers={name: view.answer_word(name) for flow in part.chart.flows for name in flow.answers},
                rtl=view.words.direction == "rtl",
            ),
            addresses=addresses,
            lanes=lanes,
        )


def on_screen(document: Document, view: View, here: str) -> Markup:
    """All figures as SVG: the wide drawing and the one for phones; style sheets show one of them. Nothing for print."""
    if view.for_print:
        return Markup("")
    parts = [_screen(document, view, figure) for figure in figures(document, view, here)]
    return Markup('<div class="pk-screen pk-figures">{}</div>').format(Markup("\n").join(parts))


def on_paper(document: Document, view: View, here: str, width: float, height: float) -> Markup:
    """All figures for print, each under its title; see :meth:`Figure.on_paper`.

    What goes on over pages has it once: said on each, it would be read out as often.
    """
    figure_html = '<figure class="pk-chart">{}{}</figure>'
    parts = []
    for figure in figures(document, view, here):
        caption = Markup("<figcaption>{}</figcaption>").format(figure.title)
        for number, part in enumerate(figure.on_paper(width, height)):
            parts.append(Markup(figure_html).format("" if number else caption, Markup(part)))  # noqa: S704 - escaped by the writer
    return Markup("\n").join(parts)


def _screen(document: Document, view: View, figure: Figure) -> Markup:
    words = view.words
    described = words["pathway_described"].format(lanes=", ".join(lane.name for lane in figure.lanes.values()))
    svgs = []
    for size, drawing in (("wide", figure.wide), ("phone", draw_for_phone(figure.part.chart, figure.with_actors))):
        svgs.append(
            to_svg(
                drawing,
                prefix=f"pw-{document.id.lower()}-{figure.name}-{size[0]}",
                title=f"{view.title(document.id)}: {figure.title}",
                description=described,
                addresses=figure.addresses,
                lanes=figure.lanes,
            )
        )
    template = (
        '<figure class="pk-figure"><figcaption>{title}</figcaption>'
        '<div class="pw-wide" role="region" tabindex="0" aria-label="{label}">{wide}</div>'
        '<div class="pw-phone">{phone}</div></figure>'
    )
    return Markup(template).format(  # noqa: S704 - a constant
        title=figure.title,
        label=f"{figure.title}. {words['pathway_wide']}",
        wide=Markup(svgs[0]),  # noqa: S704 - escaped by the writer
        phone=Markup(svgs[1]),  # noqa: S704
    )


def _spots(
    document: Document, view: View, here: str, part: PhaseChart, nodes: Mapping[str, Resolved]
) -> tuple[dict[str, Caption], dict[str, Address]]:
    """Words and addresses of every spot: nodes lead to their step, links to the node that they stand for."""
    words = view.words
    captions: dict[str, Caption] = {}
    addresses: dict[str, Address] = {}
    for spot in part.chart.spots:
        link = part.links.get(spot.id)
        if link is None:
            node = nodes[spot.id]
            label = view.plain(node.words)
            badges = (view.limit_words(node.limit),) if node.limit else ()
            captions[spot.id] = Caption(label, badges, node.number)
            who = capital(_role_name(view, node.actor))
            spoken = f"{node.number}. {capital(words[f'pathway_{spot.type}'])}: {label} ({', '.join((who, *badges))})"
            addresses[spot.id] = Address(_node_href(document, view, here, node), spoken)
        else:
            first = nodes[link.nodes[0]]
            if link.leaves:
                label = words["pathway_goes_on"].format(number=first.number, label=view.plain(first.words))
            else:
                numbers = ", ".join(nodes[name].number or nodes[name].id for name in link.nodes)
                label = words["pathway_comes_from"].format(numbers=numbers)
            captions[spot.id] = Caption(label)
            addresses[spot.id] = Address(_item_href(document, view, here, first.id), label)
    return captions, addresses


def _node_href(document: Document, view: View, here: str, node: Resolved) -> str:
    if node.named and node.named.document.id in view.documents:
        return view.href(here, f"{view.path_of(node.named.document.id)}#{node.named.step.id}")
    if node.node.pathway and node.node.pathway in view.pathways:
        return view.href(here, view.pathway_path(node.node.pathway))
    return _item_href(document, view, here, node.id)


def _item_href(document: Document, view: View, here: str, node: str) -> str:
    """The item of the outline, on the pathway's own page."""
    return view.href(here, f"{view.pathway_path(document.id)}#n-{node}")


def _role_name(view: View, name: str) -> str:
    return view.plain(view.roles[name].name) if name in view.roles else str(escape(name))


def _role_href(view: View, here: str, name: str) -> str:
    there = view.target("role", name)
    return view.href(here, there) if there else ""
