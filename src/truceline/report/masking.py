"""An assessment as it may stand outside the ledger: names of people who hold no public office are initials.

What a mission knows is left as it stands: its places, sides, sources, offices and their holders, agreements and outlets, and
its own people, who answer for what they decide. Names that two people decided to show (`unmask`) are left too. The same name
is hidden in every text, row and form of an item, alone as well, and in its address on the web.
"""

from __future__ import annotations

import dataclasses
import json
from dataclasses import replace
from enum import Enum
from functools import lru_cache
from typing import TYPE_CHECKING, Any, TypeVar
from urllib.parse import urlsplit

from anyascii import anyascii

from truceline.model.decision import Verdict
from truceline.model.pack import ActorKind
from truceline.store.canonical import canonical
from truceline.text.private import Name, Vocabulary, labels_of, masked, name_words, private_names

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from truceline.model.evidence import Claim, Item
    from truceline.model.mission import Mission
    from truceline.model.pack import Pack
    from truceline.model.report import Assessment

_LINK = ("http://", "https://")
# What is no text of anybody: the mission's own files, and what names the run.
_KEPT = frozenset(
    [
        "mission",
        "method",
        "items_digest",
        "as_of",
        "as_of_text",
        "edition",
        "without",
        "items",
        "excluded",
        "claims",
    ]
)
_Any = TypeVar("_Any")


def without_private_names(assessment: Assessment) -> Assessment:
    """Give an assessment in which nobody is named who holds no public office."""
    shown = {c for r in assessment.rulings if r.verdict is Verdict.UNMASK for c in r.claims}
    known = vocabulary(assessment.mission, (*assessment.items, *assessment.excluded))
    known = replace(known, public=known.public | _phrases(_deciders(assessment)))
    names = _names(assessment, known)
    open_items = {claim.item for claim in assessment.claims if claim.id in shown}
    opened = frozenset(name for item in open_items for name in names.get(item, ()))
    known = replace(known, public=known.public | opened)
    labels = labels_of(name for found in names.values() for name in found - opened)
    spoken = {item.id: item.language or "" for item in (*assessment.items, *assessment.excluded)}
    masks = {
        item: _Mask(known, found - opened, labels, spoken.get(item, ""))
        for item, found in names.items()
    }
    none = _Mask(known, frozenset(), labels)
    fields = {
        f.name: none.over(getattr(assessment, f.name))
        for f in dataclasses.fields(assessment) if f.name not in _KEPT
    }  # fmt: skip
    return replace(
        assessment, **fields,
        claims=tuple(masks.get(c.item, none).over(c) for c in assessment.claims),
        items=tuple(_item(i, masks.get(i.id, none)) for i in assessment.items),
        excluded=tuple(_item(i, masks.get(i.id, none)) for i in assessment.excluded),
    )  # fmt: skip


def hidden_in(text: str, mission: Mission) -> str:
    """Write what somebody of the mission says without the names of private people."""
    return masked(text, vocabulary(mission))


def _deciders(assessment: Assessment) -> Iterator[str]:
    """Name who decided: they answer for it, and their names leave the mission in no released report."""
    for ruling in (*assessment.rulings, *assessment.renewals):
        yield from filter(None, (ruling.proposed_by, ruling.approved_by))
    yield from (proposal.by for proposal in assessment.proposals)


def vocabulary(mission: Mission, items: Iterable[Item] = ()) -> Vocabulary:
    """Give the words and names that a mission knows, and the outlets of its items."""
    told = _phrases(_told(mission)) | (_phrases(_packed(mission.pack)) if mission.pack else set())
    own = (name for person in mission.people for name in person.names)
    public = _phrases(own) | (_phrases(_officials(mission.pack)) if mission.pack else set())
    # A source may be a person, so its name is known as a whole alone.
    sources = _phrases(_sources(mission, items))
    return Vocabulary(_words_of(told), frozenset(public), frozenset(told | sources))


class Hiding:
    """Hides the private names of one text, read with a pack, wherever they stand in it or in its claims."""

    def __init__(self, pack: Pack, text: str, language: str) -> None:
        told = _phrases(_packed(pack))
        known = Vocabulary(_words_of(told), frozenset(_phrases(_officials(pack))), frozenset(told))
        names = private_names(text, known, language)
        self._mask = _Mask(known, names, labels_of(names), language)

    def over(self, value: _Any) -> _Any:
        """Give a text or a noun without them."""
        return self._mask.over(value)


def _phrases(names: Iterable[str]) -> set[Name]:
    return {name_words(name) for name in names}


def _words_of(phrases: Iterable[Name]) -> frozenset[str]:
    return frozenset(word for phrase in phrases for word in phrase)


def _sources(mission: Mission, items: Iterable[Item]) -> Iterator[str]:
    for source in mission.sources:
        yield from (source.name, *source.aliases)
    yield from (item.outlet for item in items if item.outlet)


def _officials(pack: Pack) -> Iterator[str]:
    for actor in pack.actors:
        if actor.kind is ActorKind.PERSON:
            yield from (alias.text for alias in actor.aliases)


def _told(mission: Mission) -> Iterator[str]:
    yield mission.title
    for entry in mission.gazetteer:
        yield from (entry.name, *entry.aliases)
    yield from (party.name for party in mission.parties)
    yield from (force.name for force in mission.forces)
    for agreement in mission.agreements:
        yield agreement.title
        yield from (zone.name for zone in agreement.zones)
        yield from (provision.title for provision in agreement.provisions)


def _packed(pack: Pack) -> Iterator[str]:
    for side in pack.sides:
        yield from (alias.text for alias in (*side.state, *side.people, *side.capital))
    for actor in pack.actors:
        if actor.kind is not ActorKind.PERSON:
            yield from (alias.text for alias in actor.aliases)
    for place in pack.places:
        yield from (place.name, *place.aliases)
    for lexicon in pack.lexicons.values():
        for classes in lexicon.classes.values():
            yield from (phrase for phrases in classes.values() for phrase in phrases)


def _names(assessment: Assessment, known: Vocabulary) -> dict[str, frozenset[Name]]:
    """Give the private names of each item, from its own text and from what was read in it."""
    found: dict[str, frozenset[Name]] = {}
    for item in (*assessment.items, *assessment.excluded):
        text = "\n".join(_texts(item))
        found[item.id] = private_names(text, known, item.language or "")
    for claim in assessment.claims:
        told = frozenset(
            n for text in _said(claim) for n in private_names(text, known, claim.language or "")
        )
        found[claim.item] = found.get(claim.item, frozenset()) | told
    return found


def _texts(item: Item) -> Iterator[str]:
    cells = _cells(item)
    if cells is None:
        yield item.content.decode("utf-8", "replace")
    else:
        yield from _leaves(cells)


def _cells(item: Item) -> Mapping[str, Any] | None:
    """Give what an item that is a row holds, None of a text."""
    try:
        found = json.loads(item.content)
    except ValueError:
        return None
    return found if isinstance(found, dict) else None


def _leaves(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, list | dict):
        for part in value.values() if isinstance(value, dict) else value:
            yield from _leaves(part)


def _said(claim: Claim) -> Iterator[str]:
    yield from (t for t in (claim.quote, claim.paraphrase) if t)
    if claim.speaker:
        yield claim.speaker.text


class _Mask:
    """Hides names in every text of a tree of nouns."""

    def __init__(
        self,
        known: Vocabulary,
        names: frozenset[Name],
        labels: Mapping[str, int],
        language: str = "",
    ) -> None:
        self._known, self._names, self._labels, self._language = known, names, labels, language
        self._words = lru_cache(maxsize=1 << 14)(self._text)

    def over(self, value: _Any) -> _Any:
        """Give a value with every text in it masked; what holds no text comes back as it is."""
        return self._over(value)  # type: ignore[no-any-return]

    def _over(self, value: Any) -> Any:  # noqa: ANN401 - a tree of any nouns
        if isinstance(value, str):
            return value if isinstance(value, Enum) else self._words(value)
        if isinstance(value, tuple):
            changed = tuple(self._over(part) for part in value)
            return value if all(a is b for a, b in zip(changed, value, strict=True)) else changed
        if dataclasses.is_dataclass(value) and not isinstance(value, type):
            return self._noun(value)
        return value

    def _row(self, value: Any) -> Any:  # noqa: ANN401 - whatever JSON holds
        if isinstance(value, list):
            return [self._row(part) for part in value]
        if isinstance(value, dict):
            return {key: self._row(part) for key, part in value.items()}
        return self._over(value)

    def _noun(self, value: Any) -> Any:  # noqa: ANN401
        changed = {}
        for field in dataclasses.fields(value):
            before = getattr(value, field.name)
            after = self._over(before)
            if after is not before:
                changed[field.name] = after
        return replace(value, **changed) if changed else value

    def _text(self, text: str) -> str:
        if text.startswith(_LINK):
            return self._address(text)
        return masked(text, self._known, self._names, self._language, self._labels)

    def _address(self, url: str) -> str:
        """Cut an address to its host where a name stands in the rest of it."""
        host = urlsplit(url)
        words = _slug(url)
        if any(plain and plain <= words for plain in map(_slug, map(" ".join, self._names))):
            return f"{host.scheme}://{host.netloc}/"
        return url

    def content(self, item: Item) -> bytes:
        """Give the content of an item, a row cell by cell, a text as a whole."""
        cells = _cells(item)
        if cells is not None:
            hidden = self._row(cells)
            return item.content if hidden == cells else canonical(hidden)
        text = item.content.decode("utf-8", "replace")
        hidden = self._words(text)
        return item.content if hidden == text else hidden.encode()


def _slug(words: str) -> set[str]:
    """Give the words of an address or a name in plain Latin letters, without initials."""
    plain = "".join(c if c.isalpha() else " " for c in anyascii(words).casefold())
    return {word for word in plain.split() if len(word) > 1}


def _item(item: Item, mask: _Mask) -> Item:
    return replace(mask.over(item), content=mask.content(item))
