"""Where things are kept: how queries are found and how values become bytes."""
