"""Coders with an accepted endpoint, and what they stand on."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.read.llm.documents import make_ground
from truceline.read.llm import Cache, LlmCoder, LlmSettings, party_names
from truceline.read.llm.coder import endpoint_of

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from truceline.read.grammar.line import Ground


@pytest.fixture(scope="session")
def ground() -> Ground:
    return make_ground()


@pytest.fixture
def cache(tmp_path: Path) -> Cache:
    return Cache(tmp_path / "llm")


@pytest.fixture
def naps() -> list[float]:
    """Collect the seconds that a client would have slept."""
    return []


@pytest.fixture
def coder_for(ground: Ground, cache: Cache, naps: list[float]) -> Callable[..., LlmCoder]:
    """Give a coder for an address that counts as accepted."""

    def make(url: str, *, timeout: int = 5, parallel: int = 1) -> LlmCoder:
        settings = LlmSettings(url=url, model="m", timeout=timeout, parallel=parallel)
        cache.accept(endpoint_of(settings, party_names(ground.pack)))
        return LlmCoder(ground, settings, lambda _: True, cache, sleep=naps.append)

    return make
