"""Texts to claims: each item through its profile's coder; what was said before is a repetition."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple, Protocol, assert_never

from truceline.model.coding import Doubt
from truceline.model.evidence import Claim, Repetition, Sameness
from truceline.model.problem import Problem, Severity
from truceline.model.provenance import ChannelOwner
from truceline.read.built import Builder, Provenance
from truceline.read.document import Document, Profile, Publisher, document_of
from truceline.read.form.messages import FormCoder
from truceline.read.gates import gated
from truceline.read.grammar.line import Ground
from truceline.read.merge import Disagreement, merge
from truceline.read.monitor.dailies import MonitorCoder
from truceline.read.naming.lexicon import Matcher
from truceline.read.naming.placing import Gazetteer
from truceline.read.press.rules_coder import RulesCoder
from truceline.store.canonical import sha256_hex
from truceline.terms.voices import Voices
from truceline.text.canonical_text import UnreadableTextError, canonical_text
from truceline.text.fingerprints import near_duplicates, sentence_fingerprint
from truceline.text.heading import split_heading
from truceline.text.language import language_of
from truceline.text.names import fold

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from truceline.model.evidence import Arrival, Item
    from truceline.model.mission import Mission
    from truceline.model.pack import Pack
    from truceline.read.draft import Draft
    from truceline.read.grammar.line import Line
    from truceline.read.llm import LlmCoder

COPY = 0.7


class Coder(Protocol):
    """Anything that reads a document into drafts; all coders stand on the same mentions."""

    name: str

    def code(self, document: Document, lines: Sequence[Line]) -> list[Draft] | None:
        """Give the drafts of a document in reading order, None when the coder did not read it."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class TextsRead:
    """What reading gives: claims, what only repeats, questions for people, and problems.

    `replies` are the sha256 of a model's recorded replies that were read, sorted.
    """

    claims: tuple[Claim, ...] = ()
    repetitions: tuple[Repetition, ...] = ()
    doubts: tuple[Doubt, ...] = ()
    problems: tuple[Problem, ...] = ()
    replies: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class OneRead:
    """One text as read: the document, its claims in reading order, and the sentence of each."""

    document: Document
    claims: tuple[Claim, ...]
    sentences: tuple[int, ...]
    doubts: tuple[Doubt, ...]


@dataclass
class TextReader:
    """Reads texts with one pack; `second` is a further coder whose reading is compared."""

    pack: Pack
    mission: Mission | None = None
    second: Coder | None = None
    matchers: dict[str, Matcher] = field(default_factory=dict)

    @cached_property
    def _places(self) -> Gazetteer:
        places = {place.id: place for place in self.pack.places}
        if self.mission is not None:
            places.update((place.id, place) for place in self.mission.gazetteer)
        return Gazetteer(tuple(places[name] for name in sorted(places)))

    @cached_property
    def ground(self) -> Ground:
        """What all coders stand on."""
        return Ground(self.pack, self._places, self.matchers)

    @cached_property
    def _builder(self) -> Builder:
        voices = Voices(self.mission) if self.mission is not None else None
        name = self.mission.id if self.mission is not None else self.pack.id
        return Builder(name, self.pack, self.mission, voices)

    def matcher(self, language: str) -> Matcher | None:
        """Give the matcher of a language, None where the pack has no lexicon for it."""
        if language not in self.matchers:
            if language not in self.pack.lexicons:
                return None
            self.matchers[language] = Matcher.of(self.pack, language, self._places.entries)
        return self.matchers[language]

    def read(self, text: str, item: Item, language: str) -> OneRead:
        """Read one canonical text; raises KeyError for a language without a lexicon."""
        matcher = self.matcher(language)
        if matcher is None:
            raise KeyError(language)
        profile = Profile(item.profile or Profile.NEWS)
        zone = self.mission.zone if self.mission is not None else self.pack.zone
        local = item.published.astimezone(zone) if item.published and zone else item.published
        issuer = item.issuer if profile is not Profile.NEWS else None
        document = document_of(
            text, matcher, profile, local, Publisher(item.outlet, issuer, self._issuing(item))
        )
        drafts, differing = self._code(document)
        provenance = Provenance(
            item.id,
            item.published,
            item.outlet,
            item.url,
            language,
            profile,
            item.translated,
            issuer=issuer if profile is Profile.PARTY_STATEMENT else None,
        )
        kept = [d for d in drafts if text[d.quote.start : d.quote.end] == d.quote.text]
        claims = self._builder.claims(kept, provenance)
        doubts = tuple(_doubt(item.id, claims[d.index], d) for d in differing)
        return OneRead(
            document=document,
            claims=tuple(claims),
            sentences=tuple(d.sentence for d in kept),
            doubts=doubts,
        )

    def _issuing(self, item: Item) -> str | None:
        """Give the actor that issued a report: the issuer or outlet, where the pack knows it by name."""
        if not item.profile:
            return None
        known = self._actors_by_name
        return known.get(item.issuer or "") or known.get(fold(item.outlet or ""))

    @cached_property
    def _actors_by_name(self) -> dict[str, str]:
        """Actors' ids by their ids and folded names."""
        known = {a.id: a.id for a in self.pack.actors}
        known.update((fold(n.text), a.id) for a in self.pack.actors for n in a.aliases)
        return known

    def _code(self, document: Document) -> tuple[list[Draft], list[Disagreement]]:
        rules = RulesCoder(self.ground)
        lines = rules.lines(document)
        match document.profile:
            case Profile.NEWS | Profile.PARTY_STATEMENT:
                drafts = rules.code(document, lines)
            case Profile.MONITOR_REPORT:
                drafts = MonitorCoder(self.ground).code(document, lines)
            case Profile.FORM:
                drafts = FormCoder(self.ground).code(document, lines)
            case _ as never:
                assert_never(never)
        other = self.second.code(document, lines) if self.second is not None else None
        merged, differing = (drafts, []) if other is None else merge(drafts, other)
        kept, doubted = gated(merged, document, lines)
        return kept, [*differing, *doubted]


def read_texts(
    arrivals: Iterable[Arrival], mission: Mission, replies: Mapping[str, bytes] | None = None
) -> TextsRead:
    """Read every dated text of a mission; the earliest to say a thing has the claim.

    `replies` are a language model's recorded answers, for missions that name a second coder.
    """
    dated = [a for a in arrivals if a.item.published is not None]
    if not dated:
        return TextsRead()
    if mission.pack is None:
        return TextsRead(problems=tuple(_no_pack(a) for a in dated))
    run = _Run(TextReader(mission.pack, mission), mission)
    second = _second(run.reader, mission, replies or {})
    ordered = sorted(dated, key=lambda a: (a.item.published, a.item.id))
    for arrival in ordered:
        run.one(arrival)
    run.copies()
    return TextsRead(
        claims=tuple(sorted(run.claims, key=lambda c: c.id)),
        repetitions=tuple(sorted(run.repetitions, key=lambda r: (r.item, r.start, r.of_item))),
        doubts=tuple(run.doubts),
        problems=(*run.problems, *(second.problems if second else ())),
        replies=tuple(sorted({sha256_hex(e.raw) for e in second.exchanges})) if second else (),
    )


def _second(reader: TextReader, mission: Mission, replies: Mapping[str, bytes]) -> LlmCoder | None:
    """Give the reader the second coder that the mission names, answering from recorded replies."""
    if mission.second_coder is None:
        return None
    from truceline.read.llm import recorded_coder  # noqa: PLC0415  few missions have one

    reader.second = coder = recorded_coder(reader.ground, mission, replies)
    return coder


def item_text(item: Item) -> tuple[str, tuple[str, ...]]:
    """Give the canonical text of an item and its flags; raises UnreadableTextError."""
    heading, _ = split_heading(item.content, "")
    page = canonical_text(item.content[heading.begins :], item.media_type)
    return page.text, page.flags


@dataclass
class _Run:
    """All texts of a run, read in the order of publication."""

    reader: TextReader
    mission: Mission
    claims: list[Claim] = field(default_factory=list)
    repetitions: list[Repetition] = field(default_factory=list)
    doubts: list[Doubt] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    texts: dict[str, str] = field(default_factory=dict)
    items: list[Item] = field(default_factory=list)
    seen: dict[str, tuple[str, tuple[Claim, ...]]] = field(default_factory=dict)

    def one(self, arrival: Arrival) -> None:
        item = arrival.item
        try:
            text, _ = item_text(item)
        except UnreadableTextError as error:
            self._say(arrival, str(error.reason), error.advice)
            return
        language = item.language or language_of(text).code
        if self.reader.matcher(language) is None:
            known = ", ".join(sorted(self.reader.pack.lexicons))
            self._say(arrival, f"the language {language!r} is not read", f"readable here: {known}")
            return
        found = self.reader.read(text, item, language)
        self.texts[item.id] = text
        self.items.append(item)
        self._keep(found, item)

    def _keep(self, found: OneRead, item: Item) -> None:
        """Keep the claims of sentences that are new; the others are repetitions of earlier items.

        A repetition whose speaker is better known, or speaks on a channel of their own, keeps its claims: an
        anonymous copy that came first never silences who says it.
        """
        claims: dict[int, list[Claim]] = {}
        for claim, sentence in zip(found.claims, found.sentences, strict=True):
            claims.setdefault(sentence, []).append(claim)
        dropped: set[str] = set()
        for number, place in enumerate(found.document.sentences):
            words = found.document.text[place.start : place.end]
            mark = sentence_fingerprint(words)
            mine = claims.get(number, [])
            if mark is None:
                continue
            before = self.seen.get(mark)
            if before is None:
                self.seen[mark] = (item.id, tuple(mine))
            elif before[0] != item.id:
                better = [c for c in mine if _says_more(c, before[1])]
                dropped |= {c.id for c in mine if c not in better}
                self.seen[mark] = (before[0], (*before[1], *better))
                self.repetitions.append(
                    _repetition(
                        item,
                        before[0],
                        _Alike(Sameness.SENTENCE, 1.0),
                        (place.start, place.end),
                        tuple(c.id for c in before[1] if c.item == before[0]),
                    )
                )
        self.claims.extend(c for c in found.claims if c.id not in dropped)
        self.doubts.extend(d for d in found.doubts if d.claim not in dropped)

    def copies(self) -> None:
        """Note which texts are copies of earlier ones, altered sentences included."""
        order = {item.id: number for number, item in enumerate(self.items)}
        by_item: dict[str, list[str]] = {}
        for claim in self.claims:
            by_item.setdefault(claim.item, []).append(claim.id)
        for a, b, share in near_duplicates(self.texts, COPY):
            first, later = sorted((a, b), key=order.__getitem__)
            item = self.items[order[later]]
            self.repetitions.append(
                _repetition(
                    item,
                    first,
                    _Alike(Sameness.DOCUMENT, round(share, 3)),
                    (0, len(self.texts[later])),
                    tuple(sorted(by_item.get(first, ()))),
                )
            )
            self._silence(first, later)

    def _silence(self, first: str, later: str) -> None:
        """Drop a copy's claims of short sentences that the first text holds word for word."""
        said = fold(self.texts[first])
        told = [c for c in self.claims if c.item == first]
        self.claims = [
            c
            for c in self.claims
            if not (
                c.item == later
                and c.quote
                and sentence_fingerprint(c.quote) is None
                and fold(c.quote) in said
                and not _says_more(c, told)
            )
        ]

    def _say(self, arrival: Arrival, message: str, advice: str) -> None:
        self.problems.append(
            Problem(
                severity=Severity.ERROR,
                file=arrival.file,
                row=arrival.row,
                message=message,
                advice=advice,
            )
        )


def _says_more(claim: Claim, before: Iterable[Claim]) -> bool:
    """Answer whether a claim adds a speaker to those who said the same before, or the speaker's own channel."""
    earlier = tuple(before)
    known = {
        (v.source, v.side) for v in claim.speaker_voices if not v.medium and (v.source or v.side)
    }
    told = {(v.source, v.side) for c in earlier for v in c.speaker_voices}
    own = claim.chain.channel is ChannelOwner.OWN
    carried = any(c.chain.channel is ChannelOwner.OWN for c in earlier)
    return not earlier or bool(known - told) or (own and not carried)


class _Alike(NamedTuple):
    """What is the same in two items, and which share of it."""

    sameness: Sameness
    share: float


def _doubt(item: str, claim: Claim, found: Disagreement) -> Doubt:
    """Keep a field in which the coders differ."""
    return Doubt(
        item=item,
        claim=claim.id,
        field=found.field,
        readings=found.readings,
        start=claim.start or 0,
        end=claim.end or 0,
    )


def _repetition(
    item: Item,
    of_item: str,
    what: _Alike,
    where: tuple[int, int],
    claims: tuple[str, ...],
) -> Repetition:
    assert item.published is not None  # noqa: S101  undated items are set aside before
    return Repetition(
        item=item.id,
        of_item=of_item,
        sameness=what.sameness,
        share=what.share,
        start=where[0],
        end=where[1],
        claims=claims,
        published=item.published,
        outlet=item.outlet,
        url=item.url,
    )


def _no_pack(arrival: Arrival) -> Problem:
    return Problem(
        severity=Severity.ERROR,
        file=arrival.file,
        row=arrival.row,
        message="a text cannot be read: the mission names no data pack",
        advice="add `pack: NAME` to mission.yaml; `truceline pack list` shows the shipped ones",
    )
