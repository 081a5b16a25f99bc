"""Coded claims: each row of a coder's table becomes one claim."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, NamedTuple

from truceline.errors import MissionError
from truceline.model.acts import Act
from truceline.model.evidence import Arrival, Claim, ClaimKind, Harm, ReadingState, Speaker, Stance
from truceline.model.problem import Problem, Severity
from truceline.model.provenance import UNSTATED_ACCESS, Access, Basis, ChannelOwner
from truceline.read.coded.row_times import DAY, Frame, known_word, span_of
from truceline.read.naming.placing import Gazetteer
from truceline.terms.acts import act_words, acts_of, close, close_act, kind_words, stance_of
from truceline.terms.calendar import mission_zone
from truceline.terms.deeds import deed_of, owed
from truceline.terms.provenance import access_of, basis_of, channel_of, invokes_of
from truceline.terms.samples import SAMPLE_DAY, of_mission, rewritten
from truceline.terms.voices import Voices
from truceline.terms.weapons import arms_of
from truceline.text.names import keyed

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from truceline.model.agreement import ExceptionKind
    from truceline.model.arms import Arms
    from truceline.model.deed import Deed
    from truceline.model.mission import Mission
    from truceline.model.place_time import Place, Span

_NOTES = {"JOINT", "MIXED"}
_UNDATED = "undated items are set aside before reading"
_TIME_CELLS = ("t_from_local", "t_to_local", "time_precision")
_BARE_DATE = len("2020-10-10")


def read_claims(
    arrivals: Iterable[Arrival], mission: Mission
) -> tuple[tuple[Claim, ...], tuple[Problem, ...]]:
    """Read every dated item into its claim, in the order of claim ids, with what was not understood."""
    voices, gazetteer, duties = Voices(mission), Gazetteer(mission.gazetteer), owed(mission)
    rows = [
        _Row(arrival=arrival, mission=mission, voices=voices, gazetteer=gazetteer, duties=duties)
        for arrival in arrivals
        if arrival.item.published is not None and arrival.item.reader == "coded_claims"
    ]
    claims = sorted((row.claim() for row in rows), key=lambda claim: claim.id)
    problems = of_mission((problem for row in rows for problem in row.problems), mission)
    return tuple(claims), (*problems, *_vocabulary(problems))


def _vocabulary(problems: Sequence[Problem]) -> Iterator[Problem]:
    """List the known words once for each file in which one is not known."""
    for name, what, words in (("act", "acts", act_words()), ("kind", "kinds", kind_words())):
        for file in sorted({p.file for p in problems if p.field == name}):
            yield Problem(
                severity=Severity.NOTICE,
                file=file,
                message=f"the {what} that are known",
                advice=", ".join(words),
            )


def _act_cell(row: Mapping[str, str]) -> str:
    """Give the act of a row; a row about foreign fighters may leave it out."""
    return row["act"] or ("foreign_fighters" if row["kind"] == "foreign_fighters" else "")


class _Told(NamedTuple):
    """What a row says, each cell read."""

    stance: Stance
    hedge: str | None
    kind: ClaimKind | None
    places: tuple[Place, ...]
    unplaced: tuple[str, ...]
    speaker: Speaker | None
    basis: Basis
    access: Access
    channel: ChannelOwner
    span: Span | None
    acts: tuple[Act, ...]
    actors: tuple[str, ...]
    deed: Deed | None
    arms: Arms | None
    harm: Harm


@dataclass
class _Row:
    """One row being read; fields that cannot be read are noted and stay unresolved."""

    arrival: Arrival
    mission: Mission
    voices: Voices
    gazetteer: Gazetteer
    duties: frozenset[str]
    problems: list[Problem] = field(default_factory=list)
    unresolved: list[str] = field(default_factory=list)

    def _told(self, row: dict[str, str]) -> _Told:
        """Read the cells that can be wrong, in the order in which their faults are told."""
        stance, hedge, kind = self._stance(row["kind"])
        places, unplaced = self._places(row["places"])
        if invokes_of(row.get("invokes", "")) is None:
            self.unresolved.append("invokes")
        speaker = self._speaker(row["origin"], row["origin_side"], row.get("via", ""))
        basis, access, channel = self._provenance(row)
        span = self._span(row)
        acts, actors = self._acts(_act_cell(row)), self._actors(row["accused"])
        deed, arms = self._deed(row), self._arms(row)
        harm = Harm(killed=self._count(row, "killed"), injured=self._count(row, "injured"))
        return _Told(
            stance,
            hedge,
            kind,
            places,
            unplaced,
            speaker,
            basis,
            access,
            channel,
            span,
            acts,
            actors,
            deed,
            arms,
            harm,
        )

    def claim(self) -> Claim:
        item = self.arrival.item
        row: dict[str, str] = json.loads(item.content)["row"]
        told = self._told(row)
        return Claim(
            id=keyed("clm", self.mission.id, [item.id]),
            item=item.id,
            external_id=row["claim_id"] or None,
            quote=None,
            start=None,
            end=None,
            paraphrase=row["paraphrase"] or None,
            speaker=told.speaker,
            stance=told.stance,
            acts=told.acts,
            act_text=row["act"],
            actors=told.actors,
            places=told.places,
            place_text=row["places"],
            unplaced=told.unplaced,
            span=told.span,
            time_text=" ".join(row[k] for k in _TIME_CELLS if row[k]),
            harm=told.harm,
            hedge=told.hedge,
            published=self._published(),
            outlet=item.outlet,
            url=item.url,
            language=item.language,
            unresolved=tuple(self.unresolved),
            reading=ReadingState.CODED,
            chain=self.voices.chain(told.speaker, item.outlet, told.channel),
            basis=told.basis,
            access=told.access,
            material=row.get("material") or None,
            kind=told.kind,
            invokes=self._invokes(row),
            deed=told.deed,
            arms=told.arms,
        )

    def _published(self) -> datetime:
        if self.arrival.item.published is None:
            raise ValueError(_UNDATED)
        return self.arrival.item.published

    def _note(self, name: str, message: str, advice: str) -> None:
        self.problems.append(
            Problem(
                severity=Severity.WARNING,
                file=self.arrival.file,
                row=self.arrival.row,
                field=name,
                message=message,
                advice=advice,
            )
        )

    def _stance(self, kind: str) -> tuple[Stance, str | None, ClaimKind | None]:
        found = stance_of(kind)
        if found is None:
            self.unresolved.append("stance")
            if kind:
                advice = f"{close(kind, kind_words())}use one of the kinds listed once"
                self._note("kind", f"{kind!r} is not a kind of claim; unresolved", advice)
            return Stance.UNRESOLVED, None, None
        return found

    def _acts(self, text: str) -> tuple[Act, ...]:
        acts: dict[Act, None] = {}
        for word in (part.strip() for part in text.split(";") if part.strip()):
            found = acts_of(word)
            if found is None:
                advice = f"{close_act(word)}use one of the acts listed once"
                self._note("act", f"{word!r} is not a known act; unresolved", advice)
            acts.update(dict.fromkeys(found or ()))
        if not acts:
            self.unresolved.append("act")
        return tuple(acts)

    def _actors(self, text: str) -> tuple[str, ...]:
        found: dict[str, None] = {}
        for word in (part.strip() for part in text.split(";") if part.strip()):
            side = self.voices.side(word)
            if side is None:
                self._note(
                    "accused", f"{word!r} is no side of this mission; unresolved", _SIDE_ADVICE
                )
            else:
                found[side] = None
        if not found:
            self.unresolved.append("actors")
        return tuple(sorted(found))

    def _invokes(self, row: dict[str, str]) -> tuple[ExceptionKind, ...]:
        """Give the exceptions that the speaker invokes; the reader has complained of words nobody knows."""
        return invokes_of(row.get("invokes", "")) or ()

    def _deed(self, row: dict[str, str]) -> Deed | None:
        """Give what the row says of a deed; the reader has complained of what cannot be read."""
        found = deed_of(row, self.voices.side, self.duties)
        if isinstance(found, list):
            self.unresolved.append("deed")
            return None
        return found

    def _arms(self, row: dict[str, str]) -> Arms | None:
        """Give the weapon that the row names; the reader has complained of what cannot be read."""
        found = arms_of(row)
        if isinstance(found, list):
            self.unresolved.append("arms")
            return None
        return found

    def _provenance(self, row: dict[str, str]) -> tuple[Basis, Access, ChannelOwner]:
        """Give how the speaker knows; a word that the reader complained of stays unresolved."""
        found = (
            basis_of(row.get("basis", "")),
            access_of(row.get("access", ""), self.voices.side),
            channel_of(row.get("channel", "")),
        )
        named = zip(("basis", "access", "channel"), found, strict=True)
        self.unresolved += [name for name, value in named if value is None]
        basis, access, channel = found
        # What nobody understands lifts nothing: a channel might be anybody's.
        return (
            basis or Basis.UNSTATED,
            access or UNSTATED_ACCESS,
            channel or ChannelOwner.OTHER,
        )

    def _speaker(self, origin: str, origin_side: str, via: str) -> Speaker | None:
        known = {*_NOTES, *self.mission.third_party_classes}
        if origin_side and origin_side not in known and self.voices.side(origin_side) is None:
            message = f"{origin_side!r} is no side or class of this mission; unresolved"
            self._note("origin_side", message, _SIDE_ADVICE)
            origin_side = ""
        speaker = self.voices.speaker(origin, "" if origin_side in _NOTES else origin_side, via)
        if speaker is None or not any(v.side or v.third_party for v in speaker.voices):
            self.unresolved.append("speaker")
        elif self._contradicts(speaker, origin_side):
            message = f"the origin {origin!r} does not speak for {origin_side!r}; unresolved"
            self._note("origin_side", message, "correct the origin or its side")
            self.unresolved.append("speaker")
            return None
        return speaker

    def _contradicts(self, speaker: Speaker, origin_side: str) -> bool:
        coded = self.voices.side(origin_side)
        camps = {self.mission.camp(side) for side in speaker.sides}
        return coded is not None and bool(camps) and self.mission.camp(coded) not in camps

    def _places(self, text: str) -> tuple[tuple[Place, ...], tuple[str, ...]]:
        places, unplaced = self.gazetteer.places(text)
        for word in unplaced:
            message = f"{word!r} is not in the gazetteer; the place stays unresolved"
            self._note("places", message, "add the name or an alias to gazetteer.csv")
        if not places:
            self.unresolved.append("place")
        return places, unplaced

    def _span(self, row: dict[str, str]) -> Span | None:
        word = row["time_precision"]
        if not known_word(word):
            message = f"the precision {word!r} is not known; read as if it were not stated"
            self._note("time_precision", message, "use minute, about, day, night 10/11, after, ...")
        span = None
        try:
            span = span_of(row["t_from_local"], row["t_to_local"], word, self._frame(row))
        except MissionError as error:
            self._note("zone", f"{error.message}; the time stays unresolved", error.advice)
        except ValueError as error:
            dated = rewritten(row["t_from_local"]) or rewritten(row["t_to_local"])
            advice = (
                dated
                or f"give local time as {SAMPLE_DAY} or {SAMPLE_DAY} 12:05, the end after the start"
            )
            self._note("t_from_local", f"{error}; the time stays unresolved", advice)
        if span is not None and self._not_yet(span, row):
            message = "the event lies after the publication of its page; the time stays unresolved"
            self._note("t_from_local", message, "correct the time, its zone or pub_date")
            span = None
        if span is None:
            self.unresolved.append("when")
        return span

    def _frame(self, row: dict[str, str]) -> Frame:
        """Give by what the row's times are read: its own zone where it names one, else mission time."""
        mission = self.mission
        zone, rule = mission.zone, mission.zone_rule
        if named := row.get("zone", ""):
            zone, rule = mission_zone(named), f"the zone of the row, {named}"
        published = self._end_of_publication()
        return Frame(zone=zone, rule=rule, published=published, since=mission.report_from)

    def _end_of_publication(self) -> datetime:
        """Give when publication was over: that instant, or the end of the day where only it is known."""
        item = self.arrival.item
        if item.published is None:
            raise ValueError(_UNDATED)
        return item.published + (DAY if len(item.published_text) == _BARE_DATE else timedelta(0))

    def _not_yet(self, span: Span, row: dict[str, str]) -> bool:
        """Answer whether something is told as having happened that lies after its publication; a notice is of what is to come."""
        known = stance_of(row["kind"])
        if acts_of(row["act"]) == (Act.NOTIFICATION,):
            return False
        if known is None or known[0] in {Stance.AGREES, Stance.CALLS_FOR}:
            return False
        return span.earliest >= self._end_of_publication()

    def _count(self, row: dict[str, str], name: str) -> int | None:
        text = row[name]
        if not text:
            return None
        if not re.fullmatch(r"[0-9]{1,6}", text):
            self._note(name, f"{text!r} is not a number of persons; unresolved", "give digits only")
            self.unresolved.append(name)
            return None
        return int(text)


_SIDE_ADVICE = (
    "use an id of mission.yaml (parties, associated_forces, outsiders, third_party_classes)"
)
