"""What a draft leaves to choose: each with how to choose it, in the order of the files."""

from __future__ import annotations

from typing import TYPE_CHECKING

from truceline.model.agreement import ProvisionKind
from truceline.terms.drafting.places import named_zones
from truceline.terms.drafting.proposals import unread

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from truceline.terms.drafting.answers import Answers
    from truceline.terms.drafting.moments import Moment
    from truceline.terms.drafting.proposals import Proposal

_BREACH = "minor or serious, as the terms of reference have it"
Choice = tuple[str, str]
"""What is not chosen yet, and how to choose it."""


def agreement_choices(
    a: Answers, text: str, found: Sequence[Proposal], entries: Sequence[Moment]
) -> Iterator[Choice]:
    """Give what is left to choose of an agreement: what no answer said, each proposal, and each clause without one."""
    yield from _entry_choice(entries[0] if entries else None)
    if not a.announced:
        yield "announced", "say since when it is known: at, zone or rule, by, source"
    for key, what in (("form", a.form), ("issuer of the text", a.issuer)):
        if what is None:
            yield key, "write what is known of it"
    for p in found:
        yield from _open_choices(p)
    for zone in named_zones(found):
        names = ", ".join(zone.about)
        yield (
            f"zone {zone.words!r}",
            f"provision {names} names it: draw it under zones as {zone.form} and name it in `areas`, or leave it out if it is none",
        )
    for clause in unread(text):
        said = " ".join(clause.text.split())
        yield f"point {clause.point}", f"no provision was proposed for: {said}"


def _entry_choice(moment: Moment | None) -> Iterator[Choice]:
    more = "write a reading for each that somebody names"
    if moment is None:
        yield "from when it holds", f"the text names no day; {more}"
    elif moment.hour is None:
        yield (
            "the hour of the entry into force",
            f"the text says {moment.text!r}: 00:00 stands there; {more}",
        )
    elif moment.zone is None:
        yield (
            "the zone of the entry into force",
            f"the text says {moment.text!r}: it is read by the mission's zone; {more}",
        )


def _open_choices(p: Proposal) -> Iterator[Choice]:
    name = f"provision {p.id}"
    said = f"proposed {p.class_} and {p.kind} for the words {p.words!r}"
    yield f"{name}: class and kind", f"{said}; correct or confirm"
    match p.class_:
        case "prohibition":
            may = f" ({', '.join(p.acts)}?)" if p.acts else ""
            yield (
                f"{name}: acts",
                f"list the acts that the text forbids{may} with breach: {_BREACH}; or leave undefined where it says nothing",
            )
            yield (
                f"{name}: areas",
                "name zones and draw them under zones, write anywhere, or leave undefined where the text says nothing",
            )
        case "exception":
            yield (
                f"{name}: ground and preconditions",
                "say which ground it is, what the text asks besides, and from which provisions it excepts",
            )
        case _:
            who = " and ".join(p.named)
            told = (
                f"as the clause names {who}; correct or confirm"
                if who
                else "the clause names no party, so all are written: take out whom it does not bind"
            )
            yield f"{name}: who owes it", told
            if p.kind is ProvisionKind.NO_OFFENSIVE_ACTION:
                yield f"{name}: prevents", "name the forces whose acts the debtor has to prevent"
            if p.due is not None:
                yield (
                    f"{name}: due",
                    "is it read rightly: which start of the period, which end of the day, which zone?",
                )


def mission_choices(a: Answers, *, unknown: bool) -> Iterator[Choice]:
    """Give what nobody answered about the mission; `unknown`: no first day was given or found."""
    missing = {
        "report_from": unknown, "mandate.text": a.mandate_text is None,
        "mandate.attribution": a.attribution is None, "mandate.classify_from": a.classify_from is None,
        "the area": a.area is None, "channels": not a.channels, "coverage": bool(a.channels),
        "pack": a.pack is None,
    }  # fmt: skip
    for what, how in _HOW.items():
        if missing.get(what, True):
            yield what, how.replace("CHANNELS", ", ".join(a.channels))


_HOW = {
    "report_from": "no day was given or found: write the first day that reports are about",
    "mandate.text": "write what the mission is to do, in one sentence",
    "mandate.attribution": "the strictest stands there: withheld_unless_acknowledged; or write assessed",
    "mandate.classify_from": "the strictest stands there: confirmed; or write the occurrence from which the mission classifies",
    "the area": "add the mission's places to gazetteer.csv; `truceline gazetteer FOLDER --from FILE` fills in their coordinates",
    "sources": "list whose voice you will code: parties' organs, monitors, intermediaries, media (id, name, role, owner, reliability, aliases)",
    "coverage": "write who looked where and when through CHANNELS into evidence/coverage.csv; without rows no day is ever quiet",
    "channels": "say who looks, and write where and when into evidence/coverage.csv; without rows no day is ever quiet",
    "means": "is there an act that only one side has the means for? List such acts under means, or write means: []",
    "people": "list at least two persons who may decide (id, name, role), or leave it out",
    "windows, counting_rule, name_policy, third_party_classes": "these are the usual ones; correct or confirm",
    "pack": "texts are read with a data pack: `truceline pack list`, or `truceline pack new FOLDER/pack`; coded rows need none",
}
