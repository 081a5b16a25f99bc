"""`truceline issue` writes the report that leaves the mission, and enters it into the ledger."""

from __future__ import annotations

import sys
from datetime import UTC, datetime
from pathlib import Path

import click

from truceline.cli.common import mission_argument, note, progress, status, tell, warn
from truceline.cli.run import run_record
from truceline.cli.terminal import say
from truceline.errors import UsageError
from truceline.model.place_time import utc_text
from truceline.model.report import Edition
from truceline.pipeline import assess, cut_off, gather, kept_as
from truceline.record.issue import enter_issue, rests_on
from truceline.record.place import origin_of
from truceline.report.files import contents_of
from truceline.report.summary import summary
from truceline.review.people import check_name
from truceline.store.whole import write_together

_RUN = "run.json"
_HEAD = "head.txt"
_PROOF = "report.tlog-proof"


@click.command()
@mission_argument
@click.option("--as-of", help="Cut-off on the publication clock, as in `truceline run`.")
@click.option(
    "--out",
    type=click.Path(file_okay=False, path_type=Path),
    required=True,
    help="Folder for the report's files.",
)
@click.option("--by", required=True, metavar="NAME", help="Name of the person who issues it.")
def issue(mission: Path, as_of: str | None, out: Path, by: str) -> None:
    """Issue the report of MISSION: what may leave the mission, on a signed head of the ledger.

    Writes the files of `truceline run --released`. The page shows the head that the report rests on, with a QR code, and its
    digest is entered into the ledger; `head.txt` is the signed head that covers it, `report.tlog-proof` the proof that it does. Whoever
    keeps page or head can show it: `truceline verify --checkpoint FILE`.
    """
    started = datetime.now(UTC)
    if not by.strip():
        raise UsageError("say who issues the report", "--by NAME")
    progress("collect and record ...")
    gathered = gather(mission)
    warn(gathered.warnings)
    check_name(by.strip(), gathered.mission.people)
    at = utc_text(started.replace(microsecond=0))
    issued = rests_on(mission, str(gathered.ledger["note"]), by.strip(), at)
    cut = cut_off(as_of, gathered)
    progress("read, link, weigh, judge ...")
    assessment = assess(gathered, cut, Edition.RELEASED)
    assessment = kept_as(mission, assessment, lambda text: warn([text]))
    progress("report ...")
    contents = contents_of(assessment, run_record(gathered, assessment.method, started), issued)
    lasting = {name: content for name, content in contents.items() if name != _RUN}
    head, proof = enter_issue(mission, origin_of(gathered.mission), issued, cut.text, lasting)
    written = write_together(
        {**contents, _HEAD: head.note.encode("utf-8"), _PROOF: proof.encode("utf-8")},
        out,
        "the report",
    )
    say(summary(assessment))
    tell(assessment.problems)
    note(f"written: {', '.join(path.name for path in written)} in {out}")
    note(f"issued by {issued.by} as entry {head.size - 1} of the ledger")
    sys.exit(status(assessment.problems))
