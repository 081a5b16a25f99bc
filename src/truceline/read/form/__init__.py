"""Messages in the form of keys and values."""
