"""How tests read a text with the demonstration mission."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from functools import cache
from pathlib import Path

from truceline.model.evidence import Claim, Item
from truceline.read import TextReader
from truceline.read.reader import OneRead
from truceline.terms import load_mission

REPO = Path(__file__).resolve().parents[2]
MISSION = REPO / "missions" / "karabakh-2020"
SHARED = REPO.parent / "shared"


@cache
def reader() -> TextReader:
    """Give the reader of the demonstration mission, built once."""
    mission, problems = load_mission(MISSION)
    assert mission is not None, problems
    assert mission.pack is not None
    return TextReader(mission.pack, mission)


def item(text: str, published: str | None, issuer: str | None = None) -> Item:
    """Make an item of a text; with an issuer it is that side's statement."""
    mission = reader().mission
    assert mission is not None
    when = datetime.fromisoformat(published).replace(tzinfo=mission.zone) if published else None
    plain = Item(
        id="0" * 64, external_id=None, reader="text", content=text.encode(), published=when,
        published_text=published or "", outlet=None, url=None, language="en",
        media_type="text/plain",
    )  # fmt: skip
    return replace(plain, profile="party_statement", issuer=issuer) if issuer else plain


def read_one(
    text: str, published: str | None = "2020-10-11", *, issuer: str | None = None,
    language: str = "en",
) -> OneRead:  # fmt: skip
    """Read a text of October 2020."""
    return reader().read(text, item(text, published, issuer), language)


def read(
    text: str, published: str | None = "2020-10-11", *, issuer: str | None = None
) -> tuple[Claim, ...]:
    """Give the claims of a text of October 2020."""
    return read_one(text, published, issuer=issuer).claims
