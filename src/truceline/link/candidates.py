"""Which pairs are worth comparing: those whose times and places can meet at all."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from truceline.model.place_time import EARTH_RADIUS_KM, distance_km

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray

    from truceline.model.evidence import Claim
    from truceline.model.mission import Windows

_UNKNOWN = -1.0


def candidates(claims: Sequence[Claim], windows: Windows) -> Iterator[tuple[int, int]]:
    """Give the pairs i < j inside the time and distance windows; a missing field excludes nothing."""
    apart = _times_apart(claims, windows) | _places_apart(claims, windows)
    rows, columns = np.nonzero(np.triu(~apart, k=1))
    return zip(rows.tolist(), columns.tolist(), strict=True)


def _times_apart(claims: Sequence[Claim], windows: Windows) -> NDArray[np.bool_]:
    known = np.array([c.span is not None for c in claims], dtype=bool)
    earliest = np.array([c.span.earliest.timestamp() if c.span else 0.0 for c in claims])
    latest = np.array([c.span.latest.timestamp() if c.span else 0.0 for c in claims])
    gap = np.maximum(earliest[:, None] - latest[None, :], earliest[None, :] - latest[:, None])
    middle = (earliest + latest) / 2
    wide = np.abs(middle[:, None] - middle[None, :]) > windows.max_hours * 3600
    far = (gap > windows.base_hours * 3600) | wide
    return np.asarray(far & known[:, None] & known[None, :], dtype=bool)


def _places_apart(claims: Sequence[Claim], windows: Windows) -> NDArray[np.bool_]:
    """Two claims are apart when even the circles around all their places cannot touch; a name nobody placed lies anywhere."""
    known = np.array([bool(c.places) and not c.unplaced for c in claims], dtype=bool)
    lat = np.radians([c.places[0].lat if c.places else 0.0 for c in claims])
    lon = np.radians([c.places[0].lon if c.places else 0.0 for c in claims])
    reach = np.array([_reach(c) for c in claims])
    h = (
        np.sin((lat[:, None] - lat[None, :]) / 2) ** 2
        + np.cos(lat[:, None])
        * np.cos(lat[None, :])
        * np.sin((lon[:, None] - lon[None, :]) / 2) ** 2
    )
    km = 2 * EARTH_RADIUS_KM * np.arcsin(np.sqrt(np.minimum(h, 1.0)))
    far = km > reach[:, None] + reach[None, :] + windows.base_km
    return np.asarray(far & known[:, None] & known[None, :], dtype=bool)


def _reach(claim: Claim) -> float:
    """Radius in km of a circle around the first place that holds every place of the claim."""
    if not claim.places:
        return _UNKNOWN
    first = claim.places[0]
    return max(distance_km(first, p) + p.radius_km for p in claim.places)
