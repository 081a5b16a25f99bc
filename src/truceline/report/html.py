"""The page: one file, no script, no network, readable on paper, on a phone and aloud."""

from __future__ import annotations

from collections import Counter
from datetime import date
from functools import cache
from typing import TYPE_CHECKING

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from truceline.model.finding import LADDER, Occurrence
from truceline.report.chart import chart, colour, swatch
from truceline.report.drawings import charts
from truceline.report.map_svg import draw_map
from truceline.report.qr import qr_code
from truceline.report.runs import runs
from truceline.report.svg import symbol, tag
from truceline.report.words import day_words, join, plural, short, words_of
from truceline.text.signs import clean

if TYPE_CHECKING:
    from jinja2 import Template

    from truceline.report.paper.blocks import Block, Paper
    from truceline.report.view import ObligationView, Reporter, View
    from truceline.report.view_claims import ClaimView, IncidentView

# On so many cards a sentence becomes a note.
_OFTEN = 4
_SPEAKERS = 4
MARKS = {
    "unassessed": "\u2013",
    "unsubstantiated": "\u25cb",
    "plausible": "\u25d4",
    "corroborated": "\u25d1",
    "confirmed": "\u25cf",
    "refuted": "\u2715",
    "cannot_be_determined": "?",
    "not_assessable": "?",
    "not_observed": "\u2298",
    "partly_observed_none_recorded": "\u25d0",
    "observed_none_recorded": "\u25cb",
    "violations_recorded": "\u25a0",
    "recorded_not_assessable": "\u25a7",
    "withheld_by_mandate": "\u2014",
    "undetermined": "?",
    "contested": "\u21c4",
    "no_due_date": "\u25cb",
}


def html(view: View) -> str:
    """Write the page; everything that comes from evidence is escaped. An issued one ends with the head that it rests on."""
    return _template().render(
        view=view,
        notes=_notes(view),
        held={item.id for item in view.items},
        chart=chart(view.daily),
        charts=charts(view.charts),
        map=draw_map(view.map, view.daily.reporters),
        code=Markup(qr_code(view.issue.head)) if view.issue else "",  # noqa: S704  its own drawing
    )


@cache
def _template(name: str = "report.html.j2") -> Template:
    environment = Environment(
        loader=PackageLoader("truceline.report"),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=StrictUndefined,
        finalize=_finalize,
        keep_trailing_newline=True,
    )
    environment.filters.update(
        plural=plural, short=short, by_day=_by_day, speakers=_speakers, runs=runs, states=_states, numbers=_numbers, range=_range, swatch=_swatch,
        shape=_shape, found=_found, web=_web, mark=_mark, pressing=_pressing, kind=_kind,
    )  # fmt: skip
    return environment.get_template(name)


def paper_html(paper: Paper) -> str:
    """Write a paper as a page of its own, as free of script and network as the report's."""
    return _template("paper.html.j2").render(paper=paper)


def _kind(block: Block) -> str:
    return type(block).__name__


def _notes(view: View) -> dict[str, int]:
    """Give a number to each sentence that stands on so many cards that it is said once."""
    told = Counter(
        sentence
        for incident in view.incidents
        for sentence in {
            incident.finding.attribution_sentence,
            *(step.sentence for step in incident.finding.steps),
            *("; ".join(c.reasons) for c in incident.classifications),
        }
    )
    often = sorted((s for s, n in told.items() if n >= _OFTEN and s), key=lambda s: (-told[s], s))
    return {sentence: n for n, sentence in enumerate(often, 1)}


def _by_day(incidents: tuple[IncidentView, ...]) -> list[tuple[str, list[IncidentView]]]:
    """Part the incidents by the day on which they are counted, in their order; those of no single day last."""
    found: dict[str, list[IncidentView]] = {}
    for incident in incidents:
        found.setdefault(incident.day or "", []).append(incident)
    last = found.pop("", [])
    days = [(day_words(date.fromisoformat(day)), held) for day, held in sorted(found.items())]
    return [*days, ("On no single day", last)] if last else days


def _speakers(claims: list[ClaimView]) -> str:
    """Name who speaks, the most heard first, each once."""
    told = Counter(claim.who for claim in claims)
    return join(tuple(sorted(told, key=lambda who: (-told[who], who))), _SPEAKERS)


def _states(incidents: list[IncidentView]) -> str:
    """Sum up how incidents are found, from the most to the least that is said."""
    told = Counter(i.finding.occurrence for i in incidents)
    order = [*(o.value for o in reversed(LADDER)), *(o.value for o in Occurrence)]
    return ", ".join(f"{told[o]} {words_of(o)}" for o in dict.fromkeys(order) if told[o])


def _finalize(value: object) -> object:
    """Clean every text that reaches the page; drawings are made of cleaned parts already."""
    if isinstance(value, str) and not hasattr(value, "__html__"):
        return clean(value)
    return value


def _mark(state: str) -> str:
    return MARKS.get(state, "\u25c7")


def _numbers(numbers: tuple[int, ...]) -> str:
    return ", ".join(f"no. {n}" for n in numbers) or "none"


def _range(low: int | None, high: int | None) -> str:
    if low is None or high is None:
        return "no figure"
    return str(low) if low == high else f"{low}\N{EN DASH}{high}"


def _swatch(reporter: Reporter, reporters: tuple[Reporter, ...]) -> str:
    return swatch(colour(reporter.key, reporters))


def _found(state: str) -> str:
    box = tag("rect", x=1.0, y=1.0, width=14.0, height=14.0, class_=f"found {state}")
    return tag("svg", box, viewBox="0 0 16 16", class_="swatch", aria_hidden="true")


def _pressing(
    duties: tuple[ObligationView, ...],
) -> list[tuple[bool, list[ObligationView]]]:
    """Part the obligations that have a date, or of which something is told, from all others."""
    told = [d for d in duties if d.state != "no_due_date" or d.statements or d.positions]
    return [(True, told), (False, [d for d in duties if d not in told])]


def _shape(reporter: Reporter, reporters: tuple[Reporter, ...]) -> str:
    drawn = symbol(reporter.shape, 8.0, 8.0, 5.5, f"{colour(reporter.key, reporters)} mark")
    return tag("svg", drawn, viewBox="0 0 16 16", class_="swatch", aria_hidden="true")


def _web(address: str | None) -> bool:
    """Answer whether an address may become a link: only the web's own schemes."""
    return address is not None and address.startswith(("https://", "http://"))
