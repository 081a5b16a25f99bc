"""Which endpoint is asked, and how: settings from the environment, every problem told at once."""

from __future__ import annotations

import ipaddress
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

import httpx

from truceline.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Mapping

URL, MODEL, KEY_FILE = "TRUCELINE_LLM_URL", "TRUCELINE_LLM_MODEL", "TRUCELINE_LLM_KEY_FILE"
TIMEOUT, PARALLEL = "TRUCELINE_LLM_TIMEOUT", "TRUCELINE_LLM_PARALLEL"
NAMES = (URL, MODEL, KEY_FILE, TIMEOUT, PARALLEL)
_PATH = "/chat/completions"
_DEFAULT_TIMEOUT, _LONGEST_TIMEOUT, _MOST_PARALLEL = 120, 3600, 32
_LARGEST_KEY = 4096
_PORTS = {None, *range(1, 65536)}


@dataclass(frozen=True, slots=True, kw_only=True)
class LlmSettings:
    """An endpoint, its model and how patiently it is asked; the key shows in no repr or message.

    `url` is the base address, such as https://host/v1; `timeout` is in seconds and holds for a whole
    answer.
    """

    url: str
    model: str
    key: str | None = field(default=None, repr=False)
    timeout: int = _DEFAULT_TIMEOUT
    parallel: int = 1

    @property
    def address(self) -> str:
        """The address that chats are sent to."""
        return self.url + _PATH

    @classmethod
    def of(cls, environment: Mapping[str, str]) -> LlmSettings:
        """Read the settings; raises UsageError that lists everything wrong with them."""
        wrong: list[str] = []
        settings = cls(
            url=_url(environment.get(URL, ""), wrong),
            model=_model(environment.get(MODEL, ""), wrong),
            key=_key(environment.get(KEY_FILE, ""), wrong),
            timeout=_whole(environment, TIMEOUT, (_DEFAULT_TIMEOUT, _LONGEST_TIMEOUT), wrong),
            parallel=_whole(environment, PARALLEL, (1, _MOST_PARALLEL), wrong),
        )
        if wrong:
            raise UsageError(
                "the settings of the LLM coder cannot be used",
                "set the variables named here (docs/reference/settings.md) or leave the LLM coder out",
                details=wrong,
            )
        return settings


def configured(environment: Mapping[str, str]) -> bool:
    """Answer whether somebody set any of the LLM coder's settings."""
    return any(environment.get(name) for name in NAMES)


def _url(value: str, wrong: list[str]) -> str:
    """Give the base address without its last slash; only https, or http to this machine."""
    if not value:
        wrong.append(f"{URL} is not set: give the base address, such as http://127.0.0.1:8080/v1")
        return ""
    if complaint := _complaint(value):
        wrong.append(f"{URL} {complaint}")
        return ""
    return value.rstrip("/").removesuffix(_PATH).rstrip("/")


def _complaint(value: str) -> str | None:
    """Say what is wrong with an address, without repeating it: it may hold a password."""
    if not value.isascii() or not value.isprintable() or set(value) & set(" \\<>\"'"):
        return "is not an address: only plain ASCII characters, no blanks"
    try:
        url = httpx.URL(value)
    except httpx.InvalidURL:
        return "is not an address: write it as https://host/v1"
    if url.scheme not in {"http", "https"} or not url.host or url.port not in _PORTS:
        return "is not an address: write it as https://host/v1"
    if url.userinfo or url.query or url.fragment or "?" in value or "#" in value:
        return f"holds a password, query or fragment: put the key into the file {KEY_FILE} names"
    if url.scheme == "http" and not _loopback(url.host):
        return "is http to another machine, where texts and key could be read: use https"
    return None


def _loopback(host: str) -> bool:
    """Answer whether a host is this machine, by its name or number alone."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def _model(value: str, wrong: list[str]) -> str:
    if not value.strip():
        wrong.append(f"{MODEL} is not set: give the name by which the endpoint knows its model")
    elif value != value.strip() or not value.isprintable():
        wrong.append(f"{MODEL} holds blanks around it or control characters: write the bare name")
    return value


def _key(path: str, wrong: list[str]) -> str | None:
    """Read the key from its file; what stands in the file is never repeated."""
    if not path:
        return None
    try:
        content = Path(path).read_bytes()[: _LARGEST_KEY + 1]
    except OSError as error:
        reason = error.strerror or "cannot be read"
        wrong.append(f"{KEY_FILE}: the file cannot be read ({reason}): check path and permissions")
        return None
    key = content.decode("ascii", "replace").strip()
    if not key or len(content) > _LARGEST_KEY or not key.isascii() or not key.isprintable():
        wrong.append(f"{KEY_FILE}: the file must hold the key alone, on one line of ASCII")
        return None
    return key


def _whole(
    environment: Mapping[str, str], name: str, limits: tuple[int, int], wrong: list[str]
) -> int:
    """Read a whole number from 1 to the most allowed; `limits` are the default and the most."""
    default, most = limits
    value = environment.get(name, "")
    if not value:
        return default
    if value.isascii() and value.isdigit() and len(value) <= len(str(most)):
        number = int(value)
        if 1 <= number <= most:
            return number
    wrong.append(f"{name} must be a whole number from 1 to {most}")
    return default
