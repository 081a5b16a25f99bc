"""Eleven files in a folder, all or none: a run that fails leaves the last report whole."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from truceline.errors import StorageError
from truceline.report.assemble import view_of
from truceline.report.formats import json_files, json_judgements, texts
from truceline.report.html import html

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
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
    return write_contents(contents_of(assessment, run), out)


def write_contents(contents: Mapping[str, bytes], out: Path) -> tuple[Path, ...]:
    """Write files to a folder, all or none, and give their paths; StorageError when the disk refuses."""
    drafts = {name: out / f".{name}.{os.getpid()}.tmp" for name in contents}
    try:
        out.mkdir(parents=True, exist_ok=True)
        for name, content in contents.items():
            _write(drafts[name], content)
        for name, draft in drafts.items():
            draft.replace(out / name)
    except OSError as error:
        message = f"the report cannot be written to {out}: {error.strerror or error}"
        advice = "free some space or choose another folder with --out; earlier files are left whole"
        raise StorageError(message, advice) from error
    finally:
        _discard(drafts.values())
    return tuple(out / name for name in contents)


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


def _write(path: Path, content: bytes) -> None:
    """Write and flush to the disk, so that a full one is noticed before anything is replaced."""
    with path.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def _discard(drafts: Iterable[Path]) -> None:
    for draft in drafts:
        try:
            draft.unlink(missing_ok=True)
        except OSError:
            continue
