"""Which signs may be shown? Those that steer a page or a terminal are made visible instead."""

from __future__ import annotations

# Bidirectional overrides can make a line read otherwise than it is stored.
_BIDI = set(range(0x202A, 0x202F)) | set(range(0x2066, 0x206A)) | {0x200E, 0x200F, 0x061C}


def clean(text: str) -> str:
    """Replace what no page may hold, control characters and text-direction overrides, visibly."""
    return "".join("\N{REPLACEMENT CHARACTER}" if hidden(c) else c for c in text)


def hidden(sign: str) -> bool:
    """Tell whether a sign could steer a page or a terminal instead of being shown."""
    return not _printable(ord(sign))


def _printable(code: int) -> bool:
    control = (code < 0x20 and code not in {0x09, 0x0A}) or 0x7F <= code < 0xA0  # noqa: PLR2004
    surrogate = 0xD800 <= code < 0xE000  # noqa: PLR2004
    unassigned = code & 0xFFFE == 0xFFFE or 0xFDD0 <= code < 0xFDF0  # noqa: PLR2004
    return not (control or surrogate or unassigned or code in _BIDI)
