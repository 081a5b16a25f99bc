"""A name spelt as no pack has it: the one office holder it can only be a spelling of, or nobody."""

from __future__ import annotations

from typing import TYPE_CHECKING

from anyascii import anyascii
from rapidfuzz import fuzz

from truceline.text.names import fold

if TYPE_CHECKING:
    from collections.abc import Iterable

    from truceline.model.pack import PackActor

FLAG = "name_alike"
_SHORTEST, _LEAST, _MARGIN = 6, 86.0, 10.0


def likest(name: str, actors: Iterable[PackActor]) -> PackActor | None:
    """Give the actor whose name is much liker than any other's; None where it is short or close.

    Likeness is the share of equal letters (rapidfuzz `ratio`, 0 to 100) after both are written in
    plain Latin letters: at least 86, and 10 more than the next. Callers narrow the actors by office
    and side first, and flag what they take.
    """
    plain = _plain(name)
    if len(plain.replace(" ", "")) < _SHORTEST:
        return None
    scored = sorted(
        (
            (max((fuzz.ratio(plain, _plain(a.text)) for a in actor.aliases), default=0.0), actor)
            for actor in actors
        ),
        key=lambda pair: (-pair[0], pair[1].id),
    )
    if not scored or scored[0][0] < _LEAST:
        return None
    second = scored[1][0] if len(scored) > 1 else 0.0
    return scored[0][1] if scored[0][0] - second >= _MARGIN else None


def _plain(name: str) -> str:
    return fold(anyascii(name))
