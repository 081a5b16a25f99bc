"""The gold file: what a person reads in a text, by offsets and labels, never its words."""

from __future__ import annotations

import json
import os
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, TypeVar

from truceline.errors import MissionError, StorageError
from truceline.model.acts import Act
from truceline.model.coding import Attitude, Modality
from truceline.model.evidence import Stance

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from datetime import tzinfo
    from pathlib import Path

    from truceline.model.coding import Coding
    from truceline.model.evidence import Claim

NARRATOR = "narrator"
T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class GoldCount:
    """A number with what it counts; None where that end is open."""

    measure: str
    low: int | None
    high: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class GoldTime:
    """When, in the conflict's local time, as ISO minutes; `to` is where it ends."""

    start: str
    to: str


@dataclass(frozen=True, slots=True, kw_only=True)
class GoldClaim:
    """One claim as a person reads it; empty lists and null mean that the text does not say.

    `start` and `end` are code points of the canonical text; `speaker` holds sides or actors, or
    `narrator`; sides and places are ids.
    """

    start: int
    end: int
    stance: Stance
    acts: tuple[Act, ...] = ()
    speaker: tuple[str, ...] = (NARRATOR,)
    actors: tuple[str, ...] = ()
    targets: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    time: GoldTime | None = None
    counts: tuple[GoldCount, ...] = ()
    modality: Modality = Modality.ASSERTED
    attitude: Attitude | None = None
    hedged: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class GoldSentence:
    """One sentence of a text as annotated, also where nobody claims anything in it."""

    sentence: int
    start: int
    end: int
    blind: bool
    claims: tuple[GoldClaim, ...]


def gold_of(claim: Claim, zone: tzinfo | None) -> GoldClaim:
    """Give a claim that the rules read in the terms of the gold file."""
    coding = claim.coding
    span = claim.span
    time = None
    if span is not None:
        first, last = (t.astimezone(zone) for t in (span.earliest, span.latest))
        time = GoldTime(start=f"{first:%Y-%m-%dT%H:%M}", to=f"{last:%Y-%m-%dT%H:%M}")
    return GoldClaim(
        start=claim.start or 0, end=claim.end or 0, stance=claim.stance, acts=claim.acts,
        speaker=_speaker(coding), actors=claim.actors, targets=coding.targets if coding else (),
        places=tuple(place.gazetteer_id for place in claim.places if place.gazetteer_id),
        time=time,
        counts=tuple(
            GoldCount(measure=c.measure.value, low=c.low, high=c.high)
            for c in (coding.counts if coding else ())
        ),
        modality=coding.modality if coding else Modality.ASSERTED,
        attitude=coding.attitude if coding else None, hedged=bool(claim.hedge),
    )  # fmt: skip


def _speaker(coding: Coding | None) -> tuple[str, ...]:
    if coding is None or not coding.layers:
        return (NARRATOR,)
    inner = coding.layers[-1]
    return tuple(inner.sides or inner.actors)


class GoldFile:
    """The lines of one text in a gold file; each is on the disk before the next sentence begins.

    `about` is what every line says of the text besides its sha256: pack, language, profile, date.
    """

    def __init__(self, path: Path, sha256: str, about: Mapping[str, str | None]) -> None:
        self.path = path
        self.sha256 = sha256
        self.about = dict(about)
        self.torn = False
        self.done = {line.sentence: line for line in self._read()}

    def write(self, line: GoldSentence) -> None:
        """Append a sentence, or put it in the place of an earlier line about the same one."""
        if line.sentence in self.done:
            self.drop(line.sentence)
        _stored(lambda: _append(self.path, self._text(line)), self.path)
        self.done[line.sentence] = line

    def drop(self, sentence: int) -> None:
        """Take a sentence out again; the other lines stay as they are."""
        kept = [
            text for text in self.path.read_text(encoding="utf-8").splitlines(keepends=True)
            if not self._mine(found := json.loads(text)) or found["sentence"] != sentence
        ]  # fmt: skip
        _stored(lambda: _replace(self.path, "".join(kept)), self.path)
        self.done.pop(sentence, None)

    def _mine(self, found: Mapping[str, object]) -> bool:
        return found["sha256"] == self.sha256

    def _text(self, line: GoldSentence) -> str:
        shape = {"sha256": self.sha256, **self.about, **asdict(line)}
        return json.dumps(shape, ensure_ascii=False, separators=(",", ":")) + "\n"

    def _read(self) -> Iterable[GoldSentence]:
        """Read what stands there of this text; half a line, left by a lost machine, is cut off."""
        if not self.path.exists():
            return []
        content = _stored(self.path.read_bytes, self.path)
        whole = content[: content.rfind(b"\n") + 1]
        if len(whole) < len(content):
            self.torn = True
            _stored(lambda: os.truncate(self.path, len(whole)), self.path)
        return [line for line in map(self._line, whole.splitlines()) if line is not None]

    def _line(self, text: bytes) -> GoldSentence | None:
        try:
            found = json.loads(text)
            return sentence_of(found) if self._mine(found) else None
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            raise MissionError(
                f"{self.path} holds a line that is no gold: {error}",
                "name another file with --out, or mend the line",
            ) from error


def sentence_of(found: Mapping[str, object]) -> GoldSentence:
    """Give a line of a gold file; raises ValueError, KeyError or TypeError for anything else."""
    claims = found["claims"]
    numbers = [found[key] for key in ("sentence", "start", "end")]
    if not isinstance(claims, list) or not all(isinstance(n, int) for n in numbers):
        msg = "no sentence with claims"
        raise ValueError(msg)
    number, start, end = (int(str(n)) for n in numbers)
    return GoldSentence(sentence=number, start=start, end=end, blind=bool(found["blind"]),
                        claims=tuple(map(_claim, claims)))  # fmt: skip


def _claim(found: dict[str, object]) -> GoldClaim:
    """Give a claim of a gold file."""
    shape: dict[str, object] = dict(found)
    for key in ("speaker", "actors", "targets", "places"):
        shape[key] = tuple(_list(found[key]))
    shape["stance"] = Stance(str(found["stance"]))
    shape["acts"] = tuple(Act(str(act)) for act in _list(found["acts"]))
    shape["modality"] = Modality(str(found["modality"]))
    shape["attitude"] = Attitude(str(found["attitude"])) if found["attitude"] else None
    time = found["time"]
    shape["time"] = GoldTime(**time) if isinstance(time, dict) else None
    shape["counts"] = tuple(map(_count, _list(found["counts"])))
    return GoldClaim(**shape)  # type: ignore[arg-type]


def _count(value: object) -> GoldCount:
    if not isinstance(value, dict):
        msg = f"{value!r} is no count"
        raise TypeError(msg)
    return GoldCount(**value)


def _list(value: object) -> list[object]:
    if not isinstance(value, list):
        msg = f"{value!r} is no list"
        raise TypeError(msg)
    return value


def _append(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("a", encoding="utf-8") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())


def _replace(path: Path, text: str) -> None:
    draft = path.with_name(f".{path.name}.{os.getpid()}.tmp")
    draft.write_text("", encoding="utf-8")
    _append(draft, text)
    draft.replace(path)


def _stored(act: Callable[[], T], path: Path) -> T:
    try:
        return act()
    except OSError as error:
        message = f"{path} cannot be read or written: {error.strerror or error}"
        advice = "free some space or name another file; lines written before are left whole"
        raise StorageError(message, advice) from error
