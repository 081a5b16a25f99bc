"""A language model as second coder: it points at words, we read them and hold it to the text."""

from __future__ import annotations

from truceline.read.llm.cache import Cache, Exchange, Recorded, Replies
from truceline.read.llm.client import LlmError, Reply, Trouble, ask
from truceline.read.llm.coder import LlmCoder, endpoint_of, party_names
from truceline.read.llm.probes import ProbeReport, ProbeResult, probe
from truceline.read.llm.prompt import PROMPT_VERSION
from truceline.read.llm.recorded import permission, recorded_coder, reply_record
from truceline.read.llm.settings import LlmSettings, configured

__all__ = [
    "PROMPT_VERSION",
    "Cache",
    "Exchange",
    "LlmCoder",
    "LlmError",
    "LlmSettings",
    "ProbeReport",
    "ProbeResult",
    "Recorded",
    "Replies",
    "Reply",
    "Trouble",
    "ask",
    "configured",
    "endpoint_of",
    "party_names",
    "permission",
    "probe",
    "recorded_coder",
    "reply_record",
]
