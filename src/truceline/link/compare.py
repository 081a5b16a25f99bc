"""The readable list of comparisons: each looks at two claims and gives bits and a sentence, or nothing.

Weights are log2 odds set by expert judgement (engine page, "Linking"); they are part of the method
digest. A comparison that finds the claims contradictory gives `VETO`: no cluster may hold both.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from truceline.link.lifting import lifting, other_objects
from truceline.link.reasons import VETO, said
from truceline.link.where import place
from truceline.model.acts import Act, lineage, one_line
from truceline.model.evidence import ACCUSING, Stance
from truceline.model.place_time import Span, TimePrecision
from truceline.text.likeness import likeness

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable

    from truceline.model.evidence import Claim, Harm
    from truceline.model.incident import Reason
    from truceline.model.mission import Mission, Windows

HOUR = timedelta(hours=1)
_HALF_DAY = timedelta(hours=12)
_MINUTE = TimePrecision.MINUTE


def time(a: Claim, b: Claim, mission: Mission) -> Reason:
    """Compare when: overlap as fine as the coarser time, or publication where a time is missing."""
    if a.span is None or b.span is None:
        return _publication(a, b)
    return spans(a.span, b.span, mission.windows)


def spans(a: Span, b: Span, windows: Windows) -> Reason:
    """Compare two spans by their gap and by the wider of the two."""
    gap = a.gap(b) / HOUR
    if gap > windows.base_hours:
        return said("time", VETO, f"the times lie at least {gap:.1f} hours apart")
    if abs(a.middle - b.middle) / HOUR > windows.max_hours:
        return said("time", VETO, "one of the times is too wide to compare")
    if _touch(a, b) or _touch(b, a):
        # Days are half-open: 24:00 ends the one, 00:00 begins the other; so are the long periods of a report.
        apart = _periods(a, b)
        return said("time", VETO if apart else 0.0, "the times touch and share no moment")
    width = max(a.width, b.width) / HOUR
    if gap > 0:
        return said("time", -0.5, f"the times miss each other by {gap:.1f} hours")
    for hours, bits in ((2.0, 4.0), (12.0, 2.5), (33.0, 1.5)):
        if width <= hours:
            return said("time", bits, f"the times agree to within {hours:.0f} hours")
    return said("time", 0.5, "the times overlap, but one of them is wide")


def _periods(a: Span, b: Span) -> bool:
    """Answer whether two times are stretches that somebody reports on one after the other: days, or ranges of half a day or more."""
    if a.precision is b.precision is TimePrecision.DAY:
        return True
    long = min(a.width, b.width) >= _HALF_DAY
    return long and a.precision is b.precision is TimePrecision.RANGE


def _touch(earlier: Span, later: Span) -> bool:
    """Answer whether one ends where the other begins; what has no length ends nothing."""
    return earlier.width > timedelta(0) and earlier.latest == later.earliest


def series(a: Claim, b: Claim, _: Mission) -> Reason:
    """Compare what is told to the minute: another hour, and another number or another thing hit, are another strike."""
    if a.span is None or b.span is None or not a.span.precision is b.span.precision is _MINUTE:
        return said("series", 0.0, "not told to the minute")
    if a.span.gap(b.span) < HOUR:
        return said("series", 0.0, "not told apart")
    pairs = (_pair(a.harm.killed, b.harm.killed), _pair(a.harm.injured, b.harm.injured))
    if any(pair and pair[0] != pair[1] for pair in pairs):
        return said("series", VETO, "told apart by hour and number")
    if other_objects(a, b):
        return said("series", VETO, "told apart by hour and what was hit")
    return said("series", 0.0, "not told apart")


def _publication(a: Claim, b: Claim) -> Reason:
    for claim, other in ((a, b), (b, a)):
        if claim.span and claim.span.earliest > other.dated + timedelta(hours=36):
            return said("time", VETO, "one was published before the other's event")
    days = abs(a.dated - b.dated).days
    if days == 0:
        return said("time", 1.0, "a time is missing; both were published on one day")
    if days == 1:
        return said("time", 0.0, "a time is missing; published a day apart")
    return said("time", -2.0, f"a time is missing; published {days} days apart")


def act(a: Claim, b: Claim, _: Mission) -> Reason:
    """Compare what was done on the tree of acts."""
    if not a.acts or not b.acts:
        return said("act", 0.0, "an act is missing")
    return acts(a.acts, b.acts)


def acts(a: Collection[Act], b: Collection[Act]) -> Reason:
    """Compare two lists of acts: same, one more general, one family, or different."""
    pairs = [(x, y) for x in a for y in b]
    if any(x == y and x is not Act.HOSTILE_ACT for x, y in pairs):
        return said("act", 1.5, "the same act")
    if one_line(a, b):
        return said("act", 0.5, "one act is a more general word for the other")
    if any(len(set(lineage(x)) & set(lineage(y))) > 1 for x, y in pairs):
        return said("act", 0.0, "acts of one family")
    return said("act", -3.5, "different acts")


def actor(a: Claim, b: Claim, mission: Mission) -> Reason:
    """Compare who is said to have done it; opposite roles are a mirror, never the same event."""
    left, right = _camps(a.actors, mission), _camps(b.actors, mission)
    if left and right:
        if left & right and not set(a.actors) & set(b.actors):
            return said("actor", 0.0, "different bodies of one side are said to have acted")
        if left & right:
            return said("actor", 0.5, "the same side is said to have acted")
        return said("actor", VETO, "different sides are said to have acted")
    left, right = _accusers(a, mission), _accusers(b, mission)
    if left and right and not left & right:
        return said("actor", -2.0, "opposite sides speak and an accused is missing")
    return said("actor", 0.0, "an accused is missing")


def _camps(sides: Iterable[str], mission: Mission) -> set[str]:
    return {mission.camp(side) for side in sides} & set(mission.party_ids)


def _accusers(claim: Claim, mission: Mission) -> set[str]:
    if claim.speaker is None or claim.stance not in ACCUSING:
        return set()
    return _camps(claim.speaker.sides, mission)


def text(a: Claim, b: Claim, _: Mission) -> Reason:
    """Compare the words: near-identical text is one statement repeated."""
    left, right = a.quote or a.paraphrase, b.quote or b.paraphrase
    if not left or not right:
        return said("text", 0.0, "a text is missing")
    alike = likeness(left, right)
    for least, bits in ((0.8, 6.0), (0.4, 3.0), (0.2, 1.5), (0.1, 0.5)):
        if alike >= least:
            return said("text", bits, f"{alike:.0%} of the words are shared")
    return said("text", -0.5, "the words differ")


def harm(a: Claim, b: Claim, _: Mission) -> Reason:
    """Compare figures of persons killed and injured.

    An admission that mentions no harm is never joined to reported harm: that would put into the
    mouth of the side that admits more than it said. People may still rule the two one event.
    """
    if _puts_words_into_mouth(a, b) or _puts_words_into_mouth(b, a):
        return said("harm", VETO, "one admits an act without the harm the other reports")
    both = " and ".join(sorted((_say(a.harm), _say(b.harm))))
    bits, how = _toll(a, b)
    return said("harm", bits, f"{how}: {both}" if bits else "figures say nothing")


def _toll(a: Claim, b: Claim) -> tuple[float, str]:
    """Weigh figures: both the same, the same dead, a later count up to double, close, or unlike."""
    killed, injured = _pair(a.harm.killed, b.harm.killed), _pair(a.harm.injured, b.harm.injured)
    if any(pair and _unlike(*pair) for pair in (killed, injured)):
        return -0.75, "unlike figures"
    if killed is None:
        return 0.0, ""
    if killed[0] == killed[1]:
        return (
            (2.0, "like figures") if injured and injured[0] == injured[1] else (0.5, "as many dead")
        )
    first, later = killed if a.dated <= b.dated else killed[::-1]
    grown = a.dated != b.dated and later > first
    return (0.75, "a later count") if grown else (0.5, "close figures")


def _pair(a: int | None, b: int | None) -> tuple[int, int] | None:
    """Give two figures where both are told and not both are none."""
    return (a, b) if a is not None and b is not None and (a or b) else None


def _unlike(a: int, b: int) -> bool:
    return max(a, b) > 2 * max(1, min(a, b))


def _puts_words_into_mouth(admitting: Claim, other: Claim) -> bool:
    one_sided = admitting.stance is Stance.ADMITS and other.stance is not Stance.ADMITS
    return one_sided and _harmed(other.harm) and not _harmed(admitting.harm)


def _harmed(harm: Harm) -> bool:
    return bool(harm.killed or harm.injured)


def _say(harm: Harm) -> str:
    killed, injured = ("?" if n is None else n for n in (harm.killed, harm.injured))
    return f"{killed} killed, {injured} injured"


def page(a: Claim, b: Claim, _: Mission) -> Reason:
    """Compare the pages: one speaker who tells two things apart on one page means two things."""
    same_page = a.url is not None and a.url == b.url
    same_voice = (
        a.speaker is not None and b.speaker is not None and a.speaker.text == b.speaker.text
    )
    if same_page and Stance.DENIES in {a.stance, b.stance} and a.stance != b.stance:
        return said("page", 2.0, "one page sets the denial against the allegation")
    if same_page and same_voice and a.stance == b.stance:
        return said("page", -2.5, "one speaker tells the two apart on one page")
    return said("page", 0.0, "different pages or speakers")


COMPARISONS: tuple[Callable[[Claim, Claim, Mission], Reason], ...] = (
    time, place, act, actor, text, harm, page, series, lifting,
)  # fmt: skip
