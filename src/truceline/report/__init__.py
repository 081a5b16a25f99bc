"""What we tell: one assessment to the daily report, its JSON files and the terminal summary."""

from truceline.report.files import write_files
from truceline.report.summary import summary

__all__ = ["summary", "write_files"]
