"""`truceline verify` says whether the ledger is whole."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from truceline.cli.common import json_option, mission_argument
from truceline.cli.heads import heads_shown, typed_head
from truceline.cli.terminal import say, say_data
from truceline.errors import UsageError
from truceline.model.ledger import Checkpoint
from truceline.record import note
from truceline.record.parts import is_digest
from truceline.record.verify import verify as verify_ledger

_BROKEN = 3


@click.command()
@mission_argument
@click.option("--root", "roots", multiple=True, metavar="HEX",
              help="A root that somebody wrote down elsewhere. May be repeated.")  # fmt: skip
@click.option(
    "--checkpoint",
    "checkpoints",
    multiple=True,
    metavar="FILE",
    type=click.Path(exists=True, dir_okay=False, allow_dash=True, path_type=Path),
    help="A head that somebody kept elsewhere: its lines, an issued report, a run.json, a proof. May be repeated.",
)
@click.option("--head", "typed_in", multiple=True, metavar="TEXT",
              help='A head typed in from paper: "NAME NUMBER ROOT". May be repeated.')  # fmt: skip
@json_option
def verify(
    mission: Path, roots: tuple[str, ...], checkpoints: tuple[Path, ...], typed_in: tuple[str, ...], *,
    as_json: bool,
) -> None:  # fmt: skip
    """Recompute the whole ledger of MISSION and name the first broken entry.

    Shows that what was recorded is unchanged and complete, not that any claim is true. It must begin as
    every root and head that is given says, and as this machine has seen it before. A head that the ledger's own
    key signed and to which it does not stand up is kept: no command adds to that ledger any more.
    """
    held = [*(_held(head) for path in checkpoints for head in heads_shown(path)),
            *(_held(typed_head(words)) for words in typed_in)]  # fmt: skip
    result = verify_ledger(mission, held=held, roots=[_root(text) for text in roots])
    broken = [step for step in result.steps if not step.ok]
    if as_json:
        say_data({
            "size": result.size, "root": result.root, "verified": not broken,
            "first_broken": result.first_broken,
            "steps": [{"number": s.number, "title": s.title, "ok": s.ok, "detail": s.detail}
                      for s in result.steps],
        })  # fmt: skip
    else:
        for step in result.steps:
            say(f"{step.number}. {step.title}: {'ok' if step.ok else 'BROKEN'}  {step.detail}")
        say(f"{result.size} entries, root {result.root}")
    if broken:
        where = (
            "" if result.first_broken is None else f"; first broken entry: {result.first_broken}"
        )
        say(
            f"the ledger does not verify{where}\nWhat to do: stop recording, keep the folder as "
            "evidence, and restore a copy whose root you witnessed.",
            err=True,
        )
        sys.exit(_BROKEN)


def _root(text: str) -> bytes:
    if not is_digest(text.strip().casefold()):
        raise UsageError(f"--root: {text!r} is no root", "give all 64 hexadecimal digits of it")
    return bytes.fromhex(text.strip())


def _held(head: note.Note) -> Checkpoint:
    return Checkpoint(size=head.body.size, root=head.body.root, note=head.whole)
