"""The README's help blocks: what stands there, and what `--help` says."""

from __future__ import annotations

import re
from pathlib import Path

from click.testing import CliRunner

from truceline.cli import main

README = Path(__file__).resolve().parents[2] / "README.md"
_BLOCK = re.compile(r"(<!-- help:(?P<name>[a-z]+) -->\n)(?P<text>.*?)(<!-- /help -->)", re.DOTALL)


def names() -> tuple[str, ...]:
    """Give the program and its commands."""
    return ("truceline", *sorted(main.commands))


def block(name: str) -> str:
    """Give the block a command should have."""
    words = ["--help"] if name == "truceline" else [name, "--help"]
    result = CliRunner().invoke(main, words, prog_name="truceline", terminal_width=100)
    return f"```\n{result.output}```\n"


def blocks(text: str) -> dict[str, str]:
    """Give the blocks that stand in a text."""
    return {found["name"]: found["text"] for found in _BLOCK.finditer(text)}


def rewrite(text: str) -> str:
    """Give the text with every block as it should be."""
    return _BLOCK.sub(lambda found: found[1] + block(found["name"]) + found[4], text)


if __name__ == "__main__":
    README.write_text(rewrite(README.read_text(encoding="utf-8")), encoding="utf-8")
