"""Annotation by a person: short codes, the gold file, and the two ways to work."""
