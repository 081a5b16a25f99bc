"""What a duty officer reads in a terminal: at most 45 lines of 100 columns."""

from __future__ import annotations

from textwrap import wrap
from typing import TYPE_CHECKING

from truceline.report.assemble import view_of
from truceline.report.view import NO_DUE_DATE
from truceline.report.words import plural, short
from truceline.text.signs import clean

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from truceline.model.report import Assessment
    from truceline.report.view import AgreementView, View

WIDTH, LINES = 100, 45
_INDENT = 15
_MOST = {"refused": 3, "agreement": 5, "between": 4, "provision": 9, "obligation": 5, "problem": 4}


def summary(assessment: Assessment) -> str:
    """Give the plain-text summary of an assessment."""
    view = view_of(assessment)
    text = [clean(line) for line in _lines(view)]
    if len(text) > LINES:
        text = [*text[: LINES - 1], "... the rest stands in report.html"]
    return "\n".join(text)


def _lines(view: View) -> Iterator[str]:
    header = view.header
    yield header.title[:WIDTH]
    yield from _some("Refused", view.refused, _MOST["refused"])
    yield from _entry("As of", f"{header.as_of_local} ({header.as_of}), clock: {header.clock}")
    yield from _entry("", header.clock_sentence)
    yield from _entry("Edition", header.edition_sentence)
    yield from _entry("Coverage", view.coverage.sentence)
    for agreement in view.agreements[:2]:
        yield from _agreement(agreement)
    yield from _figures(view)
    yield from _some("Provisions", _provisions(view), _MOST["provision"])
    yield from _some("Obligations", _obligations(view), _MOST["obligation"])
    yield from _some("Problems", _problems(view), _MOST["problem"])
    yield from _entry("Method", f"{header.method}; items {short(header.items_digest)}")


def _entry(name: str, words: str, most: int = 3) -> Iterator[str]:
    """Wrap one entry under its name, cut after `most` lines."""
    head = f"{name:<{_INDENT - 1}} "
    found = wrap(" ".join(words.split()), WIDTH - _INDENT, break_long_words=True) or [""]
    if len(found) > most:
        found = [*found[: most - 1], found[most - 1][: WIDTH - _INDENT - 4] + " ..."]
    for n, line in enumerate(found):
        yield f"{head if n == 0 else ' ' * _INDENT}{line}".rstrip()


def _some(name: str, entries: Sequence[str], most: int) -> Iterator[str]:
    """List entries one a line, saying how many are left out."""
    for n, words in enumerate(entries[:most]):
        yield from _entry(name if n == 0 else "", words, 2)
    if len(entries) > most:
        yield from _entry("", f"... and {len(entries) - most} more in report.html")


def _agreement(agreement: AgreementView) -> Iterator[str]:
    yield from _entry("Agreement", f"{agreement.title}: {agreement.in_force}", 2)
    # One instant written in two zones is one reading.
    rival = len({reading.utc for reading in agreement.readings}) > 1
    for reading in agreement.readings[: _MOST["agreement"]]:
        kind = "rival reading" if rival else "reading"
        held = f", held by {reading.held_by}" if rival else ""
        yield from _entry("", f"{kind} {reading.id}: {reading.local} ({reading.utc}){held}", 2)
    yield from _some("Between", [b.sentence for b in agreement.between], _MOST["between"])


def _figures(view: View) -> Iterator[str]:
    counts = view.counts
    if not view.counted:
        yield from _entry("Incidents", "not counted: no evidence could be read")
        return
    told = ", ".join(f"{c.count} {c.label}" for c in counts.occurrence if c.count)
    head = f"{counts.incidents} from {plural(counts.claims, 'claim')}"
    yield from _entry("Incidents", f"{head}: {told or 'none reported'}")
    yield from _entry(
        "Contested",
        f"{plural(counts.contested, 'incident')}; {plural(counts.engagements, 'engagement')} "
        f"counted once ({plural(counts.units, 'unit')} by the rule {view.header.counting_rule})",
    )
    yield from _some_to_say(view)
    told = ", ".join(f"{c.count} {c.label}" for c in counts.attribution) or "nothing to attribute"
    yield from _entry("Attribution", told)
    if counts.unresolved:
        told = ", ".join(f"{c.label} in {plural(c.count, 'claim')}" for c in counts.unresolved)
        yield from _entry("Unresolved", told)


def _some_to_say(view: View) -> Iterator[str]:
    """Say what only people may put together: what may be one engagement, and what fits several."""
    mirrors = sum(len(i.may_mirror) for i in view.incidents) // 2
    torn = sum(bool(i.fits_several) for i in view.incidents)
    told = [
        f"{plural(mirrors, 'pair')} that may be one engagement told by both sides" if mirrors else "",
        f"{plural(torn, 'incident')} that {'fits' if torn == 1 else 'fit'} several" if torn else "",
    ]  # fmt: skip
    if any(told):
        yield from _entry("For people", "; ".join(filter(None, told)) + " (truceline decide)")


def _provisions(view: View) -> list[str]:
    return [
        f"{c.provision}{f' in {c.zone}' if c.zone else ''}: {c.standing_label} (coverage {c.coverage})"
        for c in view.compliance
    ]


def _obligations(view: View) -> list[str]:
    """List what has a date first: it is what a duty officer looks for."""
    dated = sorted(view.obligations, key=lambda o: o.due == NO_DUE_DATE)
    return [
        f"{o.provision}: {o.state_label}{', tracked only' if o.tracked_only else ''}"
        f"{'' if o.due == NO_DUE_DATE else f', due {o.due}'}, "
        f"{plural(o.statements, 'statement')}"
        for o in dated
    ]


def _problems(view: View) -> list[str]:
    if not (view.problems or view.excluded or view.later):
        return ["none"]
    head = (
        f"{plural(len(view.problems), 'problem')}; {plural(len(view.excluded), 'item')} without a "
        f"publication date; {plural(view.later, 'item')} published after the as-of"
    )
    return [head, *(f"{p.severity}: {p.file}{_row(p.row)}: {p.message}" for p in view.problems)]


def _row(row: int | None) -> str:
    return f", row {row}" if row is not None else ""
