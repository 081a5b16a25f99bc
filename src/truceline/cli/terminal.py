"""The one function that prints: whatever a file, a name or a server holds, no control sign reaches a terminal."""

from __future__ import annotations

import json

import click

from truceline.text.signs import clean, hidden


def say(text: str, *, err: bool = False, nl: bool = True) -> None:
    """Print words for a person, on stderr where they are no result; control signs become U+FFFD."""
    click.echo(clean(text), err=err, nl=nl)


def say_json(text: str, *, nl: bool = True) -> None:
    """Print JSON as it is, but for control signs, which become their escapes: the same data."""
    click.echo("".join(f"\\u{ord(c):04x}" if hidden(c) else c for c in text), nl=nl)


def say_data(value: object) -> None:
    """Print data as JSON on stdout."""
    say_json(json.dumps(value, indent=2, ensure_ascii=False))
