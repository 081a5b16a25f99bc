"""A first draft of a mission from an agreement's text: what it may say, each with the words that say so, and what is left to choose."""
