"""By which method was something found? The engine's version and a digest of all rules and data that can change a finding."""

from __future__ import annotations

import hashlib
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

import truceline

if TYPE_CHECKING:
    from collections.abc import Iterator
    from importlib.resources.abc import Traversable

STAGES = ("collect", "terms", "model", "text", "read", "link", "weigh", "judge", "review")


@cache
def method() -> str:
    """Name the method: engine version and a digest of all rules and data that can change a finding.

    Every file of the stages counts, in whatever sub-package; what a data pack holds counts for the mission's
    version.
    """
    total = hashlib.sha256()
    for name, content in sorted(method_files().items()):
        total.update(f"{name}\0".encode() + content)
    return f"truceline {truceline.__version__} {total.hexdigest()[:16]}"


def method_files() -> dict[str, bytes]:
    """Give the files that the method is named by, as they are installed."""
    root = files("truceline")
    return {name: content for stage in STAGES for name, content in _inside(root / stage, stage)}


def _inside(folder: Traversable, path: str) -> Iterator[tuple[str, bytes]]:
    for part in folder.iterdir():
        name = f"{path}/{part.name}"
        if part.is_dir():
            if part.name != "__pycache__":
                yield from _inside(part, name)
        else:
            yield name, part.read_bytes()
