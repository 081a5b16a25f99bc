"""The readable list of comparisons: each looks at two claims and gives bits and a sentence, or nothing.

Weights are log2 odds set by expert judgement (engine page, "Linking"); they are part of the method
digest. A comparison that finds the claims contradictory gives `VETO`: no cluster may hold both.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from truceline.model.evidence import ACCUSING, Act, Stance, is_kind_of, lineage
from truceline.model.incident import Reason
from truceline.model.place_time import Place, PlaceKind, Span, TimePrecision, distance_km
from truceline.text.likeness import likeness

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from truceline.model.evidence import Claim, Harm
    from truceline.model.mission import Mission, Windows

VETO = -1_000.0
HOUR = timedelta(hours=1)
_WIDE = {PlaceKind.FRONT, PlaceKind.DIRECTION}
_NARROW_KM = 10.0
_MINUTE = TimePrecision.MINUTE


def _reason(rule: str, bits: float, sentence: str) -> Reason:
    return Reason(rule=rule, bits=bits, sentence=sentence)


def time(a: Claim, b: Claim, mission: Mission) -> Reason:
    """Compare when: overlap as fine as the coarser time, or publication where a time is missing."""
    if a.span is None or b.span is None:
        return _publication(a, b)
    return spans(a.span, b.span, mission.windows)


def spans(a: Span, b: Span, windows: Windows) -> Reason:
    """Compare two spans by their gap and by the wider of the two."""
    gap = a.gap(b) / HOUR
    if gap > windows.base_hours:
        return _reason("time", VETO, f"the times lie at least {gap:.1f} hours apart")
    if abs(a.middle - b.middle) / HOUR > windows.max_hours:
        return _reason("time", VETO, "one of the times is too wide to compare")
    if _touch(a, b) or _touch(b, a):
        # Days are half-open: 24:00 ends the one, 00:00 begins the other.
        apart = a.precision is b.precision is TimePrecision.DAY
        return _reason("time", VETO if apart else 0.0, "the times touch and share no moment")
    width = max(a.width, b.width) / HOUR
    if gap > 0:
        return _reason("time", -0.5, f"the times miss each other by {gap:.1f} hours")
    for hours, bits in ((2.0, 4.0), (10.0, 2.5), (33.0, 1.5)):
        if width <= hours:
            return _reason("time", bits, f"the times agree to within {hours:.0f} hours")
    return _reason("time", 0.5, "the times overlap, but one of them is wide")


def _touch(earlier: Span, later: Span) -> bool:
    """Answer whether one ends where the other begins; what has no length ends nothing."""
    return earlier.width > timedelta(0) and earlier.latest == later.earliest


def series(a: Claim, b: Claim, _: Mission) -> Reason:
    """Compare what is told to the minute: another hour and another number of dead are another strike."""
    if a.span is None or b.span is None or not a.span.precision is b.span.precision is _MINUTE:
        return _reason("series", 0.0, "not told to the minute")
    apart = a.span.gap(b.span) >= HOUR
    if apart and _figures(a.harm.killed, b.harm.killed) < 0:
        return _reason("series", VETO, "told apart by hour and number")
    return _reason("series", 0.0, "not told apart")


def _publication(a: Claim, b: Claim) -> Reason:
    for claim, other in ((a, b), (b, a)):
        if claim.span and claim.span.earliest > other.dated + timedelta(hours=36):
            return _reason("time", VETO, "one was published before the other's event")
    days = abs((a.dated - b.dated).days)
    if days == 0:
        return _reason("time", 1.0, "a time is missing; both were published on one day")
    if days == 1:
        return _reason("time", 0.0, "a time is missing; published a day apart")
    return _reason("time", -2.0, f"a time is missing; published {days} days apart")


def near(a: Place, b: Place, windows: Windows) -> bool:
    """Answer whether two places may be one: same entry, one inside the other, or close enough."""
    if a.gazetteer_id and a.gazetteer_id == b.gazetteer_id:
        return True
    if (a.gazetteer_id in b.within) or (b.gazetteer_id in a.within):
        return True
    reach = windows.base_km + a.radius_km + b.radius_km
    widest = max(windows.max_km, a.radius_km + windows.base_km, b.radius_km + windows.base_km)
    return distance_km(a, b) <= min(reach, widest)


def place(a: Claim, b: Claim, mission: Mission) -> Reason:
    """Compare where: how many of the places named are shared, and how small they are."""
    if not a.places or not b.places:
        return _reason("place", 0.0, "a place is missing")
    return places(a.places, b.places, mission.windows)


def places(a: tuple[Place, ...], b: tuple[Place, ...], windows: Windows) -> Reason:
    """Compare two lists of places."""
    pairs = [(x, y) for x in a for y in b if near(x, y, windows)]
    if not pairs:
        km = min(distance_km(x, y) for x in a for y in b)
        return _reason("place", VETO, f"the places lie {km:.0f} km apart")
    shared = min(len({x.text for x, _ in pairs}), len({y.text for _, y in pairs}))
    share = shared / (len(a) + len(b) - shared)
    bits = max(_nearness(x, y) for x, y in pairs)
    names = ", ".join(sorted({x.name for x, _ in pairs}))
    if share < 1 / 2:
        return _reason("place", min(bits, 1.0), f"only part of the places is shared: {names}")
    return _reason("place", bits, f"the places agree: {names}")


def _nearness(a: Place, b: Place) -> float:
    same = a.gazetteer_id is not None and a.gazetteer_id == b.gazetteer_id
    radius = max(a.radius_km, b.radius_km)
    if a.kind in _WIDE or b.kind in _WIDE:
        return 2.0 if same else 0.5
    if radius <= _NARROW_KM:
        return 3.0 if same else 2.0
    return 2.5 if same else 1.5


def act(a: Claim, b: Claim, _: Mission) -> Reason:
    """Compare what was done on the tree of acts."""
    if not a.acts or not b.acts:
        return _reason("act", 0.0, "an act is missing")
    return acts(a.acts, b.acts)


def acts(a: Iterable[Act], b: Iterable[Act]) -> Reason:
    """Compare two lists of acts: same, one more general, one family, or different."""
    pairs = [(x, y) for x in a for y in b]
    if any(x == y and x is not Act.HOSTILE_ACT for x, y in pairs):
        return _reason("act", 1.5, "the same act")
    if any(is_kind_of(x, y) or is_kind_of(y, x) for x, y in pairs):
        return _reason("act", 0.5, "one act is a more general word for the other")
    if any(len(set(lineage(x)) & set(lineage(y))) > 1 for x, y in pairs):
        return _reason("act", 0.0, "acts of one family")
    return _reason("act", -3.5, "different acts")


def actor(a: Claim, b: Claim, mission: Mission) -> Reason:
    """Compare who is said to have done it; opposite roles are a mirror, never the same event."""
    left, right = _camps(a.actors, mission), _camps(b.actors, mission)
    if left and right:
        if left & right:
            return _reason("actor", 0.5, "the same side is said to have acted")
        return _reason("actor", VETO, "different sides are said to have acted")
    left, right = _accusers(a, mission), _accusers(b, mission)
    if left and right and not left & right:
        return _reason("actor", -2.0, "opposite sides speak and an accused is missing")
    return _reason("actor", 0.0, "an accused is missing")


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
        return _reason("text", 0.0, "a text is missing")
    alike = likeness(left, right)
    for least, bits in ((0.8, 6.0), (0.4, 3.0), (0.2, 1.5), (0.1, 0.5)):
        if alike >= least:
            return _reason("text", bits, f"{alike:.0%} of the words are shared")
    return _reason("text", -0.5, "the words differ")


def harm(a: Claim, b: Claim, _: Mission) -> Reason:
    """Compare figures of persons killed and injured.

    An admission that mentions no harm is never joined to reported harm: that would put into the
    mouth of the side that admits more than it said. People may still rule the two one event.
    """
    if _puts_words_into_mouth(a, b) or _puts_words_into_mouth(b, a):
        return _reason("harm", VETO, "one admits an act without the harm the other reports")
    bits = sum(
        _figures(x, y)
        for x, y in ((a.harm.killed, b.harm.killed), (a.harm.injured, b.harm.injured))
    )
    if bits > 0:
        return _reason("harm", bits, f"like figures: {_say(a.harm)} and {_say(b.harm)}")
    if bits < 0:
        return _reason("harm", bits, f"unlike figures: {_say(a.harm)} and {_say(b.harm)}")
    return _reason("harm", 0.0, "figures say nothing")


def _puts_words_into_mouth(admitting: Claim, other: Claim) -> bool:
    one_sided = admitting.stance is Stance.ADMITS and other.stance is not Stance.ADMITS
    return one_sided and _harmed(other.harm) and not _harmed(admitting.harm)


def _harmed(harm: Harm) -> bool:
    return bool(harm.killed or harm.injured)


def _figures(a: int | None, b: int | None) -> float:
    if a is None or b is None or max(a, b) == 0:
        return 0.0
    if a == b:
        return 1.0
    return 0.25 if max(a, b) <= 3 * max(1, min(a, b)) else -1.0


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
        return _reason("page", 2.0, "one page sets the denial against the allegation")
    if same_page and same_voice and a.stance == b.stance:
        return _reason("page", -2.5, "one speaker tells the two apart on one page")
    return _reason("page", 0.0, "different pages or speakers")


COMPARISONS: tuple[Callable[[Claim, Claim, Mission], Reason], ...] = (
    time, place, act, actor, text, harm, page, series,
)  # fmt: skip
