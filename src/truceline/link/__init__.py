"""What is the same event: claims to incidents, and incidents of both sides to engagements."""

from truceline.link.incidents import Linked, link_claims
from truceline.link.lifting import lifts

__all__ = ["Linked", "lifts", "link_claims"]
