"""How far to believe, and whom: incidents to findings."""

from truceline.weigh.findings import findings

__all__ = ["findings"]
