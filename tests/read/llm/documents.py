"""Own texts as documents, on the ground of the demonstration mission."""

from __future__ import annotations

from datetime import datetime
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from truceline.read.document import Document, Profile, Publisher, document_of
from truceline.read.grammar.line import Ground, Line
from truceline.read.naming.lexicon import Matcher
from truceline.read.naming.placing import Gazetteer
from truceline.read.press.rules_coder import RulesCoder
from truceline.terms.mission import load_mission
from truceline.terms.pack import load_pack, pack_folder

if TYPE_CHECKING:
    from collections.abc import Sequence

REPO = Path(__file__).resolve().parents[3]


@lru_cache(maxsize=1)
def make_ground() -> Ground:
    """Build the ground of the demonstration mission, once."""
    pack, _ = load_pack(pack_folder("karabakh"))
    mission, _ = load_mission(REPO / "missions" / "karabakh-2020")
    assert pack is not None
    assert mission is not None
    places = {p.id: p for p in (*pack.places, *mission.gazetteer)}
    entries = tuple(places[name] for name in sorted(places))
    return Ground(pack, Gazetteer(entries), {"en": Matcher.of(pack, "en", entries)})


def make_document(
    text: str, profile: Profile = Profile.NEWS, outlet: str | None = None
) -> Document:
    """Cut a text published in the morning of 12 October 2020."""
    ground = make_ground()
    published = datetime(2020, 10, 12, 9, 0, tzinfo=ground.pack.zone)
    issuer = "AZ" if profile is Profile.PARTY_STATEMENT else None
    return document_of(text, ground.matchers["en"], profile, published, Publisher(outlet, issuer))


def make_lines(document: Document) -> Sequence[Line]:
    """Give the sentences of a document with everything named in them."""
    return RulesCoder(make_ground()).lines(document)
