"""The command line: one file a command; data on stdout, people on stderr."""

from __future__ import annotations

import contextlib
import sys
from collections.abc import Iterator
from typing import Any

import click

import truceline
from truceline.cli.commands import TASKS, OnDemand
from truceline.cli.terminal import say
from truceline.errors import TrucelineError
from truceline.text.signs import clean

WIDTH = 100


class Commands(click.Group):
    """A group that ends with the exit status of our own errors instead of a traceback."""

    def make_context(self, *args: Any, **kwargs: Any) -> click.Context:  # noqa: ANN401  click's own
        """Read the words of the call; what click repeats of them cannot steer a terminal."""
        with _plain():
            return super().make_context(*args, **kwargs)

    def invoke(self, ctx: click.Context) -> Any:  # noqa: ANN401  click's own signature
        """Run a command; an error of ours becomes words on stderr and its exit status."""
        try:
            with _plain():
                return super().invoke(ctx)
        except TrucelineError as error:
            say(f"truceline: {error}", err=True)
            sys.exit(error.exit_code)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002
        """List the commands by task, without loading any."""
        for task, commands in TASKS.items():
            with formatter.section(task):
                formatter.write_dl(list(commands.items()), col_max=12)


@contextlib.contextmanager
def _plain() -> Iterator[None]:
    """Take control signs out of click's own complaints, which repeat what was typed."""
    try:
        yield
    except click.UsageError as error:
        raise click.UsageError(clean(error.format_message()), error.ctx) from error
    except click.ClickException as error:
        raise click.ClickException(clean(error.format_message())) from error


@click.group(
    cls=Commands,
    commands=OnDemand(),
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": WIDTH},
)
@click.version_option(truceline.__version__, prog_name="truceline")
def main() -> None:
    """Monitor and verify a ceasefire: from evidence to judged provisions and a daily report.

    Exit status: 0 fine, 1 problems in the data (listed), 2 wrong usage, 3 the ledger does not verify.
    """
