"""`truceline seal` makes a sealed list of a list of persons."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import click

from truceline.cli.terminal import say
from truceline.errors import UsageError
from truceline.store.door import KEPT, TABLE, read_named
from truceline.terms.watched import PERSONS
from truceline.text.seal import LEAST_KEY
from truceline.text.seal import seal as sealed

_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)


@click.command()
@click.argument("file", type=_FILE)
@click.option(
    "--key-file",
    type=_FILE,
    required=True,
    help="A file of 32 bytes or more, known to the keepers of lists alone.",
)
@click.option(
    "--column",
    "columns",
    multiple=True,
    required=True,
    help="A column that tells who it is; may be repeated. It leaves the table.",
)
def seal(file: Path, key_file: Path, columns: tuple[str, ...]) -> None:
    """Print the list of persons in FILE with a seal in place of the columns that tell who they are.

    Two lists sealed with one key over the same columns give one person the same seal, so they can be compared and
    nobody is named. FILE is read and never kept; only what is printed may enter a mission, by the reader `persons`.
    """
    key = read_named(key_file, KEPT)
    if len(key) < LEAST_KEY:
        raise UsageError(
            f"the key has {len(key)} bytes", f"use one of {LEAST_KEY} or more, from a random source"
        )
    header, rows = _table(file, columns)
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\n")
    kept = [name for name in header if name not in columns]
    writer.writerow(["seal", *kept])
    seals = [sealed(key, [row[name] for name in columns]) for row in rows]
    for mark, row in sorted(zip(seals, rows, strict=True), key=lambda pair: pair[0]):
        writer.writerow([mark, *(row[name] for name in kept)])
    say(out.getvalue(), nl=False)
    if len(set(seals)) < len(seals):
        say(
            f"{len(seals) - len(set(seals))} of the rows name a person that stands above already",
            err=True,
        )


def _table(file: Path, columns: tuple[str, ...]) -> tuple[list[str], list[dict[str, str]]]:
    """Read the list; what is wrong is told by row and column, and never with what stands there."""
    try:
        text = read_named(file, TABLE).decode("utf-8-sig")
        cells = [row for row in csv.reader(io.StringIO(text, newline=""), strict=True) if any(row)]
    except (UnicodeDecodeError, csv.Error):
        raise UsageError(
            f"{file} is no table", "save the list as CSV, UTF-8, with a header row"
        ) from None
    header = [name.strip() for name in cells[0]] if cells else []
    missing = [name for name in columns if name not in header]
    more = [name for name in header if name not in {*columns, *PERSONS} or name == "seal"]
    if missing or more:
        said = [f"the column {name!r} is not there" for name in missing]
        said += [f"the column {name!r} would stand open in the sealed list" for name in more]
        raise UsageError(
            "; ".join(said),
            f"seal it with --column, or take it out; open may stand {', '.join(PERSONS[1:])}",
        )
    rows = []
    for number, row in enumerate(cells[1:], 2):
        found = dict(zip(header, (cell.strip() for cell in row), strict=False))
        if len(row) != len(header) or not all(found[name] for name in columns):
            raise UsageError(
                f"row {number} has {len(row)} cells of {len(header)}, or none that tells who it is",
                "give every row all columns, and those of --column a value",
            )
        rows.append(found)
    return header, rows
