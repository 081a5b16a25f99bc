"""How tests look at the mentions of one sentence: its times, counts and actors."""

from __future__ import annotations

from datetime import UTC, datetime

from tests.read.reading import reader
from truceline.read.document import Profile, document_of
from truceline.read.grammar.clock import Time
from truceline.read.grammar.line import Line
from truceline.read.press.rules_coder import RulesCoder


def lines(text: str, published: str | None = "2020-10-11") -> list[Line]:
    """Give the sentences of a text with everything named in them."""
    matcher = reader().matcher("en")
    assert matcher is not None
    when = datetime.fromisoformat(published).replace(tzinfo=UTC) if published else None
    document = document_of(text, matcher, Profile.NEWS, when)
    return RulesCoder(reader().ground).lines(document)


def line(text: str, published: str | None = "2020-10-11") -> Line:
    """Give the one sentence of a text."""
    (one,) = lines(text, published)
    return one


def times(text: str, published: str | None = "2020-10-11") -> list[Time]:
    """Give the times of a text in reading order."""
    return [t for one in lines(text, published) for t in one.times]
