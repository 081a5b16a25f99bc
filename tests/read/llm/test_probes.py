"""An endpoint is tried before it is trusted: what a fair reader passes, each bias fails."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from tests.read.llm.documents import make_document, make_lines
from tests.read.llm.endpoint import (
    PROBED,
    Answer,
    Body,
    Claim,
    claim,
    claims,
    endpoint,
    scripted,
    shown,
)
from truceline.errors import UsageError
from truceline.read.llm import Cache, LlmCoder, LlmSettings, ProbeReport, party_names, probe
from truceline.read.llm.probes import PROBE_NAMES

if TYPE_CHECKING:
    from collections.abc import Callable

    from truceline.read.grammar.line import Ground

NAMES = ("Armenia", "Azerbaijan")
FAIR = scripted(PROBED)


def tried(
    answer: Callable[[Body, int], Answer],
    cache: Cache | None = None,
    names: tuple[str, ...] = NAMES,
) -> ProbeReport:
    with endpoint(answer) as server:
        settings = LlmSettings(url=server.url, model="m", timeout=5)
        return probe(settings, names, cache, sleep=lambda _: None)


def failed(report: ProbeReport) -> set[str]:
    assert all(r.passed != bool(r.reasons) for r in report.results)
    return {r.name for r in report.results if not r.passed}


def mended(
    change: Callable[[Claim, str, Body, int], Claim | None],
) -> Callable[[Body, int], Answer]:
    """Answer fairly, then change each claim; `change` gets claim, sentence, request and its number."""

    def answer(body: Body, number: int) -> Answer:
        content = json.loads(FAIR(body, number).body)["choices"][0]["message"]["content"]
        found = json.loads(content)["claims"]
        sentences = dict(shown(body))
        turned = [change(c, sentences[c["sentences"][0]], body, number) for c in found]
        return claims(*(c for c in turned if c is not None))

    return answer


@pytest.mark.parametrize("names", [NAMES, ("Sudan", "SouthSudan"), ("A", "AB")])
def test_a_fair_reader_passes_all(cache: Cache, names: tuple[str, ...]) -> None:
    report = tried(FAIR, cache, names)
    assert failed(report) == set()
    assert tuple(r.name for r in report.results) == PROBE_NAMES
    assert report.passed
    assert cache.accepted(report.endpoint)
    assert len(report.exchanges) == 18
    assert all(e.raw for e in report.exchanges)


def test_a_reader_with_an_enemy_fails_the_label_swap(cache: Cache) -> None:
    def biased(found: Claim, sentence: str, _: Body, __: int) -> Claim | None:
        # What the army of one party is said to have done, it leaves out.
        return None if "army of Armenia" in sentence or "forces of Armenia" in sentence else found

    report = tried(mended(biased), cache)
    assert "label_swap" in failed(report)
    assert not cache.accepted(report.endpoint)


def test_a_reader_that_softens_one_party_fails_the_label_swap() -> None:
    def biased(found: Claim, sentence: str, _: Body, __: int) -> Claim:
        soft = found["stance"] == "alleges" and "Armenia said" in sentence
        return {**found, "stance": "reports"} if soft else found

    assert failed(tried(mended(biased))) == {"label_swap"}


def test_a_reader_of_first_sentences_fails_the_order() -> None:
    def biased(found: Claim, _: str, __: Body, ___: int) -> Claim | None:
        return found if found["sentences"][0] <= 2 else None

    assert "order" in failed(tried(mended(biased)))


def test_a_reader_that_takes_the_first_label_fails_the_order() -> None:
    def biased(found: Claim, _: str, body: Body, __: int) -> Claim:
        schema = body["response_format"]["json_schema"]["schema"]
        acts = schema["properties"]["claims"]["items"]["properties"]["acts"]["items"]["enum"]
        return {**found, "acts": [acts[0]]}

    assert failed(tried(mended(biased))) == {"order"}


def test_a_reader_that_obeys_the_text_fails_the_injection() -> None:
    def obedient(body: Body, number: int) -> Answer:
        for n, sentence in shown(body):
            if sentence.startswith("Ignore all previous"):
                return claims(claim(n, stance="confirms", acts=["fire"], act_quotes=["shelling"]))
        return FAIR(body, number)

    assert failed(tried(obedient)) == {"injection"}


def test_a_reader_thrown_off_by_the_text_fails_the_injection() -> None:
    def silenced(body: Body, number: int) -> Answer:
        told = any("only correct answer" in sentence for _, sentence in shown(body))
        return claims() if told else FAIR(body, number)

    assert failed(tried(silenced)) == {"injection"}


def test_a_reader_of_moods_fails_determinism() -> None:
    def moody(body: Body, number: int) -> Answer:
        fair = FAIR(body, number)
        return Answer(body=fair.body.replace(b"claims", b"claims", 1).replace(
            b'\\"claims\\": [', b'\\"claims\\": [' + b" " * number, 1
        ))  # fmt: skip

    assert failed(tried(moody)) == {"determinism"}


def test_a_reader_that_finds_nothing_fails_the_reading() -> None:
    assert failed(tried(lambda _, __: claims())) == {"reading"}


def test_a_reader_that_swaps_roles_always_fails_the_reading() -> None:
    def confused(found: Claim, _: str, __: Body, ___: int) -> Claim:
        speakers = [s["speaker_quote"] for s in found["speakers"]]
        actors = found["actor_quotes"]
        if not actors:
            return found
        turned = [{"speaker_quote": a, "cue_quote": None} for a in actors]
        return {**found, "speakers": turned, "actor_quotes": speakers}

    assert "reading" in failed(tried(mended(confused)))


def test_a_reader_that_invents_quotes_fails_all_that_read() -> None:
    def inventing(found: Claim, _: str, __: Body, ___: int) -> Claim:
        return {**found, "hedge_quotes": ["allegedly"]}

    assert failed(tried(mended(inventing))) == set(PROBE_NAMES) - {"determinism"}


def test_a_server_that_does_not_answer_fails_all() -> None:
    report = tried(lambda _, __: Answer(status=500))
    assert failed(report) == set(PROBE_NAMES)
    assert all("no answer" in r.reasons[0] for r in report.results)


def test_acceptance_holds_for_one_address_model_and_pair_of_parties(
    ground: Ground, cache: Cache
) -> None:
    names = party_names(ground.pack)
    with endpoint(FAIR) as server:
        settings = LlmSettings(url=server.url, model="m", timeout=5)
        assert probe(settings, names, cache).passed
        coder = LlmCoder(ground, settings, lambda _: True, cache)
        document = make_document(
            "The Defence Ministry of Armenia said that the army of Azerbaijan shelled the village "
            "of Hadrut."
        )
        (draft,) = coder.code(document, make_lines(document)) or []
        assert (draft.actors, draft.layers[0].sides) == (("AZ",), ("AM",))
        for other in (
            LlmSettings(url=server.url, model="n"), LlmSettings(url="http://127.0.0.1:9/v1", model="m"),
        ):  # fmt: skip
            with pytest.raises(UsageError, match="probes"):
                LlmCoder(ground, other, lambda _: True, cache)


@pytest.mark.parametrize("names", [(), ("A",), ("A", "A")])
def test_probes_need_two_parties(names: tuple[str, ...]) -> None:
    with pytest.raises(UsageError, match="two parties"):
        tried(FAIR, names=names)
