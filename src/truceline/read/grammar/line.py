"""One sentence with everything that is named in it: the ground on which all coders stand."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, NamedTuple

from truceline.model.coding import Cited, PlaceRole
from truceline.model.place_time import distance_km
from truceline.read.grammar.clock import Anchor, Time, times_in
from truceline.read.grammar.counted import Counted, counts_in
from truceline.read.naming.actor import CAPITAL, PEOPLE, STATE, TERRITORY, Actor
from truceline.read.naming.mentions import actors_in

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import datetime

    from truceline.model.pack import Pack
    from truceline.model.place_time import Place
    from truceline.read.naming.cast import Cast
    from truceline.read.naming.lexicon import Hit, Matcher
    from truceline.read.naming.placing import Gazetteer
    from truceline.read.naming.wording import Words
    from truceline.text.tokens import Sentence, Token

_WEAK_SPEECH = frozenset(
    {
        "report",
        "post",
        "note",
        "claim",
        "request",
        "demand",
        "back",
        "support",
        "call",
        "state",
        "charge",
        "comment",
        "document",
        "estimate",
        "accept",
        "sign",
        "release",
        "hope",
        "mention",
        "promise",
        "pledge",
        "ask",
        "describe",
        "regret",
        "propose",
        "observe",
        "question",
        "appeal",
        "protest",
        "praise",
        "record",
        "register",
    }
)
_WIDER = 2
_ADVERBS = frozenset({"previously", "mutually", "already", "newly", "jointly"})
_KEPT_INSIDE = frozenset(
    {"side", "actor", "roles", "forces", "place", "instruments", "persons", "counts"}
)
_PLURALS = {
    "districts": "district",
    "regions": "district",
    "rayons": "district",
    "provinces": "district",
}
_NOUN_BEFORE = frozenset(
    {
        "phone",
        "telephone",
        "joint",
        "of",
        "no",
        "in",
        "on",
        "for",
        "recent",
        "official",
        "press",
        "new",
        "latest",
        "such",
        "with",
        "s",
        "media",
        "member",
        "military",
    }
)


@dataclass(frozen=True, slots=True)
class PlaceAt:
    """A place named at tokens `i` up to `j`, and its part in the sentence."""

    i: int
    j: int
    place: Place
    role: PlaceRole
    flags: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Ground:
    """What is the same for all texts of a run: pack, places and the words of each language."""

    pack: Pack
    gazetteer: Gazetteer
    matchers: dict[str, Matcher]


@dataclass(frozen=True, slots=True)
class Line:
    """A sentence: its tokens from 0, the phrases found, and the mentions they make."""

    text: str
    sentence: Sentence
    tokens: Sequence[Token]
    hits: tuple[Hit, ...]
    actors: tuple[Actor, ...]
    places: tuple[PlaceAt, ...]
    times: tuple[Time, ...]
    counts: tuple[Counted, ...]
    words: Words
    by_class: dict[str, tuple[Hit, ...]] = field(default_factory=dict)

    def of(self, cls: str) -> tuple[Hit, ...]:
        """Give the phrases of a class in reading order."""
        return self.by_class.get(cls, ())

    def keyed(self, cls: str, key: str) -> tuple[Hit, ...]:
        """Give the phrases of one key of a class."""
        return tuple(h for h in self.of(cls) if h.key == key)

    def cited(self, i: int, j: int) -> Cited:
        """Give the words of tokens `i` up to `j` with their place in the text."""
        start, end = self.tokens[i].start, self.tokens[j - 1].end
        return Cited(text=self.text[start:end], start=start, end=end)

    def norm(self, i: int) -> str:
        """Give the folded word at a token, empty outside the sentence."""
        return self.tokens[i].norm if 0 <= i < len(self.tokens) else ""

    def has(self, i: int, key: str) -> bool:
        """Answer whether the word at a token is one of the lexicon's grammar words of a key."""
        return 0 <= i < len(self.tokens) and self.tokens[i].norm in self.words[key]

    def between(self, i: int, j: int) -> set[str]:
        """Give the folded words of tokens `i` up to `j`."""
        return {t.norm for t in self.tokens[i:j]}

    def is_word(self, i: int, cls: str, key: str) -> bool:
        """Answer whether a phrase of a class and key begins at a token."""
        return any(h.i == i for h in self.keyed(cls, key))

    def ends_at(self, i: int, cls: str, key: str) -> bool:
        """Answer whether a phrase of a class and key ends right before a token."""
        return any(h.j == i for h in self.keyed(cls, key))


class Setting(NamedTuple):
    """What a text is read with: the places, the words of its language, and who was who on its day."""

    base: Ground
    matcher: Matcher
    cast: Cast


def line_of(
    text: str,
    sentence: Sentence,
    tokens: Sequence[Token],
    setting: Setting,
    published: datetime | None,
) -> Line:
    """Find everything that is named in one sentence."""
    base, matcher, cast = setting
    mine = tokens[sentence.first : sentence.last]
    hits = _lone(matcher.hits(mine, 0, len(mine)))
    pairs = [h for h in hits if h.cls == "others"]
    named = [h for h in hits if h.cls != "roles" or not _covered(h, pairs)]
    actors = actors_in(mine, named, cast, matcher.words)
    places = _listed(text, mine, list(_places(text, mine, hits, actors, base)), base)
    places = _qualified(mine, places, hits)
    actors = [_placed(a, mine, hits) for a in actors if not _is_place(a, mine, hits, places)]
    day = published.date() if published else None
    times = times_in(mine, hits, Anchor(day=day), matcher.words)
    kept = _spoken(mine, hits, actors)
    by_class: dict[str, list[Hit]] = {}
    for hit in kept:
        by_class.setdefault(hit.cls, []).append(hit)
    counts = counts_in(mine, hits, [(t.i, t.j) for t in times], matcher.words)
    return Line(
        text,
        sentence,
        mine,
        tuple(kept),
        tuple(actors),
        tuple(places),
        tuple(times),
        tuple(counts),
        matcher.words,
        {cls: tuple(found) for cls, found in by_class.items()},
    )


def _lone(hits: Iterable[Hit]) -> list[Hit]:
    """Drop a phrase that lies inside a longer one of its class: `ceasefire` in `broke the ceasefire`."""
    kept: list[Hit] = []
    longest: dict[str, tuple[int, int]] = {}
    for hit in sorted(hits, key=lambda h: (h.i, -h.j, h.cls, h.key)):
        reach = longest.get(hit.group, (0, 0))
        if hit.j <= reach[1] and (hit.i, hit.j) != reach:
            continue
        kept.append(hit)
        if hit.j > reach[1]:
            longest[hit.group] = (hit.i, hit.j)
    return kept


def _covered(hit: Hit, others: Sequence[Hit]) -> bool:
    return any(o.i <= hit.i and hit.j <= o.j for o in others)


def _places(
    text: str, tokens: Sequence[Token], hits: Sequence[Hit], actors: Sequence[Actor], ground: Ground
) -> Iterable[PlaceAt]:
    words = {h.i: h for h in hits if h.cls == "place_words"}
    before = {h.j: h for h in hits if h.cls == "place_words"}
    done = 0
    for hit in hits:
        if hit.cls != "place" or hit.i < done:
            continue
        if any(a.i < hit.j and hit.i < a.j and a.form not in {STATE, CAPITAL} for a in actors):
            continue
        j = hit.j
        follower = words.get(j)
        name = text[tokens[hit.i].start : tokens[j - 1].end]
        place = None
        if follower is not None and follower.key in {"district", "area", "settlement"}:
            whole = text[tokens[hit.i].start : tokens[follower.j - 1].end]
            place = ground.gazetteer.place(whole)
            if place is not None:
                j = follower.j
        if place is None:
            place = ground.gazetteer.place(name) or ground.gazetteer.known(hit.key, name)
        if place is None:
            continue
        role = _role(hit.i, tokens, before)
        kind = ground.pack.place_kinds.get(name)
        flags = (f"place_by_{kind.value}",) if kind and kind.value == "mt_variant" else ()
        done = j
        yield PlaceAt(hit.i, j, place, role, flags)


def _listed(
    text: str, tokens: Sequence[Token], places: list[PlaceAt], ground: Ground
) -> list[PlaceAt]:
    """Read `the Alpha, Beta and Gamma districts`: one plural word makes districts of the whole list."""
    for last in range(len(places) - 1, -1, -1):
        end = places[last].j
        plural = next(
            (
                tokens[k].norm
                for k in (end - 1, end)
                if k < len(tokens) and tokens[k].norm in _PLURALS
            ),
            None,
        )
        if plural is None:
            continue
        word = _PLURALS[plural]
        at = last
        while at >= 0 and (at == last or _joined(tokens, places[at], places[at + 1])):
            name = text[tokens[places[at].i].start : tokens[places[at].j - 1].end]
            district = ground.gazetteer.place(f"{name} {word}")
            if district is not None:
                places[at] = replace(places[at], place=district)
            at -= 1
    return places


def _qualified(
    tokens: Sequence[Token], places: list[PlaceAt], hits: Sequence[Hit]
) -> list[PlaceAt]:
    """Take the district in `the village, X district, Y province` for where the village is, no scene."""
    busy = {k for h in hits if h.cls == "place_words" for k in range(h.i, h.j)}
    for at in range(1, len(places)):
        before, place = places[at - 1], places[at]
        between = {tokens[k].norm for k in range(before.j, place.i) if k not in busy}
        next_to = between <= {",", "in", "of", "the"}
        wider = place.place.radius_km >= _WIDER * before.place.radius_km
        if next_to and wider and distance_km(before.place, place.place) <= place.place.radius_km:
            places[at] = replace(place, role=PlaceRole.MENTIONED)
    return places


def _joined(tokens: Sequence[Token], first: PlaceAt, second: PlaceAt) -> bool:
    between = {t.norm for t in tokens[first.j : second.i]}
    return bool(between) and between <= {",", "and", "the", "or"}


def _role(i: int, tokens: Sequence[Token], before: dict[int, Hit]) -> PlaceRole:
    k = i - 1
    while k > 0 and tokens[k].norm in {"the", "a"}:
        k -= 1
    if k >= 0 and tokens[k].norm in {"from", "из", "з", "із"}:
        return PlaceRole.ORIGIN
    cue = before.get(i)
    if cue is not None and cue.key == "not_scene":
        return PlaceRole.MENTIONED
    return PlaceRole.SCENE


def _is_place(
    actor: Actor, tokens: Sequence[Token], hits: Sequence[Hit], places: Sequence[PlaceAt]
) -> bool:
    """Answer whether the name of a capital or side is used as a place: `in Yerevan`."""
    if actor.form not in {CAPITAL, STATE} or actor.ids:
        return False
    located = any(h.cls == "grammar" and h.key == "in" and h.j == actor.i for h in hits)
    between = actor.i and tokens[actor.i - 1].norm in {"between", "along", "across", "to"}
    named = any(p.i <= actor.i and actor.j <= p.j + 1 for p in places)
    opening = actor.i == 0 and actor.form == CAPITAL and tokens[min(1, len(tokens) - 1)].text == ","
    return named and ((located and not between) or opening)


def _placed(actor: Actor, tokens: Sequence[Token], hits: Sequence[Hit]) -> Actor:
    """Take `in Armenia` for ground, not for somebody who acts."""
    if actor.form not in {STATE, CAPITAL, PEOPLE} or not actor.i:
        return actor
    word = tokens[actor.i - 1].norm
    within = any(
        h.cls == "grammar" and h.key == "in" and h.j == actor.i for h in hits
    ) and word not in {"between", "to", "along", "across"}
    return replace(actor, form=TERRITORY) if within and actor.form != PEOPLE else actor


def _spoken(tokens: Sequence[Token], hits: Sequence[Hit], actors: Sequence[Actor]) -> list[Hit]:
    """Drop cue words that lie inside a name, and speech words that are nouns here."""
    # "a strike it blamed on X" speaks of who did it; nobody says it there.
    longer = [
        h
        for h in hits
        if h.j - h.i > 1 and (h.cls == "acts" or (h.cls == "grammar" and h.key == "by"))
    ]
    kept = []
    for hit in hits:
        inside = any(a.i <= hit.i and hit.j <= a.j for a in actors if a.j - a.i > 1 or a.ids)
        if inside and hit.cls not in _KEPT_INSIDE:
            continue
        if hit.cls == "speech" and tokens[hit.i].hyphen:
            continue  # "X-backed"
        agreeing = hit.key == "agrees" and tokens[hit.i - 1].norm not in _ADVERBS
        if (
            hit.cls == "speech"
            and not agreeing
            and (
                _noun(hit, tokens, hits)
                or any(a.i <= hit.i and hit.j <= a.j and a.j - a.i > hit.j - hit.i for a in longer)
            )
        ):
            continue
        kept.append(hit)
    return kept


def _noun(hit: Hit, tokens: Sequence[Token], hits: Sequence[Hit]) -> bool:
    if hit.j - hit.i > 1:
        return False
    token = tokens[hit.i]
    if token.lemma not in _WEAK_SPEECH or token.norm not in {token.lemma, token.lemma + "s"}:
        return False
    word = tokens[hit.i - 1].norm if hit.i else ""
    if not word.endswith("s") and any(h.entry.form == PEOPLE and h.j == hit.i for h in hits):
        # "Armenian claims that ...": a quality before it makes it a noun.
        return True
    if word in _ADVERBS and token.norm.endswith("ed"):
        return True  # "previously agreed arrangements"
    if any(h.cls == "speech" and h.j == hit.i and h.key != hit.key for h in hits):
        # "rejected claims that ...": what is rejected.
        return True
    after = tokens[hit.j].norm if hit.j < len(tokens) else ""
    determined = any(
        h.cls == "grammar" and h.key in {"determiner", "of", "by"} and h.j == hit.i for h in hits
    )
    return determined or word in _NOUN_BEFORE or (after == "of" and token.norm != "accused")
