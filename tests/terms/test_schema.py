"""The editor schemas and the loader agree on what a mission file may look like."""

from __future__ import annotations

import copy
import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from tests.terms.conftest import DEMO
from truceline.model.acts import Act
from truceline.model.agreement import Breach, ProvisionKind
from truceline.model.finding import Occurrence
from truceline.model.mission import AttributionMode, CountingRule, SourceRole
from truceline.terms import SCHEMAS, schema_text
from truceline.terms.check import Checker, Findings
from truceline.terms.tree import parse

KEPT = Path(__file__).parents[2] / "docs" / "reference" / "schemas"
ODD: list[Any] = [
    None, True, 0, -5, 1.5, 400, 10**12, "", "  ", "two words", "undefined", "2020-10-10",
    "2020-10-10 12:00", "mission_zone", [], ["fire"], ["a", 1], {}, {"en": "x"}, {"EN": "x"},
]  # fmt: skip
EXTRA: list[dict[str, Any]] = [
    {"breach": "minor"}, {"rule": "mission_zone"}, {"zone": "+04:00"}, {"renews": []},
    {"quantity": 3.0}, {"quantity": 0.5}, {"nonsense": 1}, {"against": "civilians"},
]  # fmt: skip
FULL = {
    "id": "full", "title": "Full", "form": "paper", "parties": ["AM"], "mediators": [],
    "guarantors": [],
    "texts": [{"id": "en", "language": "en", "issuer": "x", "sources": ["y"]}],
    "entry_into_force": [
        {"id": "r", "text": "noon", "at": "2020-10-10 12:00", "rule": "mission_zone",
         "held_by": "x", "source": "y"},
    ],
    "zones": [{"id": "z", "name": "Zone", "lat": 40, "lon": 46.5, "radius_km": 0.5}],
    "provisions": [
        {"class": "prohibition", "id": "1", "kind": "no_mining", "title": "t", "acts": ["fire"],
         "breach": "serious", "areas": ["z"], "by": ["AM"], "exceptions": ["e"], "against": "a"},
        {"class": "obligation", "id": "2", "kind": "aid_quota", "title": "t", "deed": "d",
         "debtors": ["AM"], "quantity": 5, "acts": [],
         "due": {"id": "d", "text": "t", "at": "2020-10-10 12:00", "zone": "+04:00",
                 "held_by": "x", "source": "y"}},
    ],
    "ambiguities": [{"id": "a", "about": "b", "text": "c"}],
    "renews": ["old"],
}  # fmt: skip


def plain(path: Path) -> Any:
    root, problems = parse(path.read_bytes(), path.name)
    assert root is not None
    assert problems == ()
    return root.plain


DOCUMENTS: list[tuple[str, Any]] = [
    ("mission.schema.json", plain(DEMO / "mission.yaml")),
    ("agreement.schema.json", FULL),
    *[("agreement.schema.json", plain(p)) for p in sorted((DEMO / "agreements").glob("*.yaml"))],
]
VALIDATORS = {name: Draft202012Validator(json.loads(schema_text(name))) for name in SCHEMAS}


def loads(name: str, document: object) -> bool:
    """Answer whether the loader finds nothing wrong with the form of a document."""
    root, problems = parse(json.dumps(document, ensure_ascii=False).encode(), name)
    assert root is not None
    assert problems == ()
    findings = Findings()
    Checker(name, findings).check(root, SCHEMAS[name][1])
    # That ids differ is beyond a schema.
    return all("stands twice" in problem.message for problem in findings.problems)


def spots(value: object, path: tuple[str | int, ...] = ()) -> list[tuple[str | int, ...]]:
    """Give the path of every value below a document."""
    steps: list[tuple[str | int, object]] = []
    if isinstance(value, dict):
        steps = list(value.items())
    elif isinstance(value, list):
        steps = list(enumerate(value))
    found = [(*path, step) for step, _ in steps]
    return found + [spot for step, inner in steps for spot in spots(inner, (*path, step))]


def mutate(draw: st.DrawFn, document: Any) -> None:
    """Take out, replace or add something at one spot."""
    *above, last = draw(st.sampled_from(spots(document)))
    holder = document
    for step in above:
        holder = holder[step]
    match draw(st.sampled_from(["take out", "replace", "add"])):
        case "take out":
            del holder[last]
        case "replace":
            holder[last] = copy.deepcopy(draw(st.sampled_from(ODD)))
        case _ if isinstance(holder, dict):
            holder.update(copy.deepcopy(draw(st.sampled_from(EXTRA))))
        case _:
            holder.append(copy.deepcopy(draw(st.sampled_from(ODD))))


@st.composite
def mutants(draw: st.DrawFn) -> tuple[str, Any]:
    name, document = draw(st.sampled_from(DOCUMENTS))
    mutant = copy.deepcopy(document)
    for _ in range(draw(st.integers(1, 2))):
        mutate(draw, mutant)
    return name, mutant


@pytest.mark.parametrize(("name", "document"), DOCUMENTS)
def test_valid_documents_are_valid_for_both(name: str, document: object) -> None:
    assert list(VALIDATORS[name].iter_errors(document)) == []
    assert loads(name, document)


@settings(max_examples=600, deadline=None)
@given(mutants())
def test_schema_and_loader_agree_on_changed_documents(mutant: tuple[str, object]) -> None:
    name, document = mutant
    assert VALIDATORS[name].is_valid(document) == loads(name, document)


@pytest.mark.parametrize("name", SCHEMAS)
def test_the_kept_schema_is_the_generated_one(name: str) -> None:
    Draft202012Validator.check_schema(json.loads(schema_text(name)))
    assert (KEPT / name).read_text(encoding="utf-8") == schema_text(name)


def enums(schema: object) -> set[tuple[str, ...]]:
    """Give every closed vocabulary of a schema."""
    if isinstance(schema, list):
        return {found for item in schema for found in enums(item)}
    if not isinstance(schema, dict):
        return set()
    own = {tuple(schema["enum"])} if isinstance(schema.get("enum"), list) else set()
    return own | {found for item in schema.values() for found in enums(item)}


def test_enums_are_those_of_the_model() -> None:
    agreement = enums(json.loads(schema_text("agreement.schema.json")))
    acts = tuple(act.value for act in Act if act is not Act.UNRESOLVED)
    assert {acts, tuple(ProvisionKind), tuple(Breach)} <= agreement
    mission = enums(json.loads(schema_text("mission.schema.json")))
    vocabularies = (SourceRole, CountingRule, AttributionMode, Occurrence)
    assert {tuple(vocabulary) for vocabulary in vocabularies} <= mission
