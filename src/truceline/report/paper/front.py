"""The paper's first pages: which report it is, what happened, what the mission says, and what nobody could see."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from truceline.report.paper.blocks import Block, Bullets, Heading, Style, Text, joined, words
from truceline.report.paper.incident import incident_line
from truceline.report.paper.links import numbers

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from truceline.report.paper.blocks import Line
    from truceline.report.paper.speech import Speech
    from truceline.report.view import View
    from truceline.report.view_front import Told
    from truceline.report.view_issue import IssueView

_DAILY = "Daily report: "
_PUBLISHED = re.compile(r"(\d+) claims? published")


def title(view: View, speech: Speech) -> str:
    """Say which report it is: `No. 3: Daily report: ...`."""
    head = speech.say("Daily report: {mission}", mission=view.header.title.removeprefix(_DAILY))
    issue = view.issue
    if issue is None:
        return head
    if issue.approved:
        return f"{issue.number}: {head}"
    return speech.say("{number} (draft): {title}", number=issue.number, title=head)


def front(view: View, speech: Speech) -> Iterator[Block]:
    """Give everything that stands before the figures."""
    yield from _head(view, speech)
    yield Heading(level=1, text=speech.say("At a glance"))
    yield from _glance(view, speech)
    if view.issue:
        yield from _own(view.issue, speech)
    yield from _coverage(view, speech)


def _head(view: View, speech: Speech) -> Iterator[Block]:
    h, issue = view.header, view.issue
    if issue and not issue.approved:
        told = speech.say("A draft, not issued: nobody but its author has approved it, and it must not leave the mission.")  # fmt: skip
        yield Text(line=words(told, Style.STRONG), notice=True)
    if issue and issue.embargo:
        yield Text(line=words(speech.days(issue.embargo), Style.STRONG), notice=True)
    if issue and issue.corrects:
        told = speech.say("This corrects {number} (page {page}):", number=issue.corrects, page=issue.corrected_page)  # fmt: skip
        yield Text(line=joined(words(told, Style.STRONG), words(" " + issue.because)), notice=True)
        yield from _told(issue.corrected, speech)
    as_of = speech.say("As of {local} ({utc}); time zone: {zone}.", local=speech.days(h.as_of_local), utc=h.as_of, zone=h.zone)  # fmt: skip
    yield Text(line=words(as_of, Style.STRONG))
    yield Text(line=words(_edition(view, speech)), notice=True)
    yield Text(line=words(f"{_clock(view, speech)} {h.mandate}", Style.MUTED))
    if view.refused:
        yield Heading(level=1, text=speech.say("Evidence was refused"))
        yield Bullets(items=tuple(words(line) for line in view.refused))


def _edition(view: View, speech: Speech) -> str:
    if speech.lang == "en":
        return view.header.edition_sentence
    if view.header.edition == "released":
        return speech.say("May leave the mission.")
    return speech.say("Draft, for the mission's own people.")


def _clock(view: View, speech: Speech) -> str:
    if speech.lang == "en":
        return view.header.clock_sentence
    return speech.say(
        "Counted is what was published up to the as-of time, not what the mission had received by then."
    )


def _glance(view: View, speech: Speech) -> Iterator[Block]:
    parts: list[tuple[str, tuple[Line, ...]]] = []
    front = view.front
    if view.counted:
        parts.append((speech.say("What happened, as far as it is found"), _happened(view, speech)))
    parts.append((speech.say("What is in force, and how it stands"), _lines(front.stands, speech)))
    if view.counted:
        since = speech.say("New since {instant}", instant=speech.days(front.since))
        parts.append((since, _lines(front.new, speech)))
    if view.header.edition != "released":
        parts.append((speech.say("What waits for a person"), _lines(front.waiting, speech)))
    parts.append((speech.say("What is overdue or disputed"), _lines(front.due, speech)))
    parts.append((speech.say("What nobody could see"), _unseen(view, speech)))
    for heading, told in parts:
        yield Heading(level=2, text=heading)
        yield Bullets(items=told) if told else Text(line=words(speech.say("Nothing.")))


def _happened(view: View, speech: Speech) -> tuple[Line, ...]:
    if speech.lang == "en":
        return _lines(view.front.happened, speech)
    known = {incident.number: incident for incident in view.incidents}
    return tuple(incident_line(known[told.numbers[0]], speech) for told in view.front.happened)


def _unseen(view: View, speech: Speech) -> tuple[Line, ...]:
    if speech.lang == "en":
        return _lines(view.front.unseen, speech)
    barred = view.coverage.restricted
    lines = [coverage_sentence(view, speech)]
    if barred:
        lines.append(
            speech.count("{n} restriction of the mission on record", "{n} restrictions of the mission on record", barred)
        )  # fmt: skip
    return tuple(words(line) for line in lines)


def _lines(told: Iterable[Told], speech: Speech) -> tuple[Line, ...]:
    return tuple(_line(each, speech) for each in told)


def _told(told: Iterable[Told], speech: Speech) -> Iterator[Block]:
    items = _lines(told, speech)
    if items:
        yield Bullets(items=items)


def _line(told: Told, speech: Speech) -> Line:
    label = words(f"{speech.labels(told.label)} \N{EN DASH} ", Style.STRONG) if told.label else ()
    why = words(f": {_why(told.why, speech)}", Style.MUTED) if told.why else ()
    return joined(
        label, words(speech.days(_sentence(told.sentence, speech))), why, numbers(told.numbers)
    )


def _why(text: str, speech: Speech) -> str:
    entry, _, when = text.partition("entry: ")
    return text if entry or not when else speech.say("entry: {when}", when=speech.days(when))


def _sentence(text: str, speech: Speech) -> str:
    """Say a line of the first screen: a word of a closed list, a count of what was published, or as it is."""
    found = _PUBLISHED.fullmatch(text)
    if found:
        return speech.count("{n} claim published", "{n} claims published", int(found[1]))
    return speech.label(text)


def _own(issue: IssueView, speech: Speech) -> Iterator[Block]:
    if issue.assessment or issue.held_back:
        yield Heading(level=1, text=speech.say("What the mission says"))
    for paragraph in issue.assessment:
        yield Text(line=words(paragraph))
    if issue.held_back:
        yield Heading(level=2, text=speech.say("Held back, and why"))
        yield Bullets(
            items=tuple(words(f"{held.what}: {held.because}") for held in issue.held_back)
        )


def _coverage(view: View, speech: Speech) -> Iterator[Block]:
    seen = view.coverage
    yield Heading(level=1, text=speech.say("Coverage"))
    yield Text(line=words(coverage_sentence(view, speech), Style.STRONG), notice=True)
    if seen.watched:
        yield Bullets(items=tuple(words(speech.days(line)) for line in seen.watched))
    if seen.missing and (seen.watched or seen.restrictions):
        told = speech.say("Not seen, by who or what caused it: {causes}.", causes=seen.missing)
        yield Text(line=words(told))
    if seen.restrictions:
        yield Heading(level=2, text=speech.say("Who kept the mission from looking"))
        yield Bullets(items=tuple(words(speech.days(r.sentence)) for r in seen.restrictions))


def coverage_sentence(view: View, speech: Speech) -> str:
    """Say how much of the period anybody could observe."""
    seen = view.coverage
    if not seen.days:
        return speech.say(
            "The reported period has not begun at this as-of time: no day is covered."
        )
    if seen.days == seen.days_not_observed:
        return speech.count(
            "Not observed: on the one day nobody independent could look. Figures are what was claimed, not what happened; silence says nothing.",
            "Not observed: on none of the {n} days could anybody independent look. Figures are what was claimed, not what happened; silence says nothing.",
            seen.days,
        )  # fmt: skip
    return speech.count(
        "Of {n} day, {full} observed, {part} partly observed and {dark} not observed. Silence says nothing about a time that was not observed.",
        "Of {n} days, {full} observed, {part} partly observed and {dark} not observed. Silence says nothing about a time that was not observed.",
        seen.days, full=seen.days_observed, part=seen.days_partly_observed, dark=seen.days_not_observed,
    )  # fmt: skip
