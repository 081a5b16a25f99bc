"""What every coder hands in: one claim as mentions and labels, before it is verified and named."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from truceline.model.acts import Act
    from truceline.model.coding import Attitude, Cited, Coder, Count, Layer, Modality, PlacedRole
    from truceline.model.evidence import ClaimKind, Stance
    from truceline.read.grammar.clock import Time
    from truceline.read.grammar.line import PlaceAt


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """A claim as one coder reads it; `quote` is the sentence (or sentences) it stands in.

    `narrated`: nobody is named, the outlet speaks. `day` tells whether the time was inherited.
    """

    quote: Cited
    sentence: int
    stance: Stance
    acts: tuple[Act, ...]
    layers: tuple[Layer, ...]
    actors: tuple[str, ...]
    actor_words: tuple[Cited, ...]
    targets: tuple[str, ...]
    participants: tuple[str, ...]
    places: tuple[PlaceAt, ...]
    other_places: tuple[PlacedRole, ...]
    origins: tuple[str, ...] = ()
    time: Time | None
    time_cited: Cited | None
    time_inherited: bool = False
    reporting: bool
    background: bool
    counts: tuple[Count, ...]
    cues: tuple[Cited, ...]
    instruments: tuple[Cited, ...]
    hedges: tuple[Cited, ...]
    modality: Modality
    attitude: Attitude | None
    denied: Cited | None
    direct: bool
    coder: Coder
    flags: tuple[str, ...]
    kind: ClaimKind | None = None
    others: tuple[Coder, ...] = ()
    agreement: tuple[int, int] = (1, 1)
