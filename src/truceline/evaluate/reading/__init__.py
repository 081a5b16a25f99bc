"""Scoring of the reader against public gold: parsers, plain predictions, pure scoring functions."""
