"""An activity is announced: forbidden only where no notice of it reached those who have to get it, in time."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from truceline.judge.matter import not_assessable
from truceline.model.evidence import Stance
from truceline.model.judgement import ClassificationState
from truceline.model.place_time import Answer, Place, Span, arc_km
from truceline.terms.periods import length_of

if TYPE_CHECKING:
    from datetime import datetime

    from truceline.judge.matter import Judged, Matter
    from truceline.model.agreement import Prohibition
    from truceline.model.arms import Notice
    from truceline.model.evidence import Claim
    from truceline.model.mission import Mission

_DAY = timedelta(days=1)


def given(matter: Matter, provision: Prohibition) -> Judged | None:
    """Ask whether a notice covers an activity; None where it surely came too late, or its recipient says that none came.

    The word of whoever acted is no proof of a notice, and the lack of one in the evidence no proof that none was given.
    """
    notice, span, camp = provision.notice, matter.incident.span, matter.finding.attribution.party
    if notice is None:
        return None
    if camp is None or span is None:
        what = "who acted is not acknowledged" if camp is None else "its time is not known"
        return not_assessable(f"{what}, so which notice to look for cannot be told")
    notices = [c for c in matter.notices if _about(c, matter, camp)]
    got = [c for c in notices if _receives(c, notice, matter.mission)]
    if not got:
        alone = "; whoever acted says that notice was given" if notices else ""
        return not_assessable(
            f"no word of those who receive notices is among the evidence{alone}; they have to say whether one came"
        )
    return _timely([c for c in got if c.stance is not Stance.DENIES], notice, span, matter.mission)


def _timely(notices: list[Claim], notice: Notice, span: Span, mission: Mission) -> Judged | None:
    found = {_in_time(claim, notice, span, mission) for claim in notices}
    if Answer.YES in found:
        return ClassificationState.NO_VIOLATION, (
            f"it was announced at least {notice.ahead} ahead",
        )
    if Answer.CANNOT_TELL in found:
        return not_assessable(
            f"whether the notice came {notice.ahead} ahead and covers it cannot be told"
        )
    return None


def _about(claim: Claim, matter: Matter, camp: str) -> bool:
    """Answer whether a claim speaks of a side's notice for that place and time, or denies one."""
    mission, span = matter.mission, matter.incident.span
    theirs = {mission.camp(side) for side in claim.actors} or {
        mission.camp(side) for side in (claim.speaker.sides if claim.speaker else ())
    }
    if mission.camp(camp) not in theirs or claim.span is None or span is None:
        return False
    apart = claim.span.latest < span.earliest or span.latest < claim.span.earliest
    return not apart and any(_reach(a, b) for a in claim.places for b in matter.incident.places)


def _reach(one: Place, other: Place) -> bool:
    if one.gazetteer_id and one.gazetteer_id in {other.gazetteer_id, *other.within}:
        return True
    return arc_km(one.lat, one.lon, other.lat, other.lon) <= one.radius_km + other.radius_km


def _receives(claim: Claim, notice: Notice, mission: Mission) -> bool:
    """Answer whether it is told by a source that gets notices, or by a member of a body that does."""
    known = set(notice.to)
    for body in mission.bodies:
        if body.id in known:
            known |= set(body.members)
    return any(v.source in known or (v.side in known and v.side not in claim.actors)
               for v in claim.speaker_voices)  # fmt: skip


def _in_time(claim: Claim, notice: Notice, span: Span, mission: Mission) -> Answer:
    """Answer whether a notice came long enough ahead and covers all of the time; of a bare day its end is taken too."""
    first, last = _came(claim, mission)
    surely = _due(span.earliest, notice) >= last
    late = _due(span.latest, notice) < first
    told = claim.span
    covers = told is not None and told.earliest <= span.earliest and span.latest <= told.latest
    if late:
        return Answer.NO
    return Answer.YES if surely and covers else Answer.CANNOT_TELL


def _came(claim: Claim, mission: Mission) -> tuple[datetime, datetime]:
    """Give the first and last instant at which it may have come."""
    local = claim.dated.astimezone(mission.zone)
    bare = (local.hour, local.minute, local.second) == (0, 0, 0)
    return claim.dated, claim.dated + (_DAY if bare else timedelta(0))


def _due(start: datetime, notice: Notice) -> datetime:
    """Give the latest instant at which a notice of an activity had to come; days are of 24 hours here."""
    length = length_of(notice.ahead)
    return start - timedelta(days=length.days + 30 * length.months) - length.hours
