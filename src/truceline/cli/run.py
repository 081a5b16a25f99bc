"""`truceline run`: the main job."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from platform import python_version
from typing import TYPE_CHECKING

import click

import truceline
from truceline.cli.common import (
    forms_options,
    json_option,
    mission_argument,
    note,
    progress,
    refuse_issued,
    status,
    tell,
    texts_in,
    warn,
)
from truceline.cli.terminal import say, say_json
from truceline.errors import UsageError
from truceline.model.evidence import EvidenceFile
from truceline.model.report import Edition
from truceline.pipeline import Gathered, assess, cut_off, gather, kept_as
from truceline.report.files import write_files
from truceline.report.papers import PAGE_ALONE, Forms
from truceline.report.summary import summary
from truceline.store.door import STANDARD_INPUT

if TYPE_CHECKING:
    from truceline.model.report import Assessment

_LIBRARIES = ("apsw", "click", "jinja2", "numpy", "pyyaml", "rapidfuzz")


@click.command()
@mission_argument
@click.option(
    "--as-of",
    help="Cut-off on the publication clock: a date (from 00:00 mission time) or a time with its "
    "zone. Without it, everything published counts, to the end of the last day with a publication.",
)
@click.option(
    "--out",
    type=click.Path(file_okay=False, path_type=Path),
    required=True,
    help="Folder for report.html and the JSON files.",
)
@click.option(
    "--add",
    "added",
    multiple=True,
    metavar="READER:FILE",
    help="Add evidence to this run only; the mission's ledger is not touched. `text:FOLDER` adds "
    "every .txt and .html file of a folder, `READER:-` reads standard input. May be repeated.",
)
@click.option(
    "--released",
    is_flag=True,
    help="Write what may leave the mission: `confirmed` and a party's name only where two people "
    "decided so. Without it, the files are a draft for the mission's own people.",
)
@click.option(
    "--without",
    multiple=True,
    metavar="SOURCE",
    help="A trial, no report: as if that source of the mission, with its house, had said and passed on nothing. "
    "May be repeated.",
)
@forms_options
@json_option
def run(
    mission: Path, as_of: str | None, out: Path, *, released: bool, as_json: bool, **said: tuple[str, ...]
) -> None:  # fmt: skip
    """Run MISSION from its evidence to a judged provision and a daily report.

    Prints the summary (or, with --json, report.json) on stdout. Outputs depend on the set of items,
    the mission's files, the method and the cut-off, and on nothing else; only run.json differs
    between runs.
    """
    forms = Forms(papers=said.pop("papers"), languages=said.pop("languages"))
    asked = Asked(as_of=as_of, released=released, forms=forms, **said)
    assessment, written = write_run(mission, out, asked)
    if as_json:
        report = next(path for path in written if path.name == "report.json")
        say_json(report.read_text(encoding="utf-8"), nl=False)
    else:
        say(summary(assessment))
    tell(assessment.problems)
    note(f"written: {', '.join(path.name for path in written)} in {out}")
    sys.exit(status(assessment.problems))


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What a run was asked for beside its mission."""

    as_of: str | None = None
    added: tuple[str, ...] = ()
    without: tuple[str, ...] = ()
    released: bool = False
    forms: Forms = PAGE_ALONE


def write_run(mission: Path, out: Path, asked: Asked) -> tuple[Assessment, tuple[Path, ...]]:
    """Run a mission and write its files; give what was assessed, and the files."""
    started = datetime.now(UTC)
    if asked.released and asked.without:
        raise UsageError(
            "a trial without a source may not leave the mission", "leave out --released"
        )
    refuse_issued(out)
    progress("collect and record ...")
    gathered = gather(mission, [pair for text in asked.added for pair in _added(text)])
    warn(gathered.warnings)
    cut = cut_off(asked.as_of, gathered)
    progress("read, link, weigh, judge ...")
    edition = Edition.RELEASED if asked.released else Edition.DRAFT
    assessment = assess(gathered, cut, edition, asked.without)
    progress("keep the snapshot ...")
    place = out if asked.added or asked.without else None
    assessment = kept_as(mission, assessment, lambda text: warn([text]), place)
    progress("report ...")
    record = run_record(gathered, assessment.method, started)
    return assessment, write_files(assessment, record, out, asked.forms)


def _added(text: str) -> list[EvidenceFile]:
    reader, colon, file = text.partition(":")
    if not colon or not reader or not file:
        raise UsageError(f"--add {text!r} is not READER:FILE", "write --add coded_claims:more.csv")
    path = Path(file)
    if file == STANDARD_INPUT:
        return [EvidenceFile(reader=reader, folder=None, name=file, shown="standard input")]
    if path.is_dir():
        return [
            EvidenceFile(reader=reader, folder=path, name=name, shown=name)
            for name in texts_in(path)
        ]
    if not path.exists():
        raise UsageError(f"--add: there is no file {file}", "check the path")
    return [EvidenceFile(reader=reader, folder=None, name=file, shown=path.name)]


def run_record(gathered: Gathered, method: str, started: datetime) -> dict[str, object]:
    """Give what may differ between runs: versions, the ledger's checkpoint, times of receipt."""
    return {
        "started": started.isoformat(timespec="seconds"),
        "versions": {
            "truceline": truceline.__version__,
            "python": python_version(),
            **{name: version(name) for name in _LIBRARIES},
        },
        "method": method,
        "mission_version": gathered.mission.version,
        "ledger": dict(gathered.ledger),
    }
