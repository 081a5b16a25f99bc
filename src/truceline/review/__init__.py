"""People answer: decisions with four eyes, about claims, kept in the ledger."""

from truceline.model.decision import decision_from, decision_record
from truceline.review.decisions import about, decide, rulings
from truceline.review.renewal import Version, World, renewed, subjects_of

__all__ = [
    "Version",
    "World",
    "about",
    "decide",
    "decision_from",
    "decision_record",
    "renewed",
    "rulings",
    "subjects_of",
]
