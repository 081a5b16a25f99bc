"""The report as a paper: blocks that every form to print or to write on is set from, in one of several languages."""
