"""Where: places of the gazetteer by distance and by what lies in what, names nobody placed by their spelling."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from anyascii import anyascii
from rapidfuzz.distance import JaroWinkler

from truceline.link.reasons import VETO, said
from truceline.model.place_time import Place, PlaceKind, distance_km
from truceline.text.names import fold

if TYPE_CHECKING:
    from collections.abc import Sequence

    from truceline.model.evidence import Claim
    from truceline.model.incident import Reason
    from truceline.model.mission import Mission, Windows

Spot = Place | str
_WIDE = {PlaceKind.FRONT, PlaceKind.DIRECTION}
# A container tells less the wider it is: from a part of the country on, it tells nothing.
_NARROW_KM, _DISTRICT_KM, _REGION_KM = 10.0, 40.0, 100.0
_ALIKE = 0.88
_PARTICLE = 3


def place(a: Claim, b: Claim, mission: Mission) -> Reason:
    """Compare where: how many of the places named are shared, and how small they are."""
    left, right = spots(a), spots(b)
    if not left or not right:
        return said("place", 0.0, "a place is missing")
    return compare_spots(left, right, mission.windows)


def spots(claim: Claim) -> tuple[Spot, ...]:
    """Give the places of a claim, and the names that the gazetteer does not know."""
    return (*claim.places, *claim.unplaced)


def compare_spots(a: Sequence[Spot], b: Sequence[Spot], windows: Windows) -> Reason:
    """Compare two lists of places; where none meet, a name nobody placed is no proof of distance."""
    pairs = [(x, y, bits) for x in a for y in b if (bits := _meet(x, y, windows)) is not None]
    if not pairs:
        return _apart(a, b)
    shared = min(len({_name(x) for x, _, _ in pairs}), len({_name(y) for _, y, _ in pairs}))
    share = shared / (len(a) + len(b) - shared)
    bits = max(bits for _, _, bits in pairs)
    names = ", ".join(sorted({_name(spot) for x, y, _ in pairs for spot in (x, y)}))
    if share < 1 / 2:
        bits, how = 0.0, "only part of the places is shared"
    else:
        how = "the places agree"
    if (len(a) > 1) != (len(b) > 1):
        bits, how = bits - 1.0, f"one lists several, {how}"
    return said("place", bits, f"{how}: {names}")


def _apart(a: Sequence[Spot], b: Sequence[Spot]) -> Reason:
    known = [[x for x in spots if isinstance(x, Place)] for spots in (a, b)]
    if len(known[0]) < len(a) or len(known[1]) < len(b):
        return said("place", VETO, "the places have different names")
    km = min(distance_km(x, y) for x in known[0] for y in known[1])
    return said("place", VETO, f"the places lie {km:.0f} km apart")


def _name(spot: Spot) -> str:
    return spot.name if isinstance(spot, Place) else spot


def _meet(a: Spot, b: Spot, windows: Windows) -> float | None:
    """Give the bits of two places that may be one, None where they are two."""
    if isinstance(a, Place) and isinstance(b, Place):
        return _nearness(a, b) if near(a, b, windows) else None
    names = [{x.text, x.name} if isinstance(x, Place) else {x} for x in (a, b)]
    if any(fold(x) == fold(y) for x in names[0] for y in names[1]):
        return 3.0
    return 2.0 if any(alike(x, y) for x in names[0] for y in names[1]) else None


@lru_cache(maxsize=65_536)
def alike(a: str, b: str) -> bool:
    """Answer whether two names may be two spellings of one: word by word, in Latin letters, numbers equal."""
    left, right = _words(a), _words(b)
    return bool(left) and len(left) == len(right) and all(map(_one_word, left, right))


def _words(name: str) -> list[str]:
    words = fold(anyascii(name)).replace("/", " ").split()
    return [w for w in words if len(w) > _PARTICLE or w.isdigit()] or words


def _one_word(a: str, b: str) -> bool:
    if any(c.isdigit() for c in a + b):
        return a == b
    return JaroWinkler.normalized_similarity(a, b) >= _ALIKE


def near(a: Place, b: Place, windows: Windows) -> bool:
    """Answer whether two places may be one: same entry, one inside the other, or close enough."""
    if a.gazetteer_id and a.gazetteer_id == b.gazetteer_id:
        return True
    if _inside(a, b) or _inside(b, a):
        return True
    reach = windows.base_km + a.radius_km + b.radius_km
    widest = max(windows.max_km, a.radius_km + windows.base_km, b.radius_km + windows.base_km)
    return distance_km(a, b) <= min(reach, widest)


def _inside(a: Place, b: Place) -> bool:
    return b.gazetteer_id is not None and b.gazetteer_id in a.within


def _nearness(a: Place, b: Place) -> float:
    same = a.gazetteer_id is not None and a.gazetteer_id == b.gazetteer_id
    radius = max(a.radius_km, b.radius_km)
    if a.kind in _WIDE or b.kind in _WIDE:
        return 2.0 if same else 0.5
    if radius > _REGION_KM:
        return 0.5 if same else 0.0
    if radius > _DISTRICT_KM:
        return 1.5 if same else 0.5
    if radius <= _NARROW_KM:
        return 3.0 if same else 0.5
    return 2.5 if same else 1.5
