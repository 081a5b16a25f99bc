"""The coder of monitor reports: a small grammar over the mentions; the mission itself speaks."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from truceline.model.acts import Act
from truceline.model.coding import Cited, Coder, Layer, Measure, Modality, PlaceRole
from truceline.model.evidence import Stance
from truceline.model.pack import ActorKind
from truceline.read.draft import Draft
from truceline.read.monitor import marks
from truceline.read.monitor import monitor_rules as book
from truceline.read.monitor import monitor_words as words
from truceline.read.monitor.stretch import (
    CAUSES,
    TRACES,
    WEAPON_WORDS,
    Fields,
    Report,
    Stretch,
)
from truceline.read.monitor.sums import recorded
from truceline.read.monitor.window import frame_of, window_in
from truceline.read.press.rules_coder import RulesCoder

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from truceline.read.document import Document
    from truceline.read.grammar.line import Ground, Line, PlaceAt

_LEADS = 8


@dataclass(frozen=True, slots=True)
class MonitorCoder:
    """Reads the reports of a monitoring mission; other texts give it nothing to read."""

    ground: Ground
    name: str = "monitor"

    def code(self, document: Document, lines: Sequence[Line] | None = None) -> list[Draft]:
        """Give the drafts of a report in reading order."""
        read = lines if lines is not None else RulesCoder(self.ground).lines(document)
        report = Report(self.ground, frame_of(document.text, document.published_local))
        found: list[Draft] = []
        for number, line in enumerate(read):
            whole = Stretch(line, number, line.sentence.start, line.sentence.end)
            found.extend(_draft(f, whole, report, document) for f in _read(report, whole))
        return found


def _read(report: Report, whole: Stretch) -> list[Fields]:
    """Read a sentence by the first rule that it calls and that finds something."""
    if book.OBSERVER.search(whole.words) is None and report.heading(whole):
        return []
    for called, reader in _READERS:
        found = list(reader(report, whole)) if called(whole) else []
        if found:
            return found
    return []


def _correction(report: Report, whole: Stretch) -> Iterator[Fields]:
    """Read `The table in the Daily Report of 5 May should have stated ...`."""
    f = Fields(book.CORRECTION, Stance.RETRACTS, flags=["correction"])
    text, frame = whole.line.text, report.frame
    dated = window_in(text, whole.first, whole.last, frame)
    if dated is not None and dated.time.low is not None:
        f.flags.append(f"corrects:{dated.time.low.date().isoformat()}")
    right = book.RIGHT_FOLLOWS.search(text, whole.first, whole.last)
    middle = right.end() if right else whole.first
    wrong = book.WRONG_FOLLOWS.search(text, middle, whole.last)
    good = whole.part(middle, wrong.start() if wrong else whole.last).reach()
    bad = whole.part(wrong.end(), whole.last) if wrong else whole.part(whole.first, middle)
    f.counts = (
        [s.count for s in words.seen_in(good)]
        or words.harmed_in(good)
        or words.bare_counts(good, Measure.VIOLATIONS)
    )
    old = words.bare_counts(bad.reach(), Measure.VIOLATIONS)
    f.flags.extend(f"instead_of:{c.low}" for c in old if c.low is not None)
    f.scenes = report.regions(whole)
    report.place(f, whole, PlaceRole.MENTIONED)
    yield f


def _told(report: Report, whole: Stretch) -> Iterator[Fields]:
    """Read `Residents told the mission that ...`: two layers of attribution."""
    text = whole.line.text
    cue = book.TOLD_US.search(text, whole.first, whole.last)
    if cue is None or not text[whole.first : cue.start()].strip():
        return
    before, after = whole.part(whole.first, cue.start()), whole.part(cue.end(), whole.last)
    f = Fields(book.TOLD)
    f.speaker = _holder(report, before, Cited(text=cue[0], start=cue.start(), end=cue.end()))
    reach = after.reach()
    f.counts = words.harmed_in(reach)
    f.acts = [Act.CASUALTIES] if f.counts else []
    seen = words.seen_in(reach)
    f.counts += [s.count for s in seen]
    report.acts(f, after, TRACES, [s.act for s in seen])
    report.when(f, after, inherit=False)
    if f.window is None:
        report.when(f, before, inherit=False)
        f.reporting = f.window is not None
    report.place(f, before, PlaceRole.VENUE)
    report.place(f, after, PlaceRole.SCENE)
    yield f


def _holder(report: Report, before: Stretch, cue: Cited) -> Layer:
    """Give who told it: the words before the verb, without the date that may lead the sentence."""
    text = before.line.text
    dated = window_in(text, before.first, before.last, report.frame)
    leads = dated is not None and dated.cited.start - before.first <= _LEADS
    start = dated.cited.end + 2 if dated is not None and leads else before.first
    end = before.first + len(before.words.rstrip())
    said = Cited(text=text[start:end], start=start, end=end)
    role = next((r for r, p in book.HOLDERS if p.search(said.text)), "third_person")
    actors = [a for a in before.line.actors if before.holds(a.i, a.j)]
    sides = tuple(dict.fromkeys(s for a in actors for s in a.sides))
    return Layer(said=said, cue=cue, actors=(), sides=sides, role=role)


def _casualty(report: Report, whole: Stretch) -> Iterator[Fields]:
    """Read corroborated and followed-up reports of persons harmed, part by part."""
    parts = whole.split(book.ANOTHER)
    own = [p for p in parts if words.harmed_in(p.reach()) and words.fates_in(p.reach())]
    if len(own) < len(parts) and ";" not in whole.words:
        parts = [whole]
    counted = [(p, words.harmed_in(p.reach())) for p in parts]
    total = words.total_in(whole.reach())
    harmed = sum(c.low or 0 for _, counts in counted for c in counts)
    for part, counts in counted:
        if not counts and (harmed or part.first != whole.first):
            continue
        f = Fields(book.CASUALTY, acts=[Act.CASUALTIES], counts=counts)
        _certainty(f, whole)
        if total is not None:
            f.flags.append(f"casualties:{total}")
            f.flags.extend(["casualties_do_not_add_up"] if total != harmed else [])
        report.acts(f, part, CAUSES, _causes(part))
        report.when(f, part, inherit=False)
        report.scene(f, part)
        yield f


def _causes(part: Stretch) -> list[Act]:
    return [act for act, pattern in book.CAUSES if pattern.search(part.words)]


def _certainty(f: Fields, whole: Stretch) -> None:
    """Tell a corroborated report from one that is followed up or could not be supported."""
    if book.UNSUPPORTED.search(whole.words):
        f.modality = Modality.POSSIBLE
        f.flags.append("not_corroborated")
    elif book.CONFIRMED.search(whole.words):
        f.stance = Stance.CONFIRMS
    elif book.FOLLOWING.search(whole.words):
        f.modality = Modality.POSSIBLE
        f.flags.append("following_up")


def _restriction(report: Report, whole: Stretch) -> Iterator[Fields]:
    """Read what kept the mission from going or seeing, part by part."""
    for part in whole.split(book.ANEW):
        kinds = [k for k, p in book.RESTRICTED if p.search(part.words)]
        if not kinds and book.UNSPECIFIED.search(part.words):
            kinds = ["unspecified"]
        if not kinds:
            continue
        f = Fields(book.RESTRICTION, flags=[f"restriction:{k}" for k in kinds])
        report.when(f, part, inherit=False)
        report.scene(f, part)
        for actor in part.line.actors:
            if part.holds(actor.i, actor.j) and actor.sides:
                f.actors.extend(actor.sides)
                f.actor_words.append(part.line.cited(actor.i, actor.j))
        if "gunfire" in kinds:
            report.acts(f, part, WEAPON_WORDS, [])
        yield f


def _weapons(report: Report, whole: Stretch) -> Iterator[Fields]:
    """Read weapons in violation of withdrawal lines, outside storage, in a zone, or missing."""
    kind = next(k for k, p in book.STORED if p.search(whole.words))
    for part in _by_place(report, whole):
        f = Fields(book.WEAPONS, flags=[f"weapons:{kind}"])
        f.counts = words.equipment_in(part.reach())
        if kind == "presence" and not f.counts:
            continue
        report.means(f, whole)
        report.when(f, part, inherit=False)
        if f.window is None:
            report.when(f, whole, inherit=False)
        report.scene(f, part)
        yield f


def _by_place(report: Report, whole: Stretch) -> list[Stretch]:
    """Cut after each place if weapons are counted before each of them."""
    ends = [whole.line.tokens[p.j - 1].end for p in report.named(whole)]
    brackets = marks.location_brackets(whole.line.text, whole.first, whole.last)
    ends = [next((b for a, b in brackets if 0 <= a - e <= 1), e) for e in ends]
    parts = [whole.part(a, b) for a, b in pairwise([whole.first, *ends[:-1], whole.last])]
    if all(words.equipment_in(p.reach()) for p in parts):
        return parts
    return [whole]


def _impact(report: Report, whole: Stretch) -> Iterator[Fields]:
    """Read damage and craters seen at a place."""
    f = Fields(book.IMPACT)
    report.acts(f, whole, TRACES, _causes(whole))
    if f.acts:
        _certainty(f, whole)
        report.means(f, whole)
        report.when(f, whole, inherit=False)
        report.scene(f, whole)
        yield f


def _stored(whole: Stretch) -> bool:
    return any(p.search(whole.words) for _, p in book.STORED)


def _hindered(whole: Stretch) -> bool:
    said = whole.words
    if book.UNSPECIFIED.search(said) or book.LOST_SIGHT.search(said):
        return True
    return bool(book.HINDERED.search(said)) and any(p.search(said) for _, p in book.RESTRICTED)


def _damaged(whole: Stretch) -> bool:
    there = book.DAMAGED.search(whole.words) and book.OBSERVER.search(whole.words)
    return bool(there) and not marks.bearings(whole.line.text, whole.first, whole.last)


def _perceived(whole: Stretch) -> bool:
    called = (book.PERCEIVED, book.BEFORE, book.NONE, book.OF_THESE)
    return any(p.search(whole.words) for p in called)


_READERS: tuple[
    tuple[Callable[[Stretch], object], Callable[[Report, Stretch], Iterator[Fields]]], ...
] = (
    (lambda w: book.RIGHTED.search(w.words), _correction),
    (lambda w: book.TOLD_US.search(w.words), _told),
    (_stored, _weapons),
    (_hindered, _restriction),
    (lambda w: book.HARMED.search(w.words), _casualty),
    (_damaged, _impact),
    (_perceived, recorded),
)


def _draft(f: Fields, whole: Stretch, report: Report, document: Document) -> Draft:
    hedges = tuple(
        Cited(text=m[0], start=m.start(), end=m.end())
        for m in book.HEDGED.finditer(whole.line.text, whole.first, whole.last)
    )
    mission = _mission(whole, report, document)
    unknown = () if mission.actors else ("issuer_unresolved",)
    window = f.window
    return Draft(
        quote=Cited(text=whole.words, start=whole.first, end=whole.last),
        sentence=whole.number,
        stance=f.stance,
        acts=tuple(f.acts),
        layers=(mission, f.speaker) if f.speaker else (mission,),
        actors=tuple(dict.fromkeys(f.actors)),
        actor_words=tuple(f.actor_words),
        targets=(),
        participants=(),
        places=_once(f.scenes),
        other_places=tuple(f.others),
        origins=(),
        time=window.time if window else None,
        time_cited=window.cited if window and not f.inherited else None,
        time_inherited=f.inherited,
        reporting=f.reporting,
        background=f.background,
        counts=tuple(f.counts),
        cues=tuple(dict.fromkeys(f.cues)),
        instruments=(),
        hedges=hedges,
        modality=f.modality,
        attitude=None,
        denied=None,
        direct=False,
        coder=Coder(name="monitor", version=book.VERSION, rules=(f.rule,)),
        flags=tuple(dict.fromkeys((*f.flags, *unknown, *report.frame.flags))),
    )


def _mission(whole: Stretch, report: Report, document: Document) -> Layer:
    """Give the mission as the speaker: the issuer, else the one organisation the sentence names."""
    found = book.OBSERVER.search(whole.words)
    said = None
    if found:
        start = whole.first + found.start()
        said = Cited(text=found[0], start=start, end=start + len(found[0]))
    actor = document.issuer_actor or document.issuer
    known = {a.id for a in report.ground.pack.actors if a.kind is ActorKind.ORGANISATION}
    if actor is None:
        actor = next((i for a in whole.line.actors for i in a.ids if i in known), None)
    return Layer(
        said=said,
        cue=None,
        actors=(actor,) if actor in known and actor else (),
        sides=(),
        role="observer",
        inferred=said is None,
    )


def _once(places: Iterable[PlaceAt]) -> tuple[PlaceAt, ...]:
    found: dict[str, PlaceAt] = {}
    for place in places:
        found.setdefault(place.place.gazetteer_id or place.place.text, place)
    return tuple(found.values())
