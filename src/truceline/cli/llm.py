"""The LLM coder for the command line: set in the environment, probed once, its replies kept."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from truceline.cli.common import note
from truceline.errors import UsageError
from truceline.read.llm import (
    Cache,
    Exchange,
    LlmCoder,
    LlmSettings,
    party_names,
    permission,
    probe,
)
from truceline.read.llm.coder import endpoint_of
from truceline.store.state import cache_folder

if TYPE_CHECKING:
    from truceline.read import TextReader

_FOLDER = "llm-replies"


def llm_coder(reader: TextReader) -> LlmCoder:
    """Give the LLM coder for a reader; raises UsageError where it is not set or fails the probes.

    With a mission, only texts of sources that mission.yaml lets leave are sent; with a data pack
    alone, who asks for the coder by name permits it for the texts of this call. The replies to the
    probes are among the coder's exchanges, for the ledger.
    """
    settings = LlmSettings.of(os.environ)
    cache = Cache(_replies())
    names = party_names(reader.pack)
    tried: list[Exchange] = []
    if not cache.accepted(endpoint_of(settings, names)):
        note("the LLM endpoint is new here: trying it with the probes ...")
        report = probe(settings, names, cache)
        if not report.passed:
            raise UsageError(
                f"the model {settings.model!r} at this endpoint does not pass the probes",
                "use another model or endpoint, or --coder rules",
                details=[f"{r.name}: {why}" for r in report.results for why in r.reasons],
            )
        tried = list(report.exchanges)
    return LlmCoder(reader.ground, settings, permission(reader.mission), cache, exchanges=tried)


def _replies() -> Path:
    """Name the folder of earlier replies and accepted endpoints: the user's own, never the mission's."""
    folder = cache_folder()
    if folder is None:
        raise UsageError("there is no home folder for replies", "set XDG_CACHE_HOME to a folder")
    return folder / _FOLDER
