"""Eleven files in a folder, all or none: a run that fails leaves the last report whole."""

from __future__ import annotations

from typing import TYPE_CHECKING

from truceline.report.assemble import view_of
from truceline.report.formats import json_files, json_judgements, texts
from truceline.report.html import html
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


def write_files(assessment: Assessment, run: Mapping[str, object], out: Path) -> tuple[Path, ...]:
    """Write the report's files to a folder and give their paths.

    Only `run.json` may differ between runs on the same input. Raises StorageError when the disk
    refuses; the files of an earlier run are then still whole.
    """
    return write_together(contents_of(assessment, run), out, "the report")


def contents_of(
    assessment: Assessment, run: Mapping[str, object], issued: Issued | None = None
) -> dict[str, bytes]:
    """Give every file's name and bytes, without touching the disk; the page of an issued report shows its head."""
    view = view_of(assessment)
    contents = (
        html(view, issued).encode("utf-8"),
        json_files.pretty(json_files.plain(view)),
        json_files.lines(json_files.claims(assessment)),
        json_files.pretty(json_files.incidents(assessment)),
        json_files.pretty(json_files.findings(assessment)),
        json_files.pretty(json_judgements.judgements(assessment)),
        json_files.lines(texts.repetitions(assessment)),
        json_files.lines(texts.doubts(assessment)),
        json_files.lines(texts.mediation(assessment)),
        json_files.pretty(json_files.problems(assessment)),
        json_files.pretty(json_files.run_record(run)),
    )
    return dict(zip(NAMES, contents, strict=True))
