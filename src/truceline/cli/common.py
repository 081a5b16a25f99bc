"""What several commands share: the mission argument, JSON on stdout, and problems for people."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from truceline.cli.terminal import say
from truceline.errors import UsageError
from truceline.model.problem import Severity
from truceline.model.report import LANGUAGES, PAPERS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from truceline.model.problem import Problem

mission_argument = click.argument(
    "mission", type=click.Path(exists=True, file_okay=False, path_type=Path)
)


def forms_options(command: Callable[..., None]) -> Callable[..., None]:
    """Let a command write the report in more forms and languages than the page."""
    for option in (
        click.option(
            "--language", "languages", multiple=True, type=click.Choice(LANGUAGES),
            help="Languages of the papers, English where none is named; another one also as a page. May be repeated.",
        ),
        click.option(
            "--form", "papers", multiple=True, type=click.Choice(PAPERS),
            help="Also write report.pdf (PDF/A-3 and PDF/UA-1, with the data attached) or report.docx. May be repeated.",
        ),
    ):  # fmt: skip
        command = option(command)
    return command


json_option = click.option("--json", "as_json", is_flag=True, help="Print JSON on stdout.")


TEXT_ENDINGS = (".txt", ".html", ".htm")


def texts_in(folder: Path) -> list[str]:
    """Give the names of the texts of a folder; raises UsageError when there are none."""
    found = sorted(p.name for p in folder.iterdir() if p.suffix.lower() in TEXT_ENDINGS)
    if not found:
        endings = ", ".join(TEXT_ENDINGS)
        raise UsageError(f"there is no text in {folder}", f"put files there that end in {endings}")
    return found


def progress(text: str) -> None:
    """Tell a person at a terminal how far the work is; a log file needs none of it."""
    if sys.stderr.isatty():
        say(text, err=True)


# The signed head beside the files of an issued report.
ISSUED_HEAD = "head.txt"


def refuse_issued(out: Path) -> None:
    """Refuse a folder in which an issued report stands: that is never written over."""
    if (out / ISSUED_HEAD).exists():
        raise UsageError(
            f"--out: an issued report stands in {out}, and none is written over",
            "name another folder",
        )


def note(text: str) -> None:
    """Tell a person on stderr what was done."""
    say(text, err=True)


def tell(problems: Iterable[Problem]) -> None:
    """Print problems for a person on stderr."""
    for problem in problems:
        say(" ".join(str(problem).split("\n")), err=True)


def warn(warnings: Iterable[str]) -> None:
    """Tell a person on stderr what does not stop the work."""
    for warning in warnings:
        say(f"warning: {warning}", err=True)


def status(problems: Iterable[Problem]) -> int:
    """Give 1 when data was left out or left unresolved, 0 when there are notices at most."""
    return int(any(problem.severity is not Severity.NOTICE for problem in problems))


def counted(count: int, word: str) -> str:
    """Write `1 claim`, `2 claims`."""
    return f"{count} {word}" + ("" if count == 1 else "s")


def problem_json(problem: Problem) -> dict[str, object]:
    """Give a problem as JSON."""
    return {
        "severity": problem.severity.value, "file": problem.file, "row": problem.row,
        "field": problem.field, "message": problem.message, "advice": problem.advice,
    }  # fmt: skip
