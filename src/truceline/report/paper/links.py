"""Words that lead to an incident of the annex."""

from __future__ import annotations

from typing import TYPE_CHECKING

from truceline.report.paper.blocks import Run, Style, words

if TYPE_CHECKING:
    from truceline.report.paper.blocks import Line

_MOST = 12


def anchor(number: int) -> str:
    """Name the place of an incident in the annex."""
    return f"incident-{number}"


def number(n: int, style: Style = Style.PLAIN) -> Run:
    """Write an incident's number, leading to it."""
    return Run(text=str(n), style=style, to=anchor(n))


def numbers(found: tuple[int, ...]) -> Line:
    """Write the numbers of incidents in brackets, at most twelve, and how many more there are."""
    if not found:
        return ()
    line: list[Run] = [Run(text=" (", style=Style.MUTED)]
    for n in found[:_MOST]:
        line += [number(n, Style.MUTED), Run(text=", ", style=Style.MUTED)]
    more = f" +{len(found) - _MOST}" if len(found) > _MOST else ""
    return (*line[:-1], *words(f"{more})", Style.MUTED))
