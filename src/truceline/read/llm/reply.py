"""What a model may answer: sentence numbers, labels and verbatim quotes, and nothing else."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Annotated, cast

from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator

from truceline.model.acts import Act
from truceline.model.coding import Attitude, Measure, Modality
from truceline.model.evidence import Stance

if TYPE_CHECKING:
    from enum import Enum

MOST_CLAIMS, MOST_QUOTES, LONGEST_QUOTE = 80, 12, 2000
STANCES = tuple(stance for stance in Stance if stance is not Stance.UNRESOLVED)
ACTS = tuple(act for act in Act if act is not Act.UNRESOLVED)
MODALITIES, ATTITUDES, MEASURES = tuple(Modality), tuple(Attitude), tuple(Measure)
_FENCE = "```"
_THOUGHT, _THOUGHT_ENDS = "<think>", "</think>"

Quote = Annotated[str, Field(min_length=1, max_length=LONGEST_QUOTE)]
Quotes = Annotated[list[Quote], Field(max_length=MOST_QUOTES)]


class _Shape(BaseModel):
    """Closed and strict: an unknown key or a number for a text is refused."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)


class SpeakerQuote(_Shape):
    """Words for one speaker and the word that says it speaks."""

    speaker_quote: Quote
    cue_quote: Quote | None


class CountQuote(_Shape):
    """Words that hold a number, and what they count."""

    quote: Quote
    measure: Measure


class ReplyClaim(_Shape):
    """One claim in the model's words: labels, and quotes out of the sentences it names."""

    sentences: Annotated[list[int], Field(min_length=1, max_length=3)]
    stance: Stance
    acts: Annotated[list[Act], Field(max_length=6)]
    modality: Modality
    attitude: Attitude | None
    speakers: Annotated[list[SpeakerQuote], Field(max_length=3)]
    act_quotes: Quotes
    actor_quotes: Quotes
    target_quotes: Quotes
    place_quotes: Quotes
    time_quote: Quote | None
    count_quotes: Annotated[list[CountQuote], Field(max_length=MOST_QUOTES)]
    hedge_quotes: Quotes
    denied_quote: Quote | None

    @field_validator("stance")
    @classmethod
    def _known_stance(cls, stance: Stance) -> Stance:
        if stance is Stance.UNRESOLVED:
            raise ValueError("name a stance")
        return stance

    @field_validator("acts")
    @classmethod
    def _known_acts(cls, acts: list[Act]) -> list[Act]:
        if Act.UNRESOLVED in acts:
            raise ValueError("leave acts empty when there is none")
        return acts


class ReplyClaims(_Shape):
    """Everything a model answers about one stretch of a text."""

    claims: Annotated[list[ReplyClaim], Field(max_length=MOST_CLAIMS)]


def read_claims(content: str) -> ReplyClaims | str:
    """Give the claims of an answer, or in one sentence why it cannot be read.

    A code fence or a leading thought around the JSON is taken off; nothing else is mended.
    """
    try:
        return ReplyClaims.model_validate_json(_unwrapped(content))
    except ValidationError as error:
        first = error.errors(include_url=False, include_context=False, include_input=False)[0]
        if first["type"] == "json_invalid":
            return "the answer is not JSON"
        # Only our own names of fields are repeated: what the model wrote may be anything.
        where = ".".join(str(part) for part in first["loc"] if part in _KEYS or part in _NUMBERS)
        return f"the answer does not follow the schema at {where or 'its top'}"


def _unwrapped(content: str) -> str:
    """Take off a leading thought and a code fence; no pattern, for a hostile answer may be long."""
    bare = content.strip()
    if bare.startswith(_THOUGHT) and (end := bare.find(_THOUGHT_ENDS)) >= 0:
        bare = bare[end + len(_THOUGHT_ENDS) :].strip()
    tag, line, body = bare.removeprefix(_FENCE).partition("\n")
    fenced = bare.startswith(_FENCE) and line and body.endswith("\n" + _FENCE)
    if fenced and tag.strip() in {"", "json"}:
        return body.removesuffix(_FENCE)
    return bare


_KEYS = frozenset(
    name
    for shape in (ReplyClaims, ReplyClaim, SpeakerQuote, CountQuote)
    for name in shape.model_fields
)
_NUMBERS = frozenset(range(MOST_CLAIMS))


def json_schema(*, reverse: bool = False) -> dict[str, object]:
    """Give the schema sent with each request; `reverse` turns the order of the labels around.

    References are written out and limits left out, which not every server can turn into a grammar;
    the limits hold all the same, for the answer is read by `read_claims`.
    """
    schema = ReplyClaims.model_json_schema()
    definitions = schema.pop("$defs", {})
    return cast("dict[str, object]", _plain(schema, definitions, reverse=reverse))


_DROPPED = frozenset({"title", "description", "maxItems", "minItems", "maxLength", "minLength"})


def _plain(part: object, definitions: dict[str, object], *, reverse: bool) -> object:
    """Give a part of a schema with references written out and every property required."""
    if isinstance(part, list):
        return [_plain(p, definitions, reverse=reverse) for p in part]
    if not isinstance(part, dict):
        return part
    if "$ref" in part:
        name = str(part["$ref"]).rpartition("/")[2]
        return _plain(definitions[name], definitions, reverse=reverse)
    found = {
        key: {n: _plain(p, definitions, reverse=reverse) for n, p in value.items()}
        if key == "properties"
        else _plain(value, definitions, reverse=reverse)
        for key, value in part.items()
        if key not in _DROPPED
    }
    if "enum" in found:
        labels = [v for v in part["enum"] if v != Act.UNRESOLVED.value]
        found["enum"] = labels[::-1] if reverse else labels
    return found


def labels(members: tuple[Enum, ...], *, reverse: bool) -> str:
    """Give labels in a row for the prompt."""
    values = [str(m.value) for m in members]
    return ", ".join(values[::-1] if reverse else values)


def written(claims: list[ReplyClaim]) -> str:
    """Give claims as the JSON a model would have answered."""
    return json.dumps({"claims": [c.model_dump(mode="json") for c in claims]}, ensure_ascii=False)
