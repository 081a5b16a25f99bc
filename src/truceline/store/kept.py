"""An assessment as its snapshot holds it: opened at once, each table read and checked when somebody first asks for it.

`meta` holds a digest over all rows of every table, and one over itself. What is edited, cut, or of another form is refused with what to do.
"""

from __future__ import annotations

import json
from dataclasses import fields
from datetime import datetime
from operator import itemgetter
from typing import TYPE_CHECKING, Any

from truceline.errors import StorageError
from truceline.model.coding import Doubt
from truceline.model.decision import Decision, Ruling
from truceline.model.evidence import Claim, Item, Repetition
from truceline.model.finding import Finding
from truceline.model.incident import Engagement, Group, Incident
from truceline.model.judgement import (
    AgreementOutcome,
    Binding,
    Classification,
    ObligationStanding,
    Standing,
)
from truceline.model.mission import Mission
from truceline.model.problem import Problem, Refused
from truceline.model.report import Assessment, Edition
from truceline.store.canonical import canonical, sha256_hex
from truceline.store.codec import decode
from truceline.store.engine import AGAIN, Engine, opened
from truceline.store.tables import TABLES

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

FORM = 2
META = "meta"
# Which nouns an assessment's field has, of which tables; where a table has several sorts of rows, those of one role.
_FIELDS: Mapping[str, tuple[tuple[type[Any], str, str | None], ...]] = {
    "claims": ((Claim, "claims", None),),
    "groups": ((Group, "groups", None),),
    "incidents": ((Incident, "incidents", None),),
    "engagements": ((Engagement, "engagements", None),),
    "findings": ((Finding, "findings", None),),
    "bindings": ((Binding, "bindings", None),),
    "judgements": (
        (Classification, "judgements", None),
        (Standing, "standings", None),
        (ObligationStanding, "obligations", None),
        (AgreementOutcome, "outcomes", None),
    ),
    "rulings": ((Ruling, "decisions", "in_force"),),
    "renewals": ((Ruling, "decisions", "to_renew"),),
    "proposals": ((Decision, "decisions", "proposed"),),
    "problems": ((Problem, "problems", None),),
    "items": ((Item, "items", "counted"),),
    "excluded": ((Item, "items", "undated"),),
    "repetitions": ((Repetition, "repetitions", None),),
    "doubts": ((Doubt, "doubts", None),),
    "refused": ((Refused, "refused", None),),
}
_COLUMNS = {table.name: table.columns for table in TABLES}


class Kept(Assessment):
    """An assessment whose fields are read from a snapshot's file when they are first asked for.

    Raises StorageError then, where the table was edited or the file is gone.
    """

    __slots__ = ("_meta", "_path")
    _meta: Mapping[str, Any]
    _path: Path
    __hash__ = None  # type: ignore[assignment]

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401 - a field of the assessment
        """Fill a field that was not read yet."""
        if name in _FIELDS:
            value: object = self._nouns(name)
        elif name == "mission":
            value = decode(Mission, self._meta["mission"])
        else:
            raise AttributeError(name)
        object.__setattr__(self, name, value)
        return value

    def __eq__(self, other: object) -> bool:
        """Compare with any assessment, field by field."""
        if not isinstance(other, Assessment):
            return NotImplemented
        return all(getattr(self, f.name) == getattr(other, f.name) for f in fields(Assessment))

    def _nouns(self, name: str) -> tuple[Any, ...]:
        found = []
        with opened(self._path) as engine:
            for kind, table, role in _FIELDS[name]:
                columns = ("n", "body") if role is None else ("n", "body", "role")
                rows = engine.rows(_unaltered(engine, table, self._meta, self._path), *columns)
                found += [(row[0], kind, row[1]) for row in rows if role in {None, row[-1]}]
        try:
            return tuple(decode(kind, body) for _, kind, body in sorted(found, key=itemgetter(0)))
        except (ValueError, KeyError, TypeError, IndexError) as error:
            raise _altered(self._path, f"its {name} cannot be read ({error})") from error


def read(path: Path) -> Kept:
    """Open a snapshot as an assessment; StorageError where it does not say what it is, or its tables are others."""
    with opened(path) as engine:
        meta = _meta(engine, path)
    kept = object.__new__(Kept)
    try:
        told = {
            "method": meta["method"], "items_digest": meta["items_digest"], "as_of": datetime.fromisoformat(meta["as_of"]),
            "as_of_text": meta["as_of_text"], "later": meta["later"], "archived": (meta["archived"][0], meta["archived"][1]),
            "without": tuple(meta["without"]), "left_out": meta["left_out"], "edition": Edition(meta["edition"]), "_meta": meta, "_path": path,
        }  # fmt: skip
    except (ValueError, KeyError, TypeError, IndexError) as error:
        raise _altered(path, f"what it says of itself cannot be read ({error})") from error
    for name, value in told.items():
        object.__setattr__(kept, name, value)
    return kept


def digest_of(assessment: Assessment) -> str:
    """Give the digest of the snapshot that an assessment was read from; StorageError where it was read from none."""
    meta = getattr(assessment, "_meta", None)
    if not isinstance(meta, dict):
        raise StorageError("This assessment was read from no snapshot.", AGAIN)
    return sha256_hex(canonical(meta))


def check(path: Path) -> None:
    """Check every table of a snapshot, also those that no field is read from; StorageError where one was edited."""
    with opened(path) as engine:
        meta = _meta(engine, path)
        for table in TABLES:
            _unaltered(engine, table.name, meta, path)


def _meta(engine: Engine, path: Path) -> dict[str, Any]:
    """Give what a snapshot says of itself, if that is whole and its tables have the columns of this form."""
    try:
        told: dict[str, Any] = {key: json.loads(value) for key, value in engine.rows(META)}
        form, digest = told["form"], told.pop("digest")
    except (ValueError, KeyError, TypeError, StorageError) as error:
        raise _altered(path, "it does not say what it is") from error
    if form != FORM:
        raise StorageError(f"{path} is a snapshot of form {form}, not {FORM}.", AGAIN)
    if sha256_hex(canonical(told)) != digest:
        raise _altered(path, "what it says of itself was edited")
    for name, columns in _COLUMNS.items():
        if engine.columns(name) != columns:
            raise _altered(path, f"the table {name} has other columns")
    return told


def _unaltered(engine: Engine, name: str, meta: Mapping[str, Any], path: Path) -> str:
    """Give a table's name if its rows are those that were written."""
    if engine.digest(name) != meta["tables"].get(name):
        raise _altered(path, f"the table {name} was edited")
    return name


def _altered(path: Path, why: str) -> StorageError:
    return StorageError(f"The snapshot {path} is not what was written: {why}.", AGAIN)
