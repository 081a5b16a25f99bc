"""Benchmarks with their peers, each one command; none of them is a test."""
