"""Export formats: one function a file."""
