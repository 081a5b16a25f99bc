"""Tests of the report: files, page, drawings, summary."""
