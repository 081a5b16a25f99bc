"""`truceline proof` hands over what somebody needs to check one entry, or the ledger's growth, without the ledger."""

from __future__ import annotations

from pathlib import Path

import click

from truceline.cli.common import mission_argument, note
from truceline.cli.heads import one_head
from truceline.cli.terminal import say
from truceline.errors import UsageError
from truceline.record.ledger import Ledger
from truceline.record.proofs import PROOF, handed_over
from truceline.store.whole import write_together


@click.command()
@mission_argument
@click.argument("subject", required=False)
@click.option(
    "--out",
    type=click.Path(file_okay=False, path_type=Path),
    required=True,
    help="Folder for the proof, the file it is about, and the two verifiers.",
)
@click.option(
    "--checkpoint",
    "held",
    metavar="FILE",
    type=click.Path(exists=True, dir_okay=False, allow_dash=True, path_type=Path),
    help="The head that they hold: its lines, or a file that shows them. Without it, the newest head is used.",
)
def proof(mission: Path, subject: str | None, out: Path, held: Path | None) -> None:
    """Write the proof that SUBJECT stands in the ledger of MISSION: an item, a decision, a report, any entry.

    SUBJECT is an entry's number, a decision's id, a file that was recorded or issued, its SHA-256, or the claim_id of a coded row.
    Without it, only that the ledger grew since the head that they hold. Whoever gets the folder checks it with verify.py or
    VERIFY.html, without Truceline. The proof opens the record of the entry, and the file beside it is the original: hand over
    what they may read.
    """
    if subject is None and held is None:
        raise UsageError(
            "name what is to be proved",
            "give a SUBJECT, or the head that they hold: --checkpoint FILE",
        )
    head = None if held is None else one_head(held)
    with Ledger.read(mission) as ledger:
        ledger.whole()
        files = handed_over(ledger, subject, head)
    write_together(files, out, "the proof")
    for name in files:
        say(name)
    for name in (n for n in files if n.endswith(PROOF)):
        stem = name.removesuffix(PROOF)
        beside = next((f" {n}" for n in files if n.startswith(f"{stem}.") and n != name), "")
        note(
            f"opened in it: the record of {stem.replace('-', ' ')}{' and its original' if beside else ''}"
        )
        note(f"they check it with: python verify.py {name}{beside} --head HEAD --key KEY")
