"""Rows that people coded: acts, speakers and times as they stand in a table."""
