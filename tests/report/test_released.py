"""What leaves the mission is on a list, field by field, and nothing else does."""

from __future__ import annotations

import csv
import json
from dataclasses import fields, is_dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.report.assessments import small
from tests.report.test_front import MISSIONS
from truceline.model.report import Edition
from truceline.pipeline import assess, cut_off, gather
from truceline.report import released
from truceline.report.assemble import view_of
from truceline.report.files import contents_of
from truceline.report.released import as_listed, listed

if TYPE_CHECKING:
    from collections.abc import Iterator

REPO = Path(__file__).resolve().parents[2]
LIST = REPO / "src" / "truceline" / "report" / "released.csv"
INSIDE = {
    "row",
    "release",
    "changes",
    "proposed",
    "awaits",
    "proposed_by",
    "approved_by",
    "waiting",
    "advice",
    "external_id",
    "coding",
    "to_check",
}


def rows() -> dict[str, list[str]]:
    with LIST.open(encoding="utf-8", newline="") as file:
        return {row["noun"]: row["fields"].split() for row in csv.DictReader(file)}


def nouns(value: object) -> Iterator[object]:
    if isinstance(value, tuple):
        for part in value:
            yield from nouns(part)
    elif is_dataclass(value):
        yield value
        for field in fields(value):
            yield from nouns(getattr(value, field.name))


def keys(value: object) -> Iterator[tuple[str, object]]:
    if isinstance(value, dict):
        for key, part in value.items():
            yield key, part
            yield from keys(part)
    elif isinstance(value, list):
        for part in value:
            yield from keys(part)


@pytest.mark.parametrize("mission", MISSIONS)
def test_a_released_report_holds_listed_fields_alone(mission: str) -> None:
    gathered = gather(REPO / "missions" / mission, record=False)
    made = assess(gathered, cut_off(None, gathered), Edition.RELEASED)
    known = rows()
    for noun in nouns(as_listed(view_of(made))):
        for field in fields(noun):  # type: ignore[arg-type]
            if field.name not in known.get(type(noun).__name__, ()):
                assert not getattr(noun, field.name), (type(noun).__name__, field.name)
    files = contents_of(made, {})
    page = files["report.html"].decode("utf-8")
    for told in ("awaiting two people", "What would change this", "Proposed by"):
        assert told not in page
    twin = json.loads(files["report.json"])
    assert not [key for key, held in keys(twin) if key in INSIDE and held]
    for name, content in files.items():
        if name not in {"report.html", "report.json", "run.json"}:
            assert {key for key, _ in keys(shapes(name, content))} <= set(known.get(name, ()))


def shapes(name: str, content: bytes) -> object:
    text = content.decode("utf-8")
    return (
        [json.loads(line) for line in text.splitlines()] if name.endswith("l") else json.loads(text)
    )


def test_every_listed_field_is_there_and_a_new_one_does_not_leave(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    view = view_of(small())
    found = {type(noun).__name__: {f.name for f in fields(noun)} for noun in nouns(view)}  # type: ignore[arg-type]
    for noun, names in rows().items():
        if noun in found:
            assert set(names) <= found[noun], noun
    assert set(found) - {"ChangeView", "Watch"} <= set(rows())
    table = dict(released._table())
    monkeypatch.setattr(
        released, "_table", lambda: {**table, "Header": table["Header"] - {"mandate"}}
    )
    assert as_listed(view).header == replace(view.header, mandate="")
    assert listed(
        "findings.json", [{"occurrence": "x", "new": 1, "origins": [{"label": "a", "secret": 2}]}]
    ) == [{"occurrence": "x", "origins": [{"label": "a"}]}]
    assert listed("a_new_file.json", [{"occurrence": "x"}]) == []
    assert listed("doubts.jsonl", [{"claim": "x"}]) == []
