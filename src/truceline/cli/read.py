"""`truceline read`: what do texts claim? Nothing is recorded."""

from __future__ import annotations

import sys
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Unpack

import click

from truceline.cli.common import counted, json_option, note, progress, status, tell, texts_in
from truceline.cli.terminal import say, say_json
from truceline.cli.texts import CODERS, TextOptions, desk_of, text_options, zone_of
from truceline.errors import StorageError, UsageError
from truceline.report.formats.json_files import claim_shape, lines
from truceline.report.masking import Hiding
from truceline.report.reading_view import Reading, claim_line, reading_page
from truceline.text.signs import clean

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import tzinfo

    from truceline.cli.texts import Desk, ReadText
    from truceline.model.problem import Problem

_SHORT = 12


class ReadOptions(TextOptions):
    """The words of the call: how a text is read, and what is written."""

    coder: str
    html: Path | None
    as_json: bool


@click.command()
@click.argument("path", type=click.Path(exists=True, allow_dash=True, path_type=Path))
@text_options
@click.option("--coder", type=click.Choice(CODERS), default="rules", show_default=True,
              help="Who reads. `llm` sends the text to the endpoint that is set in the environment.")  # fmt: skip
@click.option("--html", type=click.Path(path_type=Path), metavar="OUT",
              help="Also write a page with the text and its claims marked; a folder for a folder.")  # fmt: skip
@json_option
def read(path: Path, **options: Unpack[ReadOptions]) -> None:
    """List the claims of the text in PATH, or of every *.txt, *.html and *.htm in a folder.

    `-` reads a text from standard input. Nothing is recorded but a language model's replies, in the
    mission's ledger. What the options say of a text wins over its own heading. With --json, one claim a
    line (JSON Lines, as in claims.jsonl), written text by text: a broken-off run leaves whole lines.
    """
    desk = desk_of(options, options["coder"])
    files = [path / name for name in texts_in(path)] if path.is_dir() else [path]
    pages = _pages(path, options["html"])
    unresolved: Counter[str] = Counter()
    claims, texts = 0, 0
    problems: list[Problem] = []
    for number, file in enumerate(files, 1):
        if path.is_dir():
            progress(f"{number} of {len(files)}: {clean(file.name)}")
        found, wrong = desk.read(file, path if path.is_dir() else None)
        tell(wrong)
        problems.extend(wrong)
        if found is None:
            continue
        _show(found, desk, as_json=options["as_json"])
        if pages is not None:
            _write(found, desk, pages / f"{file.name}.html" if path.is_dir() else pages)
        texts += 1
        claims += len(found.one.claims)
        unresolved.update(field for claim in found.one.claims for field in claim.unresolved)
    desk.keep()
    tell(desk.complaints())
    note(_summary(texts, claims, unresolved))
    sys.exit(status([*problems, *desk.complaints()]))


def _pages(path: Path, html: Path | None) -> Path | None:
    """Check that pages can stand where they are asked for."""
    if html is None:
        return None
    if path.is_dir() and html.exists() and not html.is_dir():
        raise UsageError(f"--html: {html} is a file", "name a folder: one page for each text")
    if not path.is_dir() and html.is_dir():
        raise UsageError(f"--html: {html} is a folder", "name a file for the page of one text")
    if html.exists() and html.samefile(path):
        raise UsageError("--html: the page would stand where the text is", "choose another name")
    return html


def _show(found: ReadText, desk: Desk, *, as_json: bool) -> None:
    """Print one text's claims in one piece."""
    claims = found.one.claims
    if as_json:
        if claims:
            hiding = _hiding(found, desk)
            shapes = (claim_shape(hiding.over(claim)) for claim in claims)
            say_json(lines(shapes).decode(), nl=False)
        return
    say("\n".join(_listing(found, zone_of(desk), _hiding(found, desk))))


def _hiding(found: ReadText, desk: Desk) -> Hiding:
    return Hiding(desk.pack, found.one.document.text, found.language)


def _listing(found: ReadText, zone: tzinfo | None, hiding: Hiding) -> Iterator[str]:
    item = found.item
    about = [item.id[:_SHORT], found.language, item.profile or "news"]
    about.append(f"published {item.published_text}" if item.published_text else "no date known")
    yield f"{found.file} ({clean(', '.join(about))}): {counted(len(found.one.claims), 'claim')}"
    document = found.one.document
    last = None
    for claim, number in zip(found.one.claims, found.one.sentences, strict=True):
        if number != last:
            place = document.sentences[number]
            yield f"\n  [{number + 1}] {_one_line(hiding.over(document.text[place.start : place.end]))}"
            last = number
        yield f"      {_one_line(claim_line(hiding.over(claim), zone))}"
    yield ""


def _one_line(text: str) -> str:
    """Write words on one line, without what could steer a terminal."""
    return clean(" ".join(text.split()))


def _write(found: ReadText, desk: Desk, target: Path) -> None:
    """Write the page of one text; it holds the text, and a person is told so."""
    page = reading_page(
        Reading(
            file=found.file, item=found.item, text=found.one.document.text,
            language=found.language, claims=found.one.claims, zone=zone_of(desk),
            pack=f"{desk.pack.id} {desk.pack.version}", flags=found.flags,
        )
    )  # fmt: skip
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(page, encoding="utf-8")
    except OSError as error:
        message = f"the page cannot be written to {target}: {error.strerror or error}"
        raise StorageError(message, "free some space or choose another place") from error
    note(f"written: {target} (it holds the text: mind whose it is)")


def _summary(texts: int, claims: int, unresolved: Counter[str]) -> str:
    fields = ", ".join(f"{field} {count}" for field, count in sorted(unresolved.items()))
    return f"{counted(texts, 'text')}, {counted(claims, 'claim')}; unresolved: {fields or 'none'}"
