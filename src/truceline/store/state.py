"""Where does this account keep what must not lie in a mission? In its state, cache and data folders."""

from __future__ import annotations

import os
from pathlib import Path


def state_folder() -> Path | None:
    """Give `$XDG_STATE_HOME/truceline`, else `~/.local/state/truceline`; None without a home folder.

    A relative XDG_STATE_HOME is passed over, as the XDG base directory specification says.
    """
    return _under("XDG_STATE_HOME", ".local/state")


def cache_folder() -> Path | None:
    """Give `$XDG_CACHE_HOME/truceline`, else `~/.cache/truceline`; None without a home folder."""
    return _under("XDG_CACHE_HOME", ".cache")


def data_folder() -> Path | None:
    """Give `$XDG_DATA_HOME/truceline`, else `~/.local/share/truceline`; None without a home folder."""
    return _under("XDG_DATA_HOME", ".local/share")


def _under(variable: str, usual: str) -> Path | None:
    named = Path(os.environ.get(variable, ""))
    if named.is_absolute():
        return named / "truceline"
    try:
        return Path.home() / usual / "truceline"
    except RuntimeError:
        return None
