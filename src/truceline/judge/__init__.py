"""Findings and coverage against provisions: classifications, standings, obligations."""

from truceline.judge.judgements import judge

__all__ = ["judge"]
