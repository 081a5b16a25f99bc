"""Times, numbers, counts and quotes of a text, and its sentences with all that was found in them."""
