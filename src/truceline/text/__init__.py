"""Shared ground for words: folding names and comparing short texts."""
