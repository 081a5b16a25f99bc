"""What it says: items to claims; what is not known stays unresolved."""

from truceline.read.coded import read_claims

__all__ = ["read_claims"]
