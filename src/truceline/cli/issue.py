"""`truceline issue` writes the report that leaves the mission, and enters it into the ledger."""

from __future__ import annotations

import sys
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import click

from truceline.cli.common import (
    ISSUED_HEAD,
    mission_argument,
    note,
    progress,
    refuse_issued,
    status,
    tell,
    warn,
)
from truceline.cli.run import run_record
from truceline.cli.terminal import say
from truceline.errors import UsageError
from truceline.model.place_time import utc_text
from truceline.model.report import Edition
from truceline.pipeline import assess, cut_off, gather, kept_as
from truceline.record.issue import Correction, enter_issue, rests_on
from truceline.record.place import origin_of
from truceline.report.files import NAMES, contents_of
from truceline.report.masking import hidden_in
from truceline.report.summary import summary
from truceline.review.people import check_name
from truceline.store.whole import write_together

_RUN = "run.json"
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
@click.option(
    "--corrects",
    type=click.IntRange(min=1),
    metavar="N",
    help="Issue it as the correction of No. N.",
)
@click.option(
    "--because", default="", help="What stood wrong in the report that is corrected; printed."
)
def issue(
    mission: Path, as_of: str | None, out: Path, by: str, corrects: int | None, because: str
) -> None:
    """Issue the report of MISSION: what may leave the mission, on a signed head of the ledger.

    Reports are numbered as they are issued (No. 1, No. 2); a correction is a new one (No. 2 Corr. 1) that says what stood wrong. Nothing is ever
    written over: --out must be a folder without a report. Each names the page before it, and says what is new since.

    Writes the files of `truceline run --released`. The page shows the head that the report rests on, with a QR code, and its
    digest is entered into the ledger; `head.txt` is the signed head that covers it, `report.tlog-proof` the proof that it does. Whoever
    keeps page or head can show it: `truceline verify --checkpoint FILE`.
    """
    started = datetime.now(UTC)
    if not by.strip():
        raise UsageError("say who issues the report", "--by NAME")
    correction = _correction(corrects, because.strip())
    refuse_issued(out)
    if any((out / name).exists() for name in NAMES):
        raise UsageError(
            f"--out: a report stands in {out}, and no report is written over", "name another folder"
        )
    progress("collect and record ...")
    gathered = gather(mission)
    warn(gathered.warnings)
    check_name(by.strip(), gathered.mission.people)
    at = utc_text(started.replace(microsecond=0))
    origin = origin_of(gathered.mission)
    issued = rests_on(mission, origin, str(gathered.ledger["note"]), (by.strip(), at), correction)
    cut = cut_off(as_of, gathered)
    progress("read, link, weigh, judge ...")
    assessment = assess(gathered, cut, Edition.RELEASED)
    assessment = kept_as(mission, assessment, lambda text: warn([text]))
    progress("report ...")
    shown = replace(issued, because=hidden_in(issued.because, gathered.mission))
    contents = contents_of(assessment, run_record(gathered, assessment.method, started), shown)
    lasting = {name: content for name, content in contents.items() if name != _RUN}
    head, proof = enter_issue(mission, origin, issued, assessment, lasting)
    written = write_together(
        {**contents, ISSUED_HEAD: head.note.encode("utf-8"), _PROOF: proof.encode("utf-8")},
        out,
        "the report",
    )
    say(summary(assessment))
    tell(assessment.problems)
    note(f"written: {', '.join(path.name for path in written)} in {out}")
    note(f"{issued.number} issued by {issued.by} as entry {head.size - 1} of the ledger")
    sys.exit(status(assessment.problems))


def _correction(of: int | None, because: str) -> Correction | None:
    if of is None and because:
        raise UsageError("--because is of a correction alone", "name the report with --corrects")
    if of is not None and not because:
        raise UsageError("say what stood wrong in the report that is corrected", "--because TEXT")
    return None if of is None else Correction(of=of, because=because)
