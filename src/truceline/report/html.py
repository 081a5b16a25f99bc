"""The page: one file, no script, no network, readable on paper, on a phone and aloud."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from truceline.report.chart import chart, colour, swatch
from truceline.report.map_svg import draw_map
from truceline.report.qr import qr_code
from truceline.report.svg import symbol, tag
from truceline.report.words import plural, short
from truceline.text.signs import clean

if TYPE_CHECKING:
    from jinja2 import Template

    from truceline.model.report import Issued
    from truceline.report.view import Reporter, View

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


def html(view: View, issued: Issued | None = None) -> str:
    """Write the page; everything that comes from evidence is escaped. An issued one ends with the head that it rests on."""
    return _template().render(
        view=view,
        chart=chart(view.daily),
        map=draw_map(view.map, view.daily.reporters),
        issued=issued,
        code=Markup(qr_code(issued.head)) if issued else "",  # noqa: S704  its own drawing
    )


@cache
def _template() -> Template:
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
        plural=plural, short=short, numbers=_numbers, range=_range, swatch=_swatch,
        shape=_shape, web=_web, mark=_mark,
    )  # fmt: skip
    return environment.get_template("report.html.j2")


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


def _shape(reporter: Reporter, reporters: tuple[Reporter, ...]) -> str:
    drawn = symbol(reporter.shape, 8.0, 8.0, 5.5, f"{colour(reporter.key, reporters)} mark")
    return tag("svg", drawn, viewBox="0 0 16 16", class_="swatch", aria_hidden="true")


def _web(address: str | None) -> bool:
    """Answer whether an address may become a link: only the web's own schemes."""
    return address is not None and address.startswith(("https://", "http://"))
