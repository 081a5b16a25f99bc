"""What was received, provably: originals, an append-only log of entries, and their hash tree."""
