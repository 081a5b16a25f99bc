"""What is the same event: claims to incidents, and incidents of both sides to engagements."""

from truceline.link.incidents import Linked, link_claims

__all__ = ["Linked", "link_claims"]
