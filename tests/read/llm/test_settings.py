"""Settings: every problem at once, no plain http to others, and a key that never shows."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.read.llm.documents import REPO
from truceline.errors import UsageError
from truceline.read.llm import LlmSettings, configured
from truceline.read.llm.settings import NAMES

if TYPE_CHECKING:
    from pathlib import Path

SECRET = "sk-very-secret-0123456789"  # noqa: S105  made up
GOOD = {"TRUCELINE_LLM_URL": "https://llm.example/v1", "TRUCELINE_LLM_MODEL": "m"}


def complaints(environment: dict[str, str]) -> str:
    with pytest.raises(UsageError) as caught:
        LlmSettings.of(environment)
    return str(caught.value)


def test_defaults_and_everything_set(tmp_path: Path) -> None:
    plain = LlmSettings.of(GOOD)
    assert (plain.key, plain.timeout, plain.parallel) == (None, 120, 1)
    key = tmp_path / "key"
    key.write_text(SECRET + "\n")
    full = {
        **GOOD, "TRUCELINE_LLM_KEY_FILE": str(key), "TRUCELINE_LLM_TIMEOUT": "7",
        "TRUCELINE_LLM_PARALLEL": "4",
    }  # fmt: skip
    settings = LlmSettings.of(full)
    assert (settings.key, settings.timeout, settings.parallel) == (SECRET, 7, 4)
    assert SECRET not in repr(settings)
    assert SECRET not in str(settings)


def test_every_problem_is_told_at_once() -> None:
    told = complaints({
        "TRUCELINE_LLM_URL": "http://llm.example/v1", "TRUCELINE_LLM_KEY_FILE": "no/such/file",
        "TRUCELINE_LLM_TIMEOUT": "0", "TRUCELINE_LLM_PARALLEL": "many",
    })  # fmt: skip
    for name in ("URL", "MODEL", "KEY_FILE", "TIMEOUT", "PARALLEL"):
        assert f"TRUCELINE_LLM_{name}" in told
    assert "What to do:" in told


@pytest.mark.parametrize(
    "url",
    [
        "http://localhost:8080/v1", "http://127.0.0.1:8080/v1/", "http://127.9.9.9/v1",
        "http://[::1]:11434/v1", "https://llm.example/v1/chat/completions",
    ],
)  # fmt: skip
def test_addresses_that_are_good(url: str) -> None:
    settings = LlmSettings.of({**GOOD, "TRUCELINE_LLM_URL": url})
    assert settings.address.endswith("/v1/chat/completions")
    assert settings.address.count("/chat/completions") == 1


@pytest.mark.parametrize(
    "url",
    [
        "http://llm.example/v1", "http://10.0.0.7/v1", "http://127.0.0.1.llm.example/v1",
        "http://127.0.0.1@llm.example/v1", "http://localhost.llm.example/v1",
        "https://user:pass@llm.example/v1", "https://llm.example/v1?key=1", "ftp://llm.example",
        "file:///etc/passwd", "llm.example/v1", "https://", "http://0x7f.1/v1",
        "https://llm.example\\@127.0.0.1/v1", "https://llm.example/v1#x", "https://l\u0456m.example/v1",
        "https://llm.example:99999/v1",
    ],
)  # fmt: skip
def test_addresses_that_are_refused_and_not_repeated(url: str) -> None:
    told = complaints({**GOOD, "TRUCELINE_LLM_URL": url})
    assert "TRUCELINE_LLM_URL" in told
    assert "pass@" not in told


@pytest.mark.parametrize("content", [b"", b"\n", b"a\nb", b"\xff\xfe", b"x" * 5000])
def test_a_key_file_holds_the_key_alone(tmp_path: Path, content: bytes) -> None:
    key = tmp_path / "key"
    key.write_bytes(content)
    assert "on one line" in complaints({**GOOD, "TRUCELINE_LLM_KEY_FILE": str(key)})


def test_whether_anything_is_set() -> None:
    assert not configured({})
    assert configured({"TRUCELINE_LLM_MODEL": "m"})


def test_every_setting_is_documented() -> None:
    for page in ("reference/settings.md", "howto/llm-coder.md"):
        text = (REPO / "docs" / page).read_text(encoding="utf-8")
        for name in NAMES:
            assert f"`{name}`" in text, f"{page}: {name}"
