"""The paper's figures: how incidents are found, days with their coverage, charts, the map, and persons harmed."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from truceline.report.chart import chart
from truceline.report.drawings import charts
from truceline.report.map_svg import draw_map
from truceline.report.paper.blocks import (
    Block,
    Bullets,
    Grid,
    Heading,
    Picture,
    Run,
    Style,
    Text,
    joined,
    words,
)
from truceline.report.paper.links import number
from truceline.report.runs import runs

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from truceline.report.paper.blocks import Line
    from truceline.report.paper.speech import Speech
    from truceline.report.view import Day, View
    from truceline.report.view_map import MapView, Missing

_SIDE = re.compile(r"reported by the (.+) side only")


def figures(view: View, speech: Speech) -> Iterator[Block]:
    """Give the sections with figures, none of which stands where nothing could be read."""
    yield from _summary(view, speech)
    if not view.counted:
        return
    yield from _daily(view, speech)
    drawn = charts(view.charts)
    if drawn:
        yield Heading(level=1, text=speech.say("Charts"))
        yield Text(line=words(speech.say("What was not observed is hatched; no bar means that nothing was told, not that nothing happened."), Style.MUTED))  # fmt: skip
    for told, svg in drawn:
        yield Picture(svg=svg, words=told, title=speech.days(told))
    yield from _map(view, speech)


def _summary(view: View, speech: Speech) -> Iterator[Block]:
    yield Heading(level=1, text=speech.say("Summary"))
    if speech.lang == "en" or not view.counted:
        yield Bullets(items=tuple(words(line) for line in view.summary))
        return
    counts = view.counts
    reported = speech.count(
        "{n} incident is reported.", "{n} incidents are reported.", counts.incidents
    )
    units = speech.count("Counting each engagement once: {n} unit.", "Counting each engagement once: {n} units.", counts.units)  # fmt: skip
    found = "; ".join(f"{speech.label(c.label)}: {c.count}" for c in counts.occurrence if c.count)
    who = "; ".join(f"{speech.label(c.label)}: {c.count}" for c in counts.attribution if c.count)
    lines = [
        f"{reported} {units}", speech.say("Did it happen: {found}.", found=found or "0"),
        speech.say("Who did it: {found}.", found=who or "0"),
        speech.count("{n} incident is contested.", "{n} incidents are contested.", counts.contested),
    ]  # fmt: skip
    yield Bullets(items=tuple(words(line) for line in lines))


def _daily(view: View, speech: Speech) -> Iterator[Block]:
    daily, h = view.daily, view.header
    heading = "Reported per day, by who reports" if daily.unit == "day" else "Reported per week, by who reports"  # fmt: skip
    yield Heading(level=1, text=speech.label(heading))
    rule = f"{h.counting_rule}: {h.counting_sentence}"
    yield Text(line=words(speech.say("Counting rule: {rule}. Bars count what was reported, not what happened.", rule=rule)))  # fmt: skip
    drawn = chart(daily)
    if not drawn:
        yield Text(line=words(speech.say("No day is reported yet.")))
        return
    legend = _legend(view, speech)
    yield Picture(svg=drawn, words=speech.say("Reported per day, by who reports"))
    yield Text(line=words(legend, Style.MUTED))
    head = (speech.say("Day"), speech.say("Reported"), *(r.letter for r in daily.reporters), speech.say("Contested"), speech.say("Coverage"))  # fmt: skip
    yield Grid(
        caption=speech.say("The same figures as a table"), head=head,
        widths=(4, 2, *(1 for _ in daily.reporters), 2, 3),
        rows=tuple(_day(day, speech) for day in runs(daily.days)),
    )  # fmt: skip
    yield from _missing(speech.say("Counted on no single day"), daily.on_no_day, speech)


def others(view: View, speech: Speech) -> Iterator[Block]:
    """Give what others count, each by its own rule, and why two counts are no more than set side by side."""
    if view.counted and view.daily.by_others:
        yield Heading(level=1, text=speech.say("Annex: what others count"))
        yield Bullets(items=tuple(words(speech.days(line)) for line in view.daily.by_others))
        yield Text(line=words(speech.say("Side by side; counts by different rules are never added"), Style.STRONG))  # fmt: skip
        yield Bullets(items=tuple(words(speech.days(line)) for line in view.daily.reconciled))


def _legend(view: View, speech: Speech) -> str:
    return "; ".join(f"{r.letter}: {_reporter(r.label, speech)}" for r in view.daily.reporters)


def _reporter(label: str, speech: Speech) -> str:
    found = _SIDE.fullmatch(label)
    return (
        speech.say("reported by the {side} side only", side=found[1])
        if found
        else speech.label(label)
    )


def _day(day: Day, speech: Speech) -> tuple[Line, ...]:
    none = "\N{EN DASH}"
    reported = str(day.reported) if day.reported else speech.say("none reported")
    seen = speech.say("not observed") if day.coverage <= 0 else day.coverage_label
    cells = (speech.days(day.label), reported, *(str(n or none) for n in day.by), str(day.contested or none), seen)  # fmt: skip
    return tuple(words(cell) for cell in cells)


def _missing(heading: str, found: Iterable[Missing], speech: Speech) -> Iterator[Block]:
    items = tuple((number(m.number), Run(text=f": {speech.days(m.label)}: {m.why}")) for m in found)
    if items:
        yield Text(line=words(f"{heading}: {len(items)}", Style.STRONG))
        yield Bullets(items=items)


def _map(view: View, speech: Speech) -> Iterator[Block]:
    shown = view.map
    heading = speech.say("Map")
    yield Heading(level=1, text=heading)
    told = speech.say("{shown} shown, {missing} without a usable location. Circles show how uncertain a place is.", shown=shown.shown, missing=len(shown.missing))  # fmt: skip
    drawn = draw_map(shown, view.daily.reporters)
    if drawn:
        yield Picture(svg=drawn, words=f"{heading}. {shown.disclaimer}", title=told, width=0.85)
        letters = _legend(view, speech)
        yield Text(line=words(letters, Style.MUTED))
    else:
        yield Text(line=words(told))
    disclaimer = speech.say("Boundaries and names do not imply endorsement.")
    credit = f"{disclaimer} {shown.attribution} {view.header.name_policy}"
    yield Text(line=words(credit, Style.MUTED))
    yield from _places(shown, speech)
    yield from _missing(speech.say("Without a usable location"), shown.missing, speech)


def _places(shown: MapView, speech: Speech) -> Iterator[Block]:
    lines = [speech.say("broken line: {what}", what=z.label) for z in shown.zones]
    lines += [
        speech.say("shaded, {letter}: {what}", letter=c.letter, what=c.label) for c in shown.control
    ]
    lines += [speech.say("dotted line: {what}", what=line) for line in shown.lines]
    if lines:
        yield Bullets(items=tuple(words(speech.days(line)) for line in lines))
    if shown.sites:
        yield Grid(
            caption=speech.say("Places on this map"),
            head=(speech.say("Place"), speech.say("Within"), speech.say("Incidents")), widths=(4, 1, 4),
            rows=tuple(
                (words(s.name), words(f"{s.radius_km:g} km"), _numbers(tuple(n for m in s.marks for n in m.numbers)))
                for s in shown.sites
            ),
        )  # fmt: skip


def _numbers(found: tuple[int, ...]) -> Line:
    return joined(*((number(n), Run(text=", ")) for n in sorted(found)))[:-1]


def casualties(view: View, speech: Speech) -> Iterator[Block]:
    """Give persons harmed, as ranges by incident and as each source states them."""
    yield Heading(level=1, text=speech.say("Casualties"))
    yield Text(line=words(speech.say("Figures of different sources and of linked incidents are never added up; they may be of the same persons.")))  # fmt: skip
    if view.estimates:
        head = ("Event", "Persons", "Low", "Best", "High", "As of", "Stated")
        yield Grid(
            caption=speech.say("Estimates by incident"), head=tuple(map(speech.label, head)), widths=(4, 2, 1, 1, 1, 2, 7),
            rows=tuple(
                (
                    joined((number(e.number),), words(f": {speech.days(e.event)}")), words(speech.label(e.what)),
                    words(_figure(e.low, "no figure", speech)), words(_figure(e.best, "none", speech)),
                    words(_figure(e.high, "open", speech)), words(speech.days(e.as_of)), words(speech.days("; ".join(e.versions))),
                )
                for e in view.estimates
            ),
        )  # fmt: skip
    if not view.casualties:
        yield Text(line=words(speech.say("No claim states a figure.")))
        return
    states = ("Event", "Who states it", "Killed", "Injured", "Claims")
    yield Grid(
        caption=speech.say("As stated, by source"), head=tuple(map(speech.label, states)), widths=(5, 4, 2, 2, 1),
        rows=tuple(
            (
                joined((number(c.number), Run(text=": ")) if c.number else (), words(speech.days(c.event))), words(c.who),
                words(_range(c.killed_low, c.killed_high, speech)), words(_range(c.injured_low, c.injured_high, speech)),
                words(str(c.statements)),
            )
            for c in view.casualties
        ),
    )  # fmt: skip


def _figure(found: int | None, none: str, speech: Speech) -> str:
    return speech.label(none) if found is None else str(found)


def _range(low: int | None, high: int | None, speech: Speech) -> str:
    if low is None or high is None:
        return speech.say("no figure")
    return str(low) if low == high else f"{low}\N{EN DASH}{high}"
