"""The nouns: frozen standard-library dataclasses, shared by every stage; no library, no I/O."""
