"""Tests of the scorers for public gold: on small files of our own, and on the gold if it is there."""
