"""What a coded row may say of its provenance: one voice, a chain without a loop, words that are known."""

from __future__ import annotations

import json
from functools import cached_property
from typing import TYPE_CHECKING

from truceline.model.problem import Problem, Severity
from truceline.terms.deeds import deed_of, owed
from truceline.terms.provenance import (
    ACCESSES,
    BASES,
    CHANNELS,
    EXCEPTIONS,
    access_of,
    basis_of,
    channel_of,
    invokes_of,
)
from truceline.terms.voices import Voices
from truceline.terms.weapons import arms_of
from truceline.text.names import fold

if TYPE_CHECKING:
    from collections.abc import Iterator

    from truceline.model.evidence import Arrival, Speaker, Voice
    from truceline.model.mission import Mission

_NAMES = {"invokes": "exception"}
# Of both sides at once, and said to be so.
_JOINT = "JOINT"


class Checks:
    """Checks the rows of one table against the mission's voices."""

    def __init__(self, file: str, mission: Mission) -> None:
        self.file = file
        self.mission = mission

    @cached_property
    def voices(self) -> Voices:
        """The mission's voices, made ready with the first row that has any."""
        return Voices(self.mission)

    @cached_property
    def duties(self) -> frozenset[str]:
        """What the agreements ask for, which a row may name."""
        return owed(self.mission)

    def row(self, arrival: Arrival) -> Iterator[Arrival | Problem]:
        """Give the row with what is not understood in it, or why it is left out."""
        cells: dict[str, str] = json.loads(arrival.item.content)["row"]
        refused = [*self._bundled(arrival, cells), *self._chain(arrival, cells)]
        if refused:
            yield from refused
            return
        yield from self._words(arrival, cells)
        yield arrival

    def _say(
        self, arrival: Arrival, field: str, message: str, advice: str, *, left_out: bool = True
    ) -> Problem:
        return Problem(
            severity=Severity.ERROR if left_out else Severity.WARNING, file=self.file,
            row=arrival.row, field=field, message=message, advice=advice,
        )  # fmt: skip

    def _speaker(self, cells: dict[str, str]) -> Speaker | None:
        side = cells["origin_side"] if self.voices.side(cells["origin_side"]) else ""
        return self.voices.speaker(cells["origin"], side)

    def _bundled(self, arrival: Arrival, cells: dict[str, str]) -> Iterator[Problem]:
        """Complain of a row that holds more than one voice, and show the rows to write instead."""
        if cells["origin_side"] == _JOINT:
            return
        speaker = self._speaker(cells)
        voices = speaker.voices if speaker else ()
        if len({self._camp(voice) for voice in voices} - {None}) > 1:
            name = cells["claim_id"] or "ROW"
            rows = "; ".join(
                f"{name}{letter}: {voice.text}"
                for letter, voice in zip("abcdefghijklmnopqrstuvwxyz", voices, strict=False)
            )
            yield self._say(
                arrival, "origin",
                f"{cells['origin']!r} bundles {len(voices)} voices that are not of one camp; row left out",
                f"write one row for each voice, with what that voice says: {rows}",
            )  # fmt: skip

    def _camp(self, voice: Voice) -> str | None:
        """Give what a voice is counted by: its camp, or itself where it is of none and known."""
        if voice.side is not None:
            return self.mission.camp(voice.side)
        return f"source {voice.source}" if voice.source else None

    def _chain(self, arrival: Arrival, cells: dict[str, str]) -> Iterator[Problem]:
        """Complain of a chain that passes one voice twice, or the speaker's own."""
        speaker = self.voices.speaker(cells["origin"], "", cells.get("via", ""))
        if speaker is None:
            return
        names = [self._known(name) for name in speaker.relays]
        said = {voice.source or fold(voice.text) for voice in speaker.voices}
        field = "via" if cells.get("via") else "origin"
        if len(set(names)) < len(names):
            twice = next(n for k, n in enumerate(names) if n in names[:k])
            yield self._say(
                arrival, field, f"the chain loops: {twice!r} passes it on twice; row left out",
                "name each relay once, from the inside outwards",
            )  # fmt: skip
        for own in sorted(said & set(names)):
            yield self._say(
                arrival, field, f"{own!r} is both who says it and a relay; row left out",
                "name the speaker in origin only, and those who pass it on in via",
            )  # fmt: skip

    def _known(self, name: str) -> str:
        return self.voices.relay(name).source or fold(name)

    def _words(self, arrival: Arrival, cells: dict[str, str]) -> Iterator[Problem]:
        """Complain of words for basis, access, channel and exceptions that nobody knows; they stay unresolved."""
        access = cells.get("access", "")
        escorted = access.startswith("escorted")
        advice = "name the side that escorted: escorted(SIDE)" if escorted else _one_of(ACCESSES)
        for field, fits, told in (
            ("basis", basis_of(cells.get("basis", "")) is not None, _one_of(BASES)),
            ("access", access_of(access, self.voices.side) is not None, advice),
            ("channel", channel_of(cells.get("channel", "")) is not None, _one_of(CHANNELS)),
            ("invokes", invokes_of(cells.get("invokes", "")) is not None, _one_of(EXCEPTIONS)),
        ):
            if not fits:
                message = f"{cells[field]!r} is no {_NAMES.get(field, field)}; unresolved"
                if field == "access" and escorted:
                    message = f"{access!r} is escorted by nobody the mission knows; unresolved"
                yield self._say(arrival, field, message, told, left_out=False)

        deed = deed_of(cells, self.voices.side, self.duties)
        for field, message, told in deed if isinstance(deed, list) else ():
            said = f"{message}; nothing is read of the deed"
            yield self._say(arrival, field, said, told, left_out=False)
        arms = arms_of(cells)
        for field, message, told in arms if isinstance(arms, list) else ():
            said = f"{message}; nothing is read of the weapon"
            yield self._say(arrival, field, said, told, left_out=False)


def _one_of(words: tuple[str, ...]) -> str:
    return f"use one of: {', '.join(words)}"
