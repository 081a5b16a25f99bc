"""A language model's reading out of the ledger: no network, the same claims each time."""

from __future__ import annotations

from typing import TYPE_CHECKING

from truceline.read.llm.cache import Exchange, Recorded
from truceline.read.llm.coder import LlmCoder
from truceline.read.llm.settings import LlmSettings
from truceline.terms.voices import Voices
from truceline.text.names import fold

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from truceline.model.mission import Mission
    from truceline.read.grammar.line import Ground


def recorded_coder(
    ground: Ground, mission: Mission, replies: Mapping[str, bytes]
) -> LlmCoder | None:
    """Give the mission's second coder, which answers out of `replies` alone; None where it has none."""
    if mission.second_coder is None:
        return None
    settings = LlmSettings(
        url=mission.second_coder.url.rstrip("/"), model=mission.second_coder.model
    )
    return LlmCoder(ground, settings, permission(mission), Recorded(dict(replies)))


def permission(mission: Mission | None) -> Callable[[str | None], bool]:
    """Give the function that answers whether texts of an outlet may leave this machine."""
    if mission is None:
        return lambda _outlet: True
    sources = Voices(mission).sources

    def permitted(outlet: str | None) -> bool:
        source = sources.get(fold(outlet)) if outlet else None
        return source is not None and source.texts_may_leave

    return permitted


def reply_record(exchange: Exchange, original: str) -> dict[str, object]:
    """Give the ledger record of an exchange; `original` is the sha256 of its raw reply."""
    return {
        "kind": "llm_reply",
        "request": exchange.request,
        "model": exchange.model,
        "prompt": exchange.prompt_version,
        "original": original,
    }
