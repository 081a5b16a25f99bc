"""JSON Schema 2020-12 of the mission files, so that an editor helps while one writes."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, assert_never

from truceline.terms.shape import (
    ByKey,
    Fields,
    Listing,
    Maybe,
    Names,
    Number,
    OneOrMore,
    Shape,
    Table,
    Tagged,
    Text,
    Undefined,
    Word,
)
from truceline.terms.shapes import AGREEMENT, MISSION

if TYPE_CHECKING:
    from collections.abc import Mapping

Schema = dict[str, object]
SCHEMAS: Mapping[str, tuple[str, Fields]] = {
    "agreement.schema.json": ("An agreement of a Truceline mission", AGREEMENT),
    "mission.schema.json": ("mission.yaml of a Truceline mission", MISSION),
}


def schema_text(name: str) -> str:
    """Give the text of one of the `SCHEMAS` as it is kept in the documentation."""
    title, shape = SCHEMAS[name]
    head: Schema = {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": title}
    return json.dumps(head | json_schema(shape), indent=2, ensure_ascii=False) + "\n"


def json_schema(shape: Shape) -> Schema:
    """Give the JSON Schema of a shape; references between ids are beyond it."""
    match shape:
        case Text() | Word() | Number() | Names():
            return _leaf(shape)
        case Listing():
            return {"type": "array", "minItems": shape.least, "items": json_schema(shape.of)}
        case Maybe() | OneOrMore() | Undefined():
            return _open(shape)
        case Fields() | ByKey() | Tagged():
            return _mapping(shape)
        case Table():
            return {
                "type": "object", "minProperties": shape.least,
                "propertyNames": json_schema(shape.keys),
                "additionalProperties": json_schema(shape.of),
            }  # fmt: skip
        case _ as never:
            assert_never(never)


def _open(shape: Maybe | OneOrMore | Undefined) -> Schema:
    other: Schema = {"type": "null"}
    if isinstance(shape, Undefined):
        words = ("undefined", *shape.also)
        other = {"enum": list(words)} if shape.also else {"const": "undefined"}
    elif isinstance(shape, OneOrMore):
        return {"anyOf": [json_schema(shape.of), json_schema(Listing(shape.of, least=1))]}
    return {"anyOf": [other, json_schema(shape.of)]}


def _mapping(shape: Fields | ByKey | Tagged) -> Schema:
    if isinstance(shape, ByKey):
        forms = [shape.there]
        while isinstance(shape := shape.otherwise, ByKey):
            forms.append(shape.there)
        return {"oneOf": [_fields(form) for form in (*forms, shape)]}
    return _tagged(shape) if isinstance(shape, Tagged) else _fields(shape)


def _leaf(shape: Text | Word | Number | Names) -> Schema:
    match shape:
        case Text():
            return {"type": "string", "pattern": shape.pattern or r"\S"}
        case Word():
            return {"enum": list(shape.words)}
        case Number():
            least = "exclusiveMinimum" if shape.above else "minimum"
            kind = "integer" if shape.whole else "number"
            return {"type": kind, least: shape.least, "maximum": shape.most}
        case Names():
            return _names()
        case _ as never:
            assert_never(never)


def _names() -> Schema:
    return {
        "type": "object",
        "minProperties": 1,
        "propertyNames": {"pattern": "^[a-z]{2,3}$"},
        "additionalProperties": {"type": "string", "pattern": r"\S"},
    }


def _fields(shape: Fields, extra: Mapping[str, Schema] | None = None) -> Schema:
    properties = dict(extra or {})
    properties.update({key: json_schema(of) for key, of in shape.known.items()})
    schema: Schema = {
        "type": "object",
        "properties": properties,
        "required": [*(extra or {}), *shape.must],
        "additionalProperties": False,
    }
    if shape.one_of:
        schema["oneOf"] = [{"required": [key]} for key in shape.one_of]
    if shape.list_needs:
        key, needed = shape.list_needs
        schema["if"] = {"properties": {key: {"type": "array"}}, "required": [key]}
        schema["then"] = {"required": [needed]}
    return schema


def _tagged(shape: Tagged) -> Schema:
    return {
        "type": "object",
        "required": [shape.tag],
        "properties": {shape.tag: {"enum": list(shape.cases)}},
        "oneOf": [
            _fields(fields, {shape.tag: {"const": word}}) for word, fields in shape.cases.items()
        ],
    }
