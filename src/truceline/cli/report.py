"""`truceline report` drafts the report that leaves the mission, and issues it once a second person approves these bytes."""

from __future__ import annotations

import sys
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from truceline.cli.common import (
    ISSUED_HEAD,
    forms_options,
    json_option,
    mission_argument,
    note,
    progress,
    refuse_issued,
    status,
    tell,
    warn,
)
from truceline.cli.run import run_record
from truceline.cli.terminal import say, say_data
from truceline.errors import UsageError
from truceline.model.place_time import utc_text
from truceline.model.report import Edition, HeldBack, OwnWords
from truceline.pipeline import Gathered, assess, cut_off, gather, kept_as
from truceline.record.drafted import draft_in, draft_refused, reports_of
from truceline.record.issue import (
    HARM,
    Approval,
    Correction,
    Wanted,
    enter_draft,
    enter_issue,
    refuse_own,
    rests_on,
)
from truceline.record.place import origin_of
from truceline.report.files import NAMES, contents_of
from truceline.report.masking import hidden_in
from truceline.report.papers import Forms
from truceline.report.summary import summary
from truceline.review.people import check_name, one_person
from truceline.store.door import YAML, read_named
from truceline.store.kept import digest_of
from truceline.store.whole import write_together
from truceline.terms import asked_instant
from truceline.terms.own_words import read_own_words
from truceline.terms.sides import sides_named

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from truceline.model.mission import Mission
    from truceline.model.report import Assessment, Issued

_RUN = "run.json"
_PROOF = "report.tlog-proof"
_OUT = click.option(
    "--out",
    type=click.Path(file_okay=False, path_type=Path),
    required=True,
    help="Folder for the report's files; one without a report.",
)
_HARM = click.option(
    "--harm", metavar="TEXT", help=f"Your answer, kept in the ledger alone: {HARM} Without it you are asked."
)  # fmt: skip
_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
_FOLDER = click.Path(exists=True, file_okay=False, path_type=Path)


@click.group()
def report() -> None:
    """Draft, issue and list the reports of MISSION: what may leave it, approved by two, on a signed head of the ledger."""


@report.command()
@mission_argument
@click.option("--as-of", help="Cut-off on the publication clock, as in `truceline run`.")
@_OUT
@click.option("--by", required=True, metavar="NAME", help="Name of the person who drafts it.")
@click.option(
    "--words", type=_FILE, help="A YAML file of the mission's own words: assessment, held_back."
)
@click.option("--embargo", metavar="INSTANT", help="Until when nobody may pass it on; a date or a time with its zone.")  # fmt: skip
@click.option(
    "--corrects", type=click.IntRange(min=1), metavar="N", help="Draft the correction of No. N."
)
@click.option(
    "--because", default="", help="What stood wrong in the report that is corrected; printed."
)
@forms_options
@_HARM
def draft(
    mission: Path, as_of: str | None, out: Path, papers: tuple[str, ...], languages: tuple[str, ...], **said: str | int | Path | None
) -> None:  # fmt: skip
    """Draft the next report of MISSION for a second person to read, and enter the draft into the ledger.

    Writes the files of `truceline run --released` to --out, with the report's number, the head that it rests on and the mission's own words.
    The page says that nobody has approved it. Draft it again as often as needed: the last one counts.
    """
    started, by = datetime.now(UTC), str(said["by"]).strip()
    if not by:
        raise UsageError("say who drafts the report", "--by NAME")
    correction = _correction(said["corrects"], str(said["because"]).strip())
    words = _own_words(said["words"])
    _free(out)
    harm = _harm(said["harm"])
    gathered = _gathered(mission, by)
    _warn_of_names(words, correction.because if correction else "", gathered.mission)
    wanted = Wanted(
        by=by, at=utc_text(started.replace(microsecond=0)), head=str(gathered.ledger["note"]), as_of=as_of,
        words=words, embargo=_embargo(said["embargo"], gathered.mission, started), correction=correction, papers=papers, languages=languages,
    )  # fmt: skip
    issued, assessment, contents = _made(mission, gathered, wanted, started)
    entry = enter_draft(
        mission, origin_of(gathered.mission), wanted, issued, _lasting(contents), harm
    )
    written = write_together(contents, out, "the draft")
    say(summary(assessment))
    tell(assessment.problems)
    note(f"written: {', '.join(path.name for path in written)} in {out}")
    note(f"draft of {issued.number} by {by} as entry {entry} of the ledger")
    note(
        f"next, by another person who has read it: truceline report issue {mission} {out} --by NAME --out FOLDER"
    )
    sys.exit(status(assessment.problems))


@report.command()
@mission_argument
@click.argument("draft", type=_FOLDER)
@_OUT
@click.option("--by", required=True, metavar="NAME", help="Name of the person who approves it.")
@_HARM
def issue(mission: Path, draft: Path, out: Path, by: str, harm: str | None) -> None:
    """Issue the report of MISSION that stands in the folder DRAFT, by a second person who has read it.

    What is approved is these bytes: where a byte of DRAFT, of the evidence before its cut-off or of the mission's files has changed since, nothing
    is issued, and it is drafted again. Reports are numbered as they are issued (No. 1, No. 2); a correction is a new one (No. 2 Corr. 1).

    The page shows the head that the report rests on, with a QR code, and its digest is entered into the ledger; `head.txt` is the signed head that
    covers it, `report.tlog-proof` the proof that it does. Whoever keeps page or head can show it: `truceline verify --checkpoint FILE`.
    """
    started, by = datetime.now(UTC), by.strip()
    if not by:
        raise UsageError("say who approves the report", "--by NAME")
    _free(out)
    found = draft_in(mission, draft)
    answer = _harm(harm)
    gathered = _gathered(mission, by)
    people = gathered.mission.people
    refuse_own(by, found.wanted.by, lambda one, other: one_person(one, other, people))
    issued, assessment, contents = _made(mission, gathered, found.wanted, started)
    draft_refused(found, issued.number, _lasting(contents))
    approval = Approval(
        draft=found.page, by=by, at=utc_text(started.replace(microsecond=0)), harm=answer,
        snapshot=digest_of(assessment),
    )  # fmt: skip
    _warn_of_names(issued.words, issued.because, gathered.mission)
    signed = _shown(replace(issued, approved_by=by, approved_at=approval.at), gathered.mission)
    record = run_record(gathered, assessment.method, started)
    contents = contents_of(assessment, record, signed, _forms(found.wanted))
    head, proof = enter_issue(
        mission, origin_of(gathered.mission), signed, approval, assessment, _lasting(contents)
    )
    written = write_together(
        {**contents, ISSUED_HEAD: head.note.encode("utf-8"), _PROOF: proof.encode("utf-8")}, out, "the report"
    )  # fmt: skip
    say(summary(assessment))
    tell(assessment.problems)
    note(f"written: {', '.join(path.name for path in written)} in {out}")
    note(
        f"{issued.number} by {found.wanted.by}, approved by {by}, issued as entry {head.size - 1} of the ledger"
    )
    sys.exit(status(assessment.problems))


@report.command("list")
@mission_argument
@json_option
def list_(mission: Path, *, as_json: bool) -> None:
    """List the reports of MISSION that were issued, what corrects them, and the drafts that await a second person."""
    found = reports_of(mission)
    if as_json:
        say_data(found)
        return
    for told in found:
        say(_listed(told))
    if not found:
        say("no report was drafted or issued yet")


def _listed(told: Mapping[str, object]) -> str:
    if told["state"] == "draft":
        return f"{told['number']}: a draft by {told['by']} of {told['at']}, page {told['page']}; it awaits a second person"
    parts = [f"{told['number']}: issued {told['approved_at'] or told['at']} by {told['by']}"]
    parts += [f"approved by {told['approved_by']}"] if told["approved_by"] else []
    parts += [f"as of {told['as_of']}", f"page {told['page']}"]
    parts += [f"under embargo until {told['embargo']}"] if told["embargo"] else []
    parts += [f"corrected by {told['corrected_by']}"] if told["corrected_by"] else []
    return ", ".join(parts)


def _free(out: Path) -> None:
    """Refuse a folder in which a report stands."""
    refuse_issued(out)
    if any((out / name).exists() for name in NAMES):
        raise UsageError(
            f"--out: a report stands in {out}, and no report is written over", "name another folder"
        )


def _correction(of: object, because: str) -> Correction | None:
    if not isinstance(of, int):
        if because:
            raise UsageError(
                "--because is of a correction alone", "name the report with --corrects"
            )
        return None
    if not because:
        raise UsageError("say what stood wrong in the report that is corrected", "--because TEXT")
    return Correction(of=of, because=because)


def _own_words(file: object) -> OwnWords:
    if not isinstance(file, Path):
        return OwnWords()
    words, problems = read_own_words(read_named(file, YAML), file.name)
    tell(problems)
    if words is None:
        note("nothing was drafted")
        sys.exit(1)
    return words


def _harm(answer: object) -> str:
    """Give the answer to the question of harm, asked at a terminal where it is not given."""
    text = str(answer or "").strip()
    if not text and sys.stdin.isatty():
        text = str(click.prompt(HARM, err=True)).strip()
    if not text:
        raise UsageError(f"answer first: {HARM}", '--harm "what you looked at, and what you found"')
    return text


def _embargo(text: object, mission: Mission, now: datetime) -> str:
    if not text:
        return ""
    until = asked_instant(str(text), mission, "end of an embargo")
    if until <= now:
        raise UsageError(f"--embargo: {text} has passed", "leave it out, or name an instant ahead")
    return utc_text(until)


def _gathered(mission: Path, by: str) -> Gathered:
    progress("collect and record ...")
    gathered = gather(mission)
    warn(gathered.warnings)
    check_name(by, gathered.mission.people)
    return gathered


def _made(
    folder: Path, gathered: Gathered, wanted: Wanted, started: datetime
) -> tuple[Issued, Assessment, dict[str, bytes]]:
    """Make a draft's files: the same ones as long as nothing that they rest on has changed."""
    issued = rests_on(folder, origin_of(gathered.mission), wanted)
    progress("read, link, weigh, judge ...")
    assessment = assess(gathered, cut_off(wanted.as_of, gathered), Edition.RELEASED)
    assessment = kept_as(folder, assessment, lambda text: warn([text]))
    progress("report ...")
    record = run_record(gathered, assessment.method, started)
    shown = _shown(issued, gathered.mission)
    return issued, assessment, contents_of(assessment, record, shown, _forms(wanted))


def _forms(wanted: Wanted) -> Forms:
    return Forms(papers=wanted.papers, languages=wanted.languages)


def _shown(issued: Issued, mission: Mission) -> Issued:
    """Write what people typed without the names of private people."""
    words = OwnWords(
        assessment=tuple(hidden_in(text, mission) for text in issued.words.assessment),
        held_back=tuple(
            HeldBack(what=hidden_in(h.what, mission), because=hidden_in(h.because, mission))
            for h in issued.words.held_back
        ),
    )
    return replace(issued, because=hidden_in(issued.because, mission), words=words)


def _lasting(contents: Mapping[str, bytes]) -> dict[str, bytes]:
    """Give the files that are the same in every run: all but the record of the run."""
    return {name: content for name, content in contents.items() if name != _RUN}


def _warn_of_names(words: OwnWords, because: str, mission: Mission) -> None:
    """Say where the mission's own words, or why a report is corrected, name a side although its mandate withholds who acted."""
    if mission.withholds:
        warn(_named(words, because, mission))


def _named(words: OwnWords, because: str, mission: Mission) -> Iterator[str]:
    told = [("--because", because)]
    told += [
        (f"paragraph {n} of the assessment", text) for n, text in enumerate(words.assessment, 1)
    ]
    told += [
        (f"no. {n} of what is held back", f"{h.what} {h.because}")
        for n, h in enumerate(words.held_back, 1)
    ]
    for where, text in told:
        if found := sorted(sides_named(text, mission)):
            yield f"{where} names {', '.join(found)}, and the mandate withholds who acted: read it again before it leaves"
