"""What a data pack may hold and yet is often a slip: doubtful names, words that are never found."""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from itertools import combinations
from typing import TYPE_CHECKING

from truceline.model.pack import ActorKind
from truceline.read.naming.lexicon import Matcher
from truceline.terms.pack import language_names
from truceline.terms.pack_shapes import CLASSES
from truceline.text.names import fold
from truceline.text.tokens import tokens_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from truceline.model.pack import Alias, Lexicon, Office, Pack

_FEWEST_LETTERS = 3
# `Baku time` names a clock by a place, on purpose.
_NAMES_EXPECTED = frozenset({"zones", "irregular"})
# Offices that one person holds at a time: `the president of A` names whoever holds it.
_ALONE = ("defence_minister", "foreign_minister", "head_of_government", "head_of_state")


def warnings(loaded: Pack) -> Iterator[str]:
    """Say what is allowed and yet often a slip: doubtful names and words, gaps in a language."""
    yield from _shared_names(loaded)
    yield from _short_names(loaded)
    yield from _unread_languages(loaded)
    yield from _two_holders(loaded)
    for language, words in sorted(loaded.lexicons.items()):
        yield from _shared_phrases(language, words)
        yield from _places_as_words(loaded, language, words)
        missing = [name for name in CLASSES if not words.classes.get(name) and name != "irregular"]
        if missing:
            yield f"{language} has no words for: {', '.join(missing)}"
    yield from _never_found(loaded)


def _aliases(loaded: Pack) -> Iterator[tuple[str, str, Alias]]:
    """Give every written name of an actor or a side, with the class and id it stands for."""
    for actor in loaded.actors:
        yield from (("actor", actor.id, alias) for alias in actor.aliases)
    for side in loaded.sides:
        aliases = (*side.state, *side.people, *side.capital)
        yield from (("side", side.id, alias) for alias in aliases)


def _shared_names(loaded: Pack) -> Iterator[str]:
    owners: dict[str, set[str]] = defaultdict(set)
    shown: dict[str, str] = {}
    for _, owner, alias in _aliases(loaded):
        owners[fold(alias.text)].add(owner)
        shown.setdefault(fold(alias.text), alias.text)
    for name, ids in sorted(owners.items()):
        if len(ids) > 1:
            yield f"{shown[name]!r} stands for {' and '.join(sorted(ids))}"


def _short_names(loaded: Pack) -> Iterator[str]:
    """Name what is too short to mean one thing; names in capitals only count in capitals."""
    for text, owner in dict.fromkeys((a.text, owner) for _, owner, a in _aliases(loaded)):
        letters = sum(character.isalpha() for character in text)
        if letters < _FEWEST_LETTERS and not text.isupper():
            yield f"{text!r} for {owner} is shorter than {_FEWEST_LETTERS} letters"


def _unread_languages(loaded: Pack) -> Iterator[str]:
    known = language_names()
    unread: dict[str, set[str]] = defaultdict(set)
    for _, owner, alias in _aliases(loaded):
        if alias.language not in known:
            unread[alias.language].add(owner)
    for language, owners in sorted(unread.items()):
        yield f"names in {language!r} are never read ({', '.join(sorted(owners))}): no lexicon"


def _two_holders(loaded: Pack) -> Iterator[str]:
    held: dict[tuple[str, str], list[tuple[str, Office]]] = defaultdict(list)
    for actor in loaded.actors:
        for office in actor.offices if actor.kind is ActorKind.PERSON else ():
            if office.side and office.role in _ALONE:
                held[(office.side, office.role)].append((actor.id, office))
    for (side, role), holders in sorted(held.items()):
        for (one, first), (other, second) in combinations(holders, 2):
            since = max(first.since or date.min, second.since or date.min)
            until = min(first.until or date.max, second.until or date.max)
            if since <= until and one != other:
                until_text = "" if until == date.max else f" to {until}"
                when = f"from {since}{until_text}"
                yield f"{one} and {other} are both {role} of {side} {when}: neither is named by it"


def _shared_phrases(language: str, words: Lexicon) -> Iterator[str]:
    acts: dict[str, list[str]] = defaultdict(list)
    for act, phrases in words.classes.get("acts", {}).items():
        for phrase in dict.fromkeys(phrase.casefold() for phrase in phrases):
            acts[phrase].append(act)
    for phrase, found in acts.items():
        if len(found) > 1:
            yield f"{language}: {phrase!r} is listed under {' and '.join(sorted(found))}"


def _places_as_words(loaded: Pack, language: str, words: Lexicon) -> Iterator[str]:
    ordinary = {
        fold(phrase): name
        for name, keys in words.classes.items()
        if name not in _NAMES_EXPECTED
        for phrases in keys.values()
        for phrase in phrases
    }
    for place, part in _place_names(loaded):
        if cls := ordinary.get(fold(part)):
            yield f"{language}: the place {part!r} ({place}) is also a word of {cls}"


def _place_names(loaded: Pack) -> Iterator[tuple[str, str]]:
    """Give every name of every place with its id; `/` stands between parallel names."""
    for place in loaded.places:
        for name in (place.name, *place.aliases):
            yield from ((place.id, part) for part in name.split("/"))


def _never_found(loaded: Pack) -> Iterator[str]:
    """Read every name and phrase with the reader itself, and tell those it does not see."""
    matchers = {
        language: Matcher.of(loaded, language, loaded.places)
        for language in sorted(loaded.lexicons)
    }
    told = dict.fromkeys((cls, owner, a.language, a.text) for cls, owner, a in _aliases(loaded))
    for cls, owner, language, text in told:
        matcher = matchers.get(language)
        if matcher is not None and not _found(matcher, text, cls, owner):
            yield f"{text!r} for {owner} is never found in a text"
    for place, part in _place_names(loaded):
        if not any(_found(m, part, "place", place) for m in matchers.values()):
            yield f"the place {part!r} ({place}) is never found in a text"
    for language, matcher in matchers.items():
        for cls, key, phrase in _phrases(matcher.lexicon):
            edge = phrase.strip().startswith("~") or phrase.strip().endswith("~")
            if edge or not _found(matcher, phrase, cls, key):
                yield f"{language}: {phrase!r} ({cls} {key}) is never found in a text"


def _phrases(words: Lexicon) -> Iterator[tuple[str, str, str]]:
    """Give the phrases that are looked for as such; most of the grammar is asked for word by word."""
    for cls, keys in words.classes.items():
        if cls not in {"grammar", "irregular"}:
            yield from ((cls, key, phrase) for key, phrases in keys.items() for phrase in phrases)


def _found(matcher: Matcher, text: str, cls: str, key: str) -> bool:
    tokens = tokens_of(text.replace("~", " ").replace("*", " "))
    matcher.lemmatise(tokens)
    return any(h.cls == cls and h.key == key for h in matcher.hits(tokens, 0, len(tokens)))
