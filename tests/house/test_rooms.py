"""The rooms of `read/`: each built on those below it, its modules named once in the whole tree, in one form of writing."""

from __future__ import annotations

import ast
from collections import defaultdict
from pathlib import Path

import pytest

SOURCE = Path(__file__).resolve().parents[2] / "src" / "truceline"
READ = SOURCE / "read"
MODULES = sorted(path for path in READ.rglob("*.py") if path.name != "__init__.py")
# What each room may be built on, beside itself; files at the top may use every room.
BELOW = {
    "naming": set(),
    "grammar": {"naming"},
    "press": {"naming", "grammar", "document", "draft"},
    "monitor": {"naming", "grammar", "press", "document", "draft"},
    "form": {"naming", "grammar", "press", "monitor", "document", "draft"},
    "llm": {"naming", "grammar", "document", "draft", "verifier"},
    "coded": {"naming"},
}  # fmt: skip


def name(path: Path) -> str:
    return path.relative_to(READ).as_posix()


@pytest.mark.parametrize("path", MODULES, ids=name)
def test_a_module_is_built_on_the_rooms_below_it(path: Path) -> None:
    room = path.relative_to(READ).parts[0]
    if room not in BELOW:
        return
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("truceline.read."):
            used = str(node.module).split(".")[2]
            assert used in BELOW[room] | {room}, node.module


def test_a_name_of_a_module_means_one_thing_in_the_whole_tree() -> None:
    found = defaultdict(list)
    for path in SOURCE.rglob("*.py"):
        if path.name != "__init__.py":
            found[path.stem].append(path)
    twice = {path.stem: found[path.stem] for path in MODULES if len(found[path.stem]) > 1}
    assert twice == {}


@pytest.mark.parametrize("path", MODULES, ids=name)
def test_no_line_is_kept_from_the_formatter(path: Path) -> None:
    assert "fmt: skip" not in path.read_text(encoding="utf-8")


def test_every_room_stands_on_the_page_of_rooms() -> None:
    page = (SOURCE.parents[1] / "docs" / "method" / "reading-rooms.md").read_text(encoding="utf-8")
    rooms = {path.name for path in READ.iterdir() if (path / "__init__.py").exists()}
    assert rooms == set(BELOW)
    for room in rooms:
        assert f"| `{room}` |" in page
    for top in READ.glob("*.py"):
        if top.stem in {"document", "draft", "verifier", "gates", "merge", "built", "reader"}:
            assert top.name in page
