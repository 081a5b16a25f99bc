"""Who and what a text names: sides, places, offices, weapons, and the words that it names them with."""
