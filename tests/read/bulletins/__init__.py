"""Bulletins in Russian, Ukrainian, Armenian and Azerbaijani with the claims a careful person reads."""
