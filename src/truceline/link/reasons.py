"""How a comparison speaks: a rule's name, its bits, a sentence; `VETO` forbids that two claims share an incident."""

from __future__ import annotations

from truceline.model.incident import Reason

VETO = -1_000.0


def said(rule: str, bits: float, sentence: str) -> Reason:
    """Give the reason by which a comparison adds bits, or takes them."""
    return Reason(rule=rule, bits=bits, sentence=sentence)
