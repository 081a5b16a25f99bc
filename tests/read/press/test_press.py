"""Sentences in the manner of the press, each with what a careful reader takes from it.

`cases/press.txt`: a line `## PACK PUBLISHED [ISSUER]` opens a group; then texts, blank lines between
them, each followed by its claims: speaker | stance | acts | actors>targets | places | time | counts |
modality | attitude. The sentences are our own: they guard the rules and measure nothing.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, tzinfo
from functools import cache
from pathlib import Path

import pytest

from truceline.evaluate.reading.adapt import item_of
from truceline.model.coding import Count, Layer, Modality
from truceline.model.evidence import Claim
from truceline.read import TextReader
from truceline.terms.pack import load_pack, pack_folder

CASES = Path(__file__).parent / "cases" / "press.txt"
MARK, GROUP = "= ", "## "


@dataclass(frozen=True)
class Case:
    """One text with the lines expected of it."""

    pack: str
    published: str
    issuer: str | None
    text: str
    claims: tuple[str, ...]


def cases() -> list[Case]:
    """Read the file of cases."""
    found = []
    pack, published, issuer = "", "", None
    for block in CASES.read_text("utf-8").strip().split("\n\n"):
        lines = block.split("\n")
        if lines[0].startswith(GROUP):
            pack, published, *rest = lines.pop(0).removeprefix(GROUP).split()
            issuer = rest[0] if rest else None
        text = "\n".join(line for line in lines if not line.startswith(MARK))
        told = tuple(line.removeprefix(MARK) for line in lines if line.startswith(MARK))
        found.append(Case(pack, published, issuer, text, told))
    return found


@cache
def reader(pack: str) -> TextReader:
    """Give the reader of a shipped pack, built once."""
    loaded, problems = load_pack(pack_folder(pack))
    assert loaded is not None, problems
    return TextReader(loaded)


def told(claim: Claim, zone: tzinfo | None) -> str:
    """Write a claim as a line of the file."""
    coding = claim.coding
    assert coding is not None
    when = ""
    if claim.span is not None:
        ends = (claim.span.earliest.astimezone(zone), claim.span.latest.astimezone(zone))
        when = "/".join(f"{end:%Y-%m-%dT%H:%M}" for end in ends)
    fields = (
        _speaker(coding.layers), claim.stance.value, " ".join(a.value for a in claim.acts) or "?",
        f"{'+'.join(claim.actors) or '?'}>{'+'.join(coding.targets)}",
        " ".join(p.gazetteer_id or p.text for p in claim.places), when,
        " ".join(_count(count) for count in coding.counts),
        "" if coding.modality is Modality.ASSERTED else coding.modality.value,
        coding.attitude.value if coding.attitude else "",
    )  # fmt: skip
    return " | ".join(fields).rstrip(" |")


def _speaker(layers: tuple[Layer, ...]) -> str:
    if not layers:
        return "narrator"
    return "+".join(layers[-1].sides or layers[-1].actors) or "?"


def _count(count: Count) -> str:
    low = "" if count.low is None else count.low
    high = "" if count.high is None else count.high
    return f"{count.measure.value}:{low}-{high}"


@pytest.mark.parametrize("case", cases(), ids=lambda case: case.text[:50])
def test_a_sentence_is_read_as_a_careful_person_reads_it(case: Case) -> None:
    here = reader(case.pack)
    zone = here.pack.zone
    published = datetime.fromisoformat(case.published).replace(tzinfo=zone)
    item = item_of(case.text, published, "case")
    if case.issuer:
        item = replace(item, profile="party_statement", issuer=case.issuer)
    claims = here.read(case.text, item, "en").claims
    assert tuple(told(claim, zone) for claim in claims) == case.claims
