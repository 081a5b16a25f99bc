"""The report's files in a folder, all or none: a run that fails leaves the last report whole."""

from __future__ import annotations

from typing import TYPE_CHECKING

from truceline.model.report import Edition
from truceline.report.assemble import view_of
from truceline.report.formats import json_files, json_judgements, texts
from truceline.report.html import html
from truceline.report.papers import PAGE_ALONE, Forms, every_form, papers_of
from truceline.report.released import as_listed, listed
from truceline.store.whole import write_together

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from truceline.model.report import Assessment, Issued

NAMES = (
    "report.html", "report.json", "claims.jsonl", "incidents.json", "findings.json",
    "judgements.json", "repetitions.jsonl", "doubts.jsonl", "mediation.jsonl", "problems.json",
    "run.json",
)  # fmt: skip


def write_files(
    assessment: Assessment, run: Mapping[str, object], out: Path, forms: Forms = PAGE_ALONE
) -> tuple[Path, ...]:
    """Write the report's files to a folder and give their paths.

    Only `run.json` may differ between runs on the same input. Raises StorageError when the disk
    refuses; the files of an earlier run are then still whole. Forms that an earlier run wrote there and this one does not are taken away.
    """
    contents = contents_of(assessment, run, forms=forms)
    written = write_together(contents, out, "the report")
    for name in every_form() - contents.keys():
        (out / name).unlink(missing_ok=True)
    return written


def contents_of(
    assessment: Assessment,
    run: Mapping[str, object],
    issued: Issued | None = None,
    forms: Forms = PAGE_ALONE,
) -> dict[str, bytes]:
    """Give every file's name and bytes, without touching the disk; the page of an issued report shows its head.

    Of the released edition only what is listed in `released.csv` is written.
    """
    view = view_of(assessment, issued)
    shapes = {
        "claims.jsonl": json_files.claims(assessment),
        "incidents.json": json_files.incidents(assessment),
        "findings.json": json_files.findings(assessment),
        "judgements.json": json_judgements.judgements(assessment),
        "repetitions.jsonl": texts.repetitions(assessment),
        "doubts.jsonl": texts.doubts(assessment),
        "mediation.jsonl": texts.mediation(assessment),
        "problems.json": json_files.problems(assessment),
    }
    if assessment.edition is Edition.RELEASED:
        view = as_listed(view)
        shapes = {name: listed(name, held) for name, held in shapes.items()}
    written = {
        name: (json_files.lines if name.endswith("l") else json_files.pretty)(held)
        for name, held in shapes.items()
    }
    page, twin = html(view).encode("utf-8"), json_files.pretty(json_files.plain(view))
    told = {"report.html": page, "report.json": twin, **written}
    papers = papers_of(view, told, assessment.as_of, forms)
    return {**told, **papers, "run.json": json_files.pretty(json_files.run_record(run))}
