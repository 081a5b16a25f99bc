"""`truceline pack`: which data packs there are, and whether one is fit to read with."""

from __future__ import annotations

import sys
from collections import defaultdict
from typing import TYPE_CHECKING

import click

from truceline.cli.common import counted, data, json_option, problem_json, tell
from truceline.cli.texts import found_pack
from truceline.terms.pack import load_pack, pack_names
from truceline.terms.pack_shapes import CLASSES
from truceline.text.names import fold

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from truceline.model.pack import Lexicon, Pack
    from truceline.model.problem import Problem

_FEWEST_LETTERS = 3
# `Baku time` names a clock by a place, on purpose.
_NAMES_EXPECTED = frozenset({"zones", "irregular"})


@click.group()
def pack() -> None:
    """List the data packs, or check one: the sides, names, places and words that texts are read with.

    `truceline pack list` shows the packs that come along; `truceline pack check FOLDER_OR_NAME`
    checks one of them, or one of your own.
    """


@pack.command("list")
@json_option
def list_packs(*, as_json: bool) -> None:
    """List the packs that come with Truceline."""
    found = [(name, *load_pack(found_pack(name))) for name in pack_names()]
    if as_json:
        data([_shape(name, loaded, problems) for name, loaded, problems in found])
    for name, loaded, problems in () if as_json else found:
        click.echo(_line(name, loaded))
        tell(problems)
    sys.exit(int(any(loaded is None for _, loaded, _ in found)))


@pack.command("check")
@click.argument("pack", metavar="FOLDER_OR_NAME")
@json_option
def check_pack(pack: str, *, as_json: bool) -> None:
    """Check a data pack and list every problem at once, and what is worth a look."""
    loaded, problems = load_pack(found_pack(pack))
    if as_json:
        data(_shape(pack, loaded, problems))
    elif loaded is not None:
        click.echo("\n".join(_told(loaded)))
    if loaded is None:
        tell(problems)
        click.echo(f"{counted(len(problems), 'problem')}; the pack cannot be used", err=True)
    sys.exit(int(loaded is None))


def _line(name: str, loaded: Pack | None) -> str:
    if loaded is None:
        return f"{name}: cannot be used"
    return (
        f"{name}: {loaded.title} ({', '.join(sorted(loaded.lexicons))}; "
        f"{counted(len(loaded.sides), 'side')}, {counted(len(loaded.actors), 'actor')}, "
        f"{counted(len(loaded.places), 'place')}; version {loaded.version})"
    )


def _shape(name: str, loaded: Pack | None, problems: Iterable[Problem]) -> dict[str, object]:
    """Give what is known of a pack as plain values; without a pack, only its problems."""
    shape: dict[str, object] = {"pack": name, "problems": [problem_json(p) for p in problems]}
    if loaded is None:
        return {**shape, "usable": False}
    return {
        **shape, "usable": True, "id": loaded.id, "title": loaded.title,
        "version": loaded.version,
        "sides": [{"id": s.id, "kind": s.kind.value} for s in loaded.sides],
        "actors": len(loaded.actors), "places": len(loaded.places),
        "languages": {name: _phrases(words) for name, words in sorted(loaded.lexicons.items())},
        "warnings": list(warnings(loaded)),
    }  # fmt: skip


def _phrases(words: Lexicon) -> dict[str, int]:
    """Count the phrases of each class, the classes in the order of the manual."""
    return {
        name: sum(len(phrases) for phrases in words.classes[name].values())
        for name in CLASSES
        if name in words.classes
    }


def _told(loaded: Pack) -> Iterator[str]:
    yield f"{loaded.id} (version {loaded.version}): fit to read with"
    yield f"  {loaded.title}; times: {loaded.zone_rule}"
    by_kind: dict[str, list[str]] = defaultdict(list)
    for side in loaded.sides:
        by_kind[side.kind.value].append(side.id)
    for kind, names in by_kind.items():
        yield f"  {counted(len(names), 'side')} of kind {kind}: {', '.join(names)}"
    yield f"  {counted(len(loaded.actors), 'actor')}, {counted(len(loaded.places), 'place')}"
    for language, words in sorted(loaded.lexicons.items()):
        counts = ", ".join(f"{name} {count}" for name, count in _phrases(words).items())
        yield f"  {language} (phrases): {counts}"
    found = list(warnings(loaded))
    yield f"{counted(len(found), 'thing')} worth a look{':' if found else ''}"
    yield from (f"  warning: {warning}" for warning in found)


def warnings(loaded: Pack) -> Iterator[str]:
    """Say what is allowed and yet often a slip: doubtful names and words, gaps in a language."""
    yield from _shared_names(loaded)
    yield from _short_names(loaded)
    for language, words in sorted(loaded.lexicons.items()):
        yield from _shared_phrases(language, words)
        yield from _places_as_words(loaded, language, words)
        missing = [name for name in CLASSES if not words.classes.get(name) and name != "irregular"]
        if missing:
            yield f"{language} has no words for: {', '.join(missing)}"


def _names(loaded: Pack) -> Iterator[tuple[str, str]]:
    """Give every written name of an actor or a side with the id it stands for."""
    for actor in loaded.actors:
        yield from ((alias.text, actor.id) for alias in actor.aliases)
    for side in loaded.sides:
        aliases = (*side.state, *side.people, *side.capital)
        yield from ((alias.text, side.id) for alias in aliases)


def _shared_names(loaded: Pack) -> Iterator[str]:
    owners: dict[str, set[str]] = defaultdict(set)
    shown: dict[str, str] = {}
    for text, owner in _names(loaded):
        owners[fold(text)].add(owner)
        shown.setdefault(fold(text), text)
    for name, ids in sorted(owners.items()):
        if len(ids) > 1:
            yield f"{shown[name]!r} stands for {' and '.join(sorted(ids))}"


def _short_names(loaded: Pack) -> Iterator[str]:
    for text, owner in dict.fromkeys(_names(loaded)):
        if sum(character.isalpha() for character in text) < _FEWEST_LETTERS:
            yield f"{text!r} for {owner} is shorter than {_FEWEST_LETTERS} letters"


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
    for place in loaded.places:
        for name in (place.name, *place.aliases):
            for part in name.split("/"):
                if cls := ordinary.get(fold(part)):
                    yield f"{language}: the place {part!r} ({place.id}) is also a word of {cls}"
