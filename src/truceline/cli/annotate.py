"""`truceline annotate`: a person reads a text, sentence by sentence, into a gold file."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Unpack

import click

from truceline.cli.annotation.browser import Desk as Browser
from truceline.cli.annotation.codes import Words
from truceline.cli.annotation.gold import GoldFile
from truceline.cli.annotation.session import HELP, Session, Task
from truceline.cli.common import counted, note, progress, tell
from truceline.cli.terminal import say
from truceline.cli.texts import TextOptions, desk_of, text_options, zone_of
from truceline.errors import UsageError

if TYPE_CHECKING:
    from truceline.cli.texts import Desk, ReadText


class AnnotateOptions(TextOptions):
    """The words of the call: what is shown, and where the lines go."""

    out: Path
    blind: bool
    browser: bool


@click.command()
@click.argument("text", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@text_options
@click.option("--out", type=click.Path(dir_okay=False, path_type=Path), required=True,
              metavar="GOLD.jsonl", help="The file to add to: offsets and labels, never the text.")  # fmt: skip
@click.option("--blind", is_flag=True, help="Show nothing of what the rules read.")
@click.option("--browser", is_flag=True, help="Work on a page in a browser on this machine.")
def annotate(text: Path, **options: Unpack[AnnotateOptions]) -> None:
    """Annotate TEXT by hand, sentence by sentence; run it again to go on where you stopped.

    Without --blind, what the rules read is offered: enter keeps it, `e` edits, `x` deletes, a short
    code adds a claim. `?` shows the codes. Where stdin is no
    terminal its lines are read instead, up to the first that is not understood.
    """
    if options["out"].resolve() == text.resolve():
        raise UsageError("--out names the text itself", "name another file for the annotation")
    desk = desk_of(options)
    found, problems = desk.read(text)
    tell(problems)
    if found is None:
        sys.exit(1)
    task = _task(found, desk, options)
    if options["browser"]:
        Browser(task).work(progress)
        whole = True
    else:
        whole = _at_the_terminal(task)
    done = len(task.gold.done)
    claims = sum(len(line.claims) for line in task.gold.done.values())
    note(f"{done} of {task.size} sentences, {counted(claims, 'claim')} in {options['out']}")
    sys.exit(int(not whole))


def _task(found: ReadText, desk: Desk, options: AnnotateOptions) -> Task:
    item = found.item
    about = {
        "pack": desk.pack.id, "language": found.language, "profile": item.profile or "news",
        "published": item.published_text or None, "issuer": item.issuer,
    }  # fmt: skip
    gold = GoldFile(options["out"], item.id, about)
    if gold.torn:
        note(f"{options['out']}: half a line at its end was cut off")
    places = {place.id: place for place in desk.pack.places}
    if desk.reader.mission is not None:
        places.update((place.id, place) for place in desk.reader.mission.gazetteer)
    words = Words.of(desk.pack, places.values(), found.language)
    return Task(found=found, gold=gold, words=words, zone=zone_of(desk), blind=options["blind"])


def _at_the_terminal(task: Task) -> bool:
    """Ask until the end; False where a script's line was not understood and ended it."""
    lines = sys.stdin
    person = lines.isatty()
    if person:
        say(HELP)

    def ask() -> str | None:
        if person:
            say("> ", nl=False)
        return lines.readline() or None

    return Session(task=task, ask=ask, strict=not person).run()
