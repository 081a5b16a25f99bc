"""Truceline: ceasefire monitoring and verification, from evidence to a judged provision and a report."""

__version__ = "0.1.0"
