"""News and statements: who says what about whom, by named rules."""
