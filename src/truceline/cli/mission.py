"""`truceline mission new` drafts a mission from an agreement's text and a few answers."""

from __future__ import annotations

import json
import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from truceline.cli.common import counted, note, tell
from truceline.cli.terminal import say
from truceline.collect.coded_claims import COLUMNS, LATER
from truceline.errors import UsageError
from truceline.model.finding import Occurrence
from truceline.model.mission import AttributionMode
from truceline.store.door import PAGE, YAML, read_named
from truceline.terms.drafting.answers import read_answers
from truceline.terms.drafting.files import drafted
from truceline.terms.observability import channels
from truceline.terms.shapes import FILE_ID

if TYPE_CHECKING:
    from truceline.terms.drafting.answers import Answers
    from truceline.terms.drafting.files import Draft

_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
_SKIP = "leave empty to choose later"


@click.group()
def mission() -> None:
    """Draft a mission: `truceline mission new FOLDER` asks, or reads a file, and writes one that `check` accepts."""


@mission.command("new")
@click.argument("folder", type=click.Path(path_type=Path))
@click.option(
    "--from", "answers", type=_FILE, help="A YAML file of answers; without it you are asked."
)
def new(folder: Path, *, answers: Path | None) -> None:
    """Draft a mission in FOLDER from an agreement's text: provisions, deadlines and ambiguities, each with its quote.

    Nothing is decided for you: what the text does not say is written as undefined, and every choice that is left
    stands under `unset` in the files, where `truceline check FOLDER` lists it until you take it out.
    """
    name = folder.resolve().name
    if not re.fullmatch(FILE_ID, name):
        raise UsageError(
            f"{name!r} is no name for a mission",
            "use letters, digits, dots and dashes, such as river-2021",
        )
    if folder.exists():
        raise UsageError(
            f"{folder} is there already",
            "name a folder that does not exist yet; nothing is overwritten",
        )
    given = read_named(answers, YAML) if answers else _asked().encode()
    found, problems = read_answers(given, answers.name if answers else "your answers", name)
    tell(problems)
    if found is None:
        say(f"{counted(len(problems), 'problem')}; nothing was written", err=True)
        sys.exit(1)
    draft = drafted(found, _text(found, answers), (*COLUMNS, *LATER))
    _write(folder, draft)
    _report(folder, draft)


def _text(found: Answers, answers: Path | None) -> str:
    """Read the agreement's text, named relative to the file of answers."""
    path = Path(found.text) if answers is None else answers.parent / found.text
    try:
        text = read_named(path, PAGE).decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise UsageError(
            f"{path} is no text in UTF-8 (byte {error.start})", "save it as plain text, UTF-8"
        ) from None
    if not text.strip():
        raise UsageError(f"{path} holds no words", "put the agreement's text there")
    return text.replace("\r\n", "\n")


def _write(folder: Path, draft: Draft) -> None:
    try:
        for name, text in draft.files.items():
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
    except OSError as error:
        raise UsageError(
            f"{folder} cannot be written: {error.strerror}",
            "choose a folder that may be written to",
        ) from None


def _report(folder: Path, draft: Draft) -> None:
    """Say what was proposed for which words, and how much is left to choose."""
    for p in draft.proposals:
        say(f"{p.id}: {p.class_} {p.kind}, for the words {' '.join(p.words.split())!r}")
    say(f"{counted(len(draft.proposals), 'provision')} proposed; none is decided")
    for name, choices in draft.choices.items():
        say(f"{name}: {counted(len(choices), 'choice')} to make, listed there under unset")
    say(f"next: truceline check {folder}")


def _asked() -> str:
    """Ask for what a draft needs, and give the answers as the file would hold them."""
    note("Each answer can be changed later in the files. Dates are year-month-day.")
    told: dict[str, object] = {
        "title": click.prompt("Title of the mission"),
        "zone": click.prompt('Its clock: an offset such as "+04:00", or a name such as Asia/Baku'),
        "parties": _sides(
            click.prompt("The parties, as ID=Name with ; between them (AA=Aland; BB=Beland)")
        ),
        "agreement": _agreement(),
    }
    forces = _maybe("Forces that signed nothing, as ID=Name with ; between them")
    if forces:
        told["associated_forces"] = [side | {"bound_through": None} for side in _sides(forces)]
    day = _maybe("First day of the reports")
    if day:
        told["report_from"] = day
    told["area"] = _area()
    seen = _maybe(f"Channels, with ; between them ({', '.join(channels())})")
    if seen:
        told["channels"] = _split(seen)
    told["mandate"] = _mandate()
    return json.dumps(
        {k: v for k, v in told.items() if v not in (None, {}, [])}, ensure_ascii=False
    )


def _agreement() -> dict[str, str]:
    found = {
        "id": click.prompt("Id of the agreement, such as truce-2021-03-01"),
        "title": click.prompt("Its title"),
        "text": click.prompt("File with its text (plain text, UTF-8)"),
        "language": click.prompt("Language of the text", default="en"),
        "source": click.prompt("Where the text comes from (address or archive)"),
        "announced": _maybe("Day on which it was announced"),
        "announced_by": _maybe("By whom it was announced"),
    }
    return {key: value for key, value in found.items() if value}


def _area() -> dict[str, object] | None:
    said = _maybe("The area as a circle: id; name; latitude; longitude; radius in km")
    if not said:
        return None
    parts = _split(said)
    keys = ("id", "name", "lat", "lon", "radius_km")
    if len(parts) != len(keys):
        raise UsageError(
            f"{said!r} is no area", "write id; name; latitude; longitude; radius in km"
        )
    return {k: _number(v) if k in keys[2:] else v for k, v in zip(keys, parts, strict=True)}


def _number(text: str) -> object:
    """Give a number, or the text as it stands for the check to complain of."""
    try:
        return float(text)
    except ValueError:
        return text


def _mandate() -> dict[str, str]:
    found = {
        "text": _maybe("What the mission is to do, in a sentence"),
        "attribution": _maybe(f"Who acted ({' or '.join(AttributionMode)})"),
        "classify_from": _maybe(f"It classifies from ({', '.join(Occurrence)})"),
    }
    return {key: value for key, value in found.items() if value}


def _maybe(question: str) -> str:
    return str(click.prompt(f"{question} ({_SKIP})", default="", show_default=False)).strip()


def _split(text: str) -> list[str]:
    return [part.strip() for part in text.split(";") if part.strip()]


def _sides(text: str) -> list[dict[str, object]]:
    pairs = [part.partition("=") for part in _split(text)]
    return [
        {"id": side.strip(), "names": {"en": name.strip() or side.strip()}}
        for side, _, name in pairs
    ]
