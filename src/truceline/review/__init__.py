"""People answer: decisions with four eyes, about claims, kept in the ledger."""

from truceline.review.decisions import decide, decision_from, decision_record, rulings

__all__ = ["decide", "decision_from", "decision_record", "rulings"]
