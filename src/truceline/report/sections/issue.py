"""What a report says of its own issue."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from truceline.report.sections.changed import changed
from truceline.report.view_issue import HeldBackView, IssueView
from truceline.report.words import moment

if TYPE_CHECKING:
    from truceline.model.report import Issued
    from truceline.report.scene import Scene


def issue(scene: Scene, issued: Issued) -> IssueView:
    """Say which report it is, who answers for it, and what it rests on."""
    before, corrects = issued.previous, issued.corrects
    return IssueView(
        number=issued.number, approved=bool(issued.approved_by), by=issued.by, at=issued.at,
        approved_by=issued.approved_by, approved_at=issued.approved_at, embargo=_embargo(issued, scene),
        assessment=issued.words.assessment,
        held_back=tuple(HeldBackView(what=h.what, because=h.because) for h in issued.words.held_back),
        previous=before.number if before else "", previous_page=before.page if before else "",
        corrects=corrects.number if corrects else "", corrected_page=corrects.page if corrects else "",
        because=issued.because, corrected=tuple(changed(scene, corrects)) if corrects else (),
        head=issued.head, key=issued.key,
    )  # fmt: skip


def _embargo(issued: Issued, scene: Scene) -> str:
    if not issued.embargo:
        return ""
    until = moment(datetime.fromisoformat(issued.embargo), scene.mission.zone)
    return f"Under embargo until {until} ({issued.embargo}): not to be passed on or quoted before"
