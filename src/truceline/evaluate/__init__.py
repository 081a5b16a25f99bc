"""Scoring against labels, beside trivial baselines; no stage ever sees a label."""
