"""The LLM coder against endpoints that behave well, badly and maliciously."""
