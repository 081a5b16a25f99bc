"""What it says: items to claims; what is not known stays unresolved."""

from truceline.read.coded import read_claims
from truceline.read.texts import TextReader, TextsRead, item_text, read_texts

__all__ = ["TextReader", "TextsRead", "item_text", "read_claims", "read_texts"]
