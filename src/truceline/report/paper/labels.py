"""Every word of a closed list that a paper says: statuses, states, acts, verbs, and the heads of tables."""

from __future__ import annotations

from typing import TYPE_CHECKING

from truceline.model.acts import Act
from truceline.model.coverage import CoverageVerdict
from truceline.model.decision import Verdict
from truceline.model.finding import AttributionState, Occurrence
from truceline.model.judgement import ClassificationState, ObligationState
from truceline.model.problem import Severity
from truceline.report.scene import VERBS
from truceline.report.sections.claims import TOPICS
from truceline.report.view import NO_DUE_DATE
from truceline.report.words import AWAITING, attribution_words, coverage_words, words_of

if TYPE_CHECKING:
    from collections.abc import Iterator

TIMES = (
    "time of day not stated", "time not stated", "(about)", "(part of a day)", "(one end not stated)",
)  # fmt: skip
HEADS = (
    "About", "As of", "Basis", "Best", "Claims", "Contested", "Coverage", "Day", "Decision", "Due", "Event", "Finding", "Held by", "High",
    "Incidents", "Injured", "Killed", "Low", "Mission time", "No.", "Origins, each counted once", "Persons", "Place", "Provision",
    "Reading", "Reason given", "Reported", "Standing", "State", "Stated", "Text", "UTC", "What", "When", "Where", "Who is bound",
    "Who states it", "Within", "Zone",
)  # fmt: skip
METHOD = (
    "Engine and rules", "Mission version", "Digest of the set of items", "As-of, as given", "Counting rule", "Name policy", "Occurrence", "Four axes",
)  # fmt: skip
_OTHERS = (
    "killed", "injured", "no figure", "none", "open", "place not known", "act not known", "place not stated", "Overdue", "Disputed",
    "No incident was reported.", "Not counted: no evidence could be read.", "Nothing was published",
    "Told of for the first time", "Told of before, with more claims", "Two people decide whether this is confirmed",
    "Two people decide whether a party is named", "Somebody checks what a machine read",
    "Somebody says whether these are told by both sides", "Somebody says to which incident these belong",
    "Two people decide: refuted, or that it cannot be determined", "No agreement is in force",
    "Reported per day, by who reports", "Reported per week, by who reports", "in force", "proposed", "act", "actors", "speaker", "place", "when", "in force at the as-of under every reading", "in force at the as-of under every reading, beside a newer agreement",
    "not yet in force at the as-of under any reading", "no longer in force at the as-of under any reading",
    "cannot tell whether in force at the as-of", "cannot tell", "in force at the as-of under some readings only", "reported by more than one side", "reported by others only",
)  # fmt: skip


def labels() -> Iterator[str]:
    """Give every such word, some more than once."""
    yield from (words_of(state) for state in Occurrence)
    yield "confirmed (by admission)"
    yield from (f"{told}{AWAITING}" for told in ("confirmed", "confirmed (by admission)"))
    yield from (attribution_words(state) for state in AttributionState)
    yield from (f"{attribution_words(state)}{AWAITING}" for state in AttributionState)
    yield from (coverage_words(verdict) for verdict in CoverageVerdict)
    for vocabulary in (ObligationState, ClassificationState, Verdict, Severity, Act):
        yield from (words_of(word) for word in vocabulary)
    yield from VERBS.values()
    yield from TOPICS.values()
    yield NO_DUE_DATE
    yield from (*TIMES, *HEADS, *METHOD, *_OTHERS)
