"""Incidents a day as bars, over a band that shows which days anybody could observe."""

from __future__ import annotations

from typing import TYPE_CHECKING

from truceline.report.scene import OTHERS, SEVERAL
from truceline.report.svg import fill, frame, num, tag, text, titled
from truceline.report.words import plural

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from truceline.report.view import Daily, Day, Reporter

WIDTH, LEFT, RIGHT = 760.0, 42.0, 10.0
PLOT, BAND = 190.0, 16.0
_ROW = 15.0
_LABEL_WIDTH = 46.0
_LETTER = 6.6


def chart(daily: Daily) -> str:
    """Draw the daily chart; nothing to draw gives an empty text."""
    if not daily.days:
        return ""
    top = _ROW * len(daily.entries) + 14
    base = top + PLOT
    step = (WIDTH - LEFT - RIGHT) / len(daily.days)
    highest, tick = scale(max(day.reported for day in daily.days))
    parts = [
        patterns(),
        *grid(highest, tick, base),
        *(_bar(n, day, daily.reporters, (step, base, highest)) for n, day in enumerate(daily.days)),
        *_entries(daily, step, base),
        *band([(d.label, d.coverage, d.coverage_label) for d in daily.days], step, base + 4),
        *dates([d.label for d in daily.days], step, base + BAND + 10),
    ]
    height = base + BAND + 46
    words = text("Band under the bars: hatched = not observed", LEFT, height - 6, "small")
    return frame(
        WIDTH, height, f"Incidents reported per {daily.unit}", _describe(daily), *parts, words
    )


def colour(key: str, reporters: Sequence[Reporter]) -> str:
    """Name the colour class of a reporter; sides by their place in the alphabet."""
    if key in {SEVERAL, OTHERS}:
        return {SEVERAL: "sboth", OTHERS: "sother"}[key]
    return fill([r.key for r in reporters].index(key))


def scale(most: int) -> tuple[int, int]:
    """Give the top of the axis and the distance of its ticks, both whole numbers."""
    tick = next(
        size * 10**power for power in range(9) for size in (1, 2, 5) if most <= 5 * size * 10**power
    )
    return max(tick, -(-most // tick) * tick), tick


def _describe(daily: Daily) -> str:
    dark = sum(1 for day in daily.days if day.coverage <= 0)
    total = sum(day.reported for day in daily.days)
    return (
        f"{total} counted on {plural(len(daily.days), daily.unit)} by the rule {daily.rule}; "
        f"{plural(dark, daily.unit)} not observed. The table below holds every figure."
    )


def patterns() -> str:
    """Give the patterns that stand for colours, and the hatching of what was not observed."""
    hatch = tag(
        "pattern",
        tag("path", d="M0 7L7 0M-1 1L1 -1M6 8L8 6", class_="hatchline"),
        id="hatch", width=7.0, height=7.0, patternUnits="userSpaceOnUse",
    )  # fmt: skip
    dots = tag(
        "pattern", tag("circle", cx=3.0, cy=3.0, r=1.1, class_="dot"),
        id="dots", width=6.0, height=6.0, patternUnits="userSpaceOnUse",
    )  # fmt: skip
    lines = tag(
        "pattern", tag("path", d="M0 2H6", class_="dotline"),
        id="lines", width=6.0, height=5.0, patternUnits="userSpaceOnUse",
    )  # fmt: skip
    return tag("defs", hatch, dots, lines)


def grid(highest: int, tick: int, base: float) -> Iterator[str]:
    """Draw the lines of whole numbers behind bars that stand on `base`."""
    for value in range(0, highest + 1, tick):
        y = base - PLOT * value / highest
        yield tag("line", x1=LEFT, x2=WIDTH - RIGHT, y1=y, y2=y, class_="grid")
        yield text(str(value), LEFT - 6, y + 4, "small", "end")


def _bar(n: int, day: Day, reporters: Sequence[Reporter], place: tuple[float, float, int]) -> str:
    step, base, highest = place
    x, width = LEFT + n * step + step * 0.15, step * 0.7
    parts, y = [], base
    for reporter, count in zip(reporters, day.by, strict=True):
        if not count:
            continue
        tall = PLOT * count / highest
        y -= tall
        words = titled(f"{day.label}: {count} {reporter.label}")
        box = {"x": x, "y": y, "width": width, "height": tall}
        parts.append(tag("g", words, *_filled(colour(reporter.key, reporters), box)))
    return "".join(parts)


def _filled(name: str, box: dict[str, float]) -> Iterator[str]:
    """Draw a box in a colour, and its pattern over it for those who cannot tell colours."""
    yield tag("rect", class_=name, **box)
    pattern = {"s1": "dots", "s3": "dots", "sboth": "lines"}.get(name)
    if pattern:
        yield tag("rect", fill=f"url(#{pattern})", **box)


def swatch(name: str) -> str:
    """Draw a small box in a reporter's colour and pattern, for the legend."""
    box = {"x": 1.0, "y": 1.0, "width": 14.0, "height": 14.0}
    return tag("svg", *_filled(name, box), viewBox="0 0 16 16", class_="swatch", aria_hidden="true")


def _entries(daily: Daily, step: float, base: float) -> Iterator[str]:
    """Mark each reading of each entry into force, one line of words each."""
    for row, entry in enumerate(daily.entries):
        x, y = LEFT + entry.at * step, 12 + row * _ROW
        yield tag(
            "path", d=f"M{num(x)} {num(y - 8)}V{num(base)}", class_="entry",
            stroke_dasharray="5 3" if row % 2 else None,
        )  # fmt: skip
        late = x > WIDTH * 0.55
        label = _fitting(entry.label, x if late else WIDTH - x)
        words = f"{label} \u25b8" if late else f"\u25c2 {label}"
        yield text(words, x - 5 if late else x + 5, y + 1, "small", "end" if late else "start")


def _fitting(words: str, room: float) -> str:
    """Shorten words to the room beside the mark, from the front: the time stands at the end."""
    most = max(8, int(room / _LETTER) - 4)
    return words if len(words) <= most else f"...{words[-most:]}"


def band(days: Sequence[tuple[str, float, str]], step: float, y: float) -> Iterator[str]:
    """Hatch what was not observed, whatever was reported; the plain part is the share observed.

    A day is its label, the share of it that somebody could see, and that share in words.
    """
    for n, (label, coverage, said) in enumerate(days):
        x = LEFT + n * step
        seen = step * coverage
        box = {"y": y, "height": BAND}
        seen_at_all = "band" if coverage >= 1 else "band under"
        parts = [tag("rect", x=x, width=step, class_=seen_at_all, **box)]
        if coverage < 1:
            parts.append(
                tag("rect", x=x + seen, width=step - seen, fill="url(#hatch)", class_="dark", **box)
            )
        yield tag("g", titled(f"{label}: {said}"), *parts)


def dates(labels: Sequence[str], step: float, y: float) -> Iterator[str]:
    """Write the days under the bars, as many as fit."""
    every = max(1, int(-(-_LABEL_WIDTH // step)))
    for n in range(0, len(labels), every):
        words = " ".join(labels[n].split()[:2])
        yield text(words, LEFT + (n + 0.5) * step, y + 10, "small", "middle")
