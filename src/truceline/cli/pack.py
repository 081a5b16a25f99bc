"""`truceline pack`: which data packs there are, and whether one is fit to read with."""

from __future__ import annotations

import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from truceline.cli.common import counted, json_option, problem_json, tell
from truceline.cli.pack_warnings import warnings
from truceline.cli.terminal import say, say_data
from truceline.cli.texts import found_pack
from truceline.errors import UsageError
from truceline.model.pack import SideKind
from truceline.terms.pack import TEMPLATE, load_pack, pack_files, pack_names, shipped
from truceline.terms.pack_shapes import CLASSES
from truceline.terms.shapes import FILE_ID

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from truceline.model.pack import Lexicon, Pack
    from truceline.model.problem import Problem


@click.group()
def pack() -> None:
    """List the data packs, or check one: the sides, names, places and words that texts are read with.

    `truceline pack list` shows the packs that come along; `truceline pack check FOLDER_OR_NAME`
    checks one of them, or one of your own; `truceline pack new FOLDER` begins one of your own.
    """


@pack.command("list")
@json_option
def list_packs(*, as_json: bool) -> None:
    """List the packs that come with Truceline."""
    found = [(name, *load_pack(found_pack(name))) for name in pack_names()]
    if as_json:
        say_data([_shape(name, loaded, problems) for name, loaded, problems in found])
    for name, loaded, problems in () if as_json else found:
        say(_line(name, loaded))
        tell(problems)
    sys.exit(int(any(loaded is None for _, loaded, _ in found)))


@pack.command("check")
@click.argument("pack", metavar="FOLDER_OR_NAME")
@json_option
def check_pack(pack: str, *, as_json: bool) -> None:
    """Check a data pack and list every problem at once, and what is worth a look."""
    loaded, problems = load_pack(found_pack(pack))
    if as_json:
        shape = _shape(pack, loaded, problems)
        say_data(shape if loaded is None else {**shape, "warnings": list(warnings(loaded))})
    elif loaded is not None:
        say("\n".join(_told(loaded)))
    if loaded is None:
        tell(problems)
        say(f"{counted(len(problems), 'problem')}; the pack cannot be used", err=True)
    sys.exit(int(loaded is None))


@pack.command("new")
@click.argument("folder", type=click.Path(path_type=Path))
def new_pack(folder: Path) -> None:
    """Begin a data pack in FOLDER with a copy of the template, which explains every key."""
    name = folder.resolve().name
    if not re.fullmatch(FILE_ID, name):
        advice = "use letters, digits, dots and dashes, such as river-truce"
        raise UsageError(f"{name!r} is no name for a pack", advice)
    if folder.exists():
        advice = "name a folder that does not exist yet; nothing is overwritten"
        raise UsageError(f"{folder} is there already", advice)
    try:
        folder.mkdir(parents=True)
        for file, content in pack_files(shipped() / TEMPLATE)[0].items():
            kept = content.replace(f"id: {TEMPLATE}\n".encode(), f"id: {name}\n".encode(), 1)
            (folder / file).write_bytes(kept)
    except OSError as error:
        advice = "choose a folder that may be written to"
        raise UsageError(f"{folder} cannot be written: {error.strerror}", advice) from None
    say(f"a pack of two invented sides stands in {folder}")
    say(f"put your own in their place, then run: truceline pack check {folder}")


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
    yield from _sides(loaded)
    yield f"  {counted(len(loaded.actors), 'actor')}, {counted(len(loaded.places), 'place')}"
    for language, words in sorted(loaded.lexicons.items()):
        counts = ", ".join(f"{name} {count}" for name, count in _phrases(words).items())
        yield f"  {language} (phrases): {counts}"
    found = list(warnings(loaded))
    yield f"{counted(len(found), 'thing')} worth a look{':' if found else ''}"
    yield from (f"  warning: {warning}" for warning in found)


def _sides(loaded: Pack) -> Iterator[str]:
    """Name the sides that are of the conflict; outsiders, often all states, are only counted."""
    for kind in SideKind:
        names = [side.id for side in loaded.sides if side.kind is kind]
        shown = "" if kind is SideKind.OUTSIDER else f": {', '.join(names)}"
        if names:
            yield f"  {counted(len(names), 'side')} of kind {kind.value}{shown}"
