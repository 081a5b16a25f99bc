"""The paper's sections on what was agreed: agreements with their readings, prohibitions, and obligations."""

from __future__ import annotations

from typing import TYPE_CHECKING

from truceline.model.coverage import CoverageVerdict
from truceline.report.paper.blocks import Block, Bullets, Grid, Heading, Style, Text, joined, words
from truceline.report.paper.links import numbers
from truceline.report.words import coverage_words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from truceline.report.paper.blocks import Line
    from truceline.report.paper.speech import Speech
    from truceline.report.view import AgreementView, Compliance, ObligationView, View


def agreements(view: View, speech: Speech) -> Iterator[Block]:
    """Give every agreement with its rival readings, and what it leaves open."""
    yield Heading(level=1, text=speech.say("Agreements and their readings"))
    if not view.agreements:
        yield Text(line=words(speech.say("No agreement is on record.")))
    for agreement in view.agreements:
        yield from _agreement(agreement, speech)


def _agreement(told: AgreementView, speech: Speech) -> Iterator[Block]:
    yield Heading(level=2, text=told.title)
    yield Text(line=words(speech.days(speech.labels(told.in_force)), Style.STRONG))
    parts = [
        (speech.say("Parties"), told.parties), (speech.say("Mediators"), told.mediators),
        (speech.say("Guarantors"), told.guarantors), (speech.say("Renews"), told.renews),
        (speech.say("Replaces"), told.replaces),
    ]  # fmt: skip
    yield Text(line=words("; ".join(f"{name}: {', '.join(held)}" for name, held in parts if held)))
    rival = len({reading.utc for reading in told.readings})
    caption = speech.count(
        "Entry into force: {n} reading", "Entry into force: {n} readings, kept side by side and not resolved", rival
    )  # fmt: skip
    head = ("Reading", "Text", "Zone", "Mission time", "UTC", "Held by")
    yield Grid(
        caption=caption, head=tuple(map(speech.label, head)), widths=(2, 4, 2, 3, 3, 2),
        rows=tuple(
            tuple(words(cell) for cell in (r.id, r.text, r.zone, speech.days(r.local), r.utc, r.held_by))
            for r in told.readings
        ),
    )  # fmt: skip
    befell = [f"{e.kind} ({speech.days(e.announced)}): {e.text}" for e in told.events]
    yield from _listed(speech.say("What befell it since"), befell)
    yield from _listed(speech.say("So far"), [speech.days(line) for line in told.outcomes])
    yield from _listed(
        speech.say("Left open by the text"), [f"{x.about}: {x.text}" for x in told.ambiguities]
    )
    if told.between:
        yield Text(line=words(speech.say("Incidents between the readings"), Style.STRONG))
        yield Bullets(
            items=tuple(joined(words(b.sentence), numbers((b.number,))) for b in told.between)
        )


def _listed(heading: str, lines: list[str]) -> Iterator[Block]:
    if lines:
        yield Text(line=words(heading, Style.STRONG))
        yield Bullets(items=tuple(words(line) for line in lines))


def provisions(view: View, speech: Speech) -> Iterator[Block]:
    """Give how every prohibition stands over the reported period, with its coverage."""
    yield Heading(level=1, text=speech.say("Compliance by provision"))
    if not view.compliance:
        yield Text(line=words(speech.say("No prohibition was in force on a reported day.")))
        return
    head = ("Provision", "Standing", "Coverage", "Basis")
    yield Grid(
        caption=speech.say("Prohibitions over the reported period"), head=tuple(map(speech.label, head)),
        widths=(3, 2, 2, 4), rows=tuple(_provision(rule, speech) for rule in view.compliance),
    )  # fmt: skip


def _provision(rule: Compliance, speech: Speech) -> tuple[Line, ...]:
    unseen = speech.say("Not seen, by who or what caused it: {causes}.", causes=rule.missing)
    return (
        joined(words(rule.title), words(f" ({rule.provision})", Style.MUTED)),
        words(_standing(rule, speech), Style.STRONG), words(_seen(rule, speech)),
        words(f"{rule.basis}. {unseen}" if rule.missing else rule.basis),
    )  # fmt: skip


def _standing(rule: Compliance, speech: Speech) -> str:
    if speech.lang == "en":
        return rule.standing_label
    return speech.label(coverage_words(CoverageVerdict(rule.standing)))


def _seen(rule: Compliance, speech: Speech) -> str:
    if speech.lang == "en":
        return f"{rule.coverage}; {rule.rate}" if rule.rate else rule.coverage
    share = rule.coverage.partition(" of ")[0]
    return speech.count(
        "{share} of {n} day; {dark} not observed", "{share} of {n} days; {dark} not observed",
        rule.days, share=share, dark=rule.days_not_observed,
    )  # fmt: skip


def obligations(view: View, speech: Speech) -> Iterator[Block]:
    """Give every obligation and undertaking with its state and due date."""
    yield Heading(level=1, text=speech.say("Exchange and other obligations"))
    if not view.obligations:
        yield Text(line=words(speech.say("None is in force.")))
        return
    head = ("Provision", "State", "Due", "Who is bound", "Basis")
    yield Grid(
        caption=speech.say("Obligations and undertakings"), head=tuple(map(speech.label, head)),
        widths=(3, 2, 2, 2, 4), rows=tuple(_obligation(duty, speech) for duty in view.obligations),
    )  # fmt: skip


def _obligation(duty: ObligationView, speech: Speech) -> tuple[Line, ...]:
    through = speech.say(" through {who}", who=duty.intermediary) if duty.intermediary else ""
    told = " ".join([duty.sentence, *duty.positions, *duty.accounts, *duty.records])
    return (
        joined(words(duty.title), words(f" ({duty.provision})", Style.MUTED)),
        words(speech.label(duty.state_label), Style.STRONG), words(speech.days(speech.label(duty.due))),
        words(", ".join(duty.who) + through), words(speech.days(told)),
    )  # fmt: skip
