"""People answer: decisions with four eyes, about claims, kept in the ledger."""

from truceline.model.decision import decision_from, decision_record
from truceline.review.decisions import decide, rulings

__all__ = ["decide", "decision_from", "decision_record", "rulings"]
