"""How far to believe, and whom: incidents to findings."""

from truceline.weigh.findings import findings
from truceline.weigh.leave_out import without_each
from truceline.weigh.release import as_released

__all__ = ["as_released", "findings", "without_each"]
