"""One question to a server that is well, slow, busy, huge, broken or elsewhere."""

from __future__ import annotations

import gzip
import json

import httpx
import pytest

from tests.read.llm.endpoint import Answer, Body, claims, endpoint, said
from truceline.read.llm import LlmError, LlmSettings, Trouble, ask
from truceline.read.llm.prompt import messages
from truceline.read.llm.reply import json_schema

SECRET = "sk-very-secret-0123456789"  # noqa: S105  made up
CHAT = messages([(1, "Nothing happened.")])


def settings(url: str, timeout: int = 5) -> LlmSettings:
    return LlmSettings(url=url, model="m", key=SECRET, timeout=timeout)


def trouble(answer: Answer, timeout: int = 5) -> tuple[Trouble, str, int]:
    """Give why there was no answer, what was told, and how often was asked."""
    naps: list[float] = []
    with endpoint(lambda _, __: answer) as server, pytest.raises(LlmError) as caught:
        ask(CHAT, json_schema(), settings(server.url, timeout), sleep=naps.append)
    assert SECRET not in str(caught.value)
    assert "What to do:" in str(caught.value)
    return caught.value.trouble, str(caught.value), len(server.asked)


def test_the_request_is_schema_bound_and_without_chance_or_tools() -> None:
    with endpoint(lambda _, __: claims()) as server:
        reply = ask(CHAT, json_schema(), settings(server.url))
    body = server.asked[0]
    assert body["path"] == "/v1/chat/completions"
    assert (body["temperature"], body["seed"], body["stream"]) == (0, 0, False)
    assert body["response_format"]["type"] == "json_schema"
    assert body["response_format"]["json_schema"]["schema"] == json_schema()
    assert "tools" not in body
    assert server.headers[0]["Authorization"] == f"Bearer {SECRET}"
    assert json.loads(reply.content) == {"claims": []}
    assert json.loads(reply.raw)["object"] == "chat.completion"


def test_proxies_of_the_environment_are_not_used(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY", "HTTPS_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    with endpoint(lambda _, __: claims()) as server:
        assert ask(CHAT, json_schema(), settings(server.url)).content


@pytest.mark.parametrize(
    ("headers", "expected"),
    [
        ((("Retry-After", "3"),), [3.0]),
        ((("Retry-After", "86400"),), [60.0]),
        ((("Retry-After", "-5"),), [1.0]),
        ((("Retry-After", "soon"),), [1.0]),
        ((), [1.0]),
    ],
)
def test_a_busy_server_is_asked_again_after_the_time_it_names(
    headers: tuple[tuple[str, str], ...], expected: list[float]
) -> None:
    naps: list[float] = []

    def answer(_: Body, number: int) -> Answer:
        return claims() if number else Answer(status=429, headers=headers)

    with endpoint(answer) as server:
        reply = ask(CHAT, json_schema(), settings(server.url), sleep=naps.append)
    assert reply.content
    assert naps == expected
    assert len(server.asked) == 2


def test_a_date_to_come_back_at_is_measured_by_the_servers_clock() -> None:
    naps: list[float] = []
    answers = iter([
        httpx.Response(
            503,
            headers={
                "Date": "Mon, 12 Oct 2020 09:00:00 GMT",
                "Retry-After": "Mon, 12 Oct 2020 09:00:09 GMT",
            },
        ),
        httpx.Response(200, stream=httpx.ByteStream(claims().body)),
    ])  # fmt: skip
    transport = httpx.MockTransport(lambda _: next(answers))
    ask(CHAT, json_schema(), settings("http://127.0.0.1:9/v1"), transport, naps.append)
    assert naps == [9.0]


def test_a_failing_server_is_left_after_four_tries() -> None:
    naps: list[float] = []
    with endpoint(lambda _, __: Answer(status=503)) as server, pytest.raises(LlmError) as caught:
        ask(CHAT, json_schema(), settings(server.url), sleep=naps.append)
    assert caught.value.trouble is Trouble.BUSY
    assert len(server.asked) == 4
    assert naps == [1.0, 2.0, 4.0]


def test_a_redirect_is_not_followed() -> None:
    with endpoint(lambda _, __: claims()) as other:
        target = (("Location", f"{other.url}/chat/completions"),)
        found, _, _ = trouble(Answer(status=307, headers=target))
    assert found is Trouble.REDIRECT
    assert other.asked == []


def test_a_slow_server_is_left() -> None:
    assert trouble(Answer(pause=5.0), timeout=1)[0] is Trouble.TIMEOUT
    late = Answer(body=claims().body, drip=5.0)
    assert trouble(late, timeout=1)[0] is Trouble.TIMEOUT


def test_a_huge_answer_is_not_read() -> None:
    assert trouble(said("x" * 1_100_000))[0] is Trouble.TOO_LARGE


def test_a_packed_answer_is_refused() -> None:
    packed = Answer(body=gzip.compress(claims().body), headers=(("Content-Encoding", "gzip"),))
    assert trouble(packed)[0] is Trouble.NO_ANSWER


@pytest.mark.parametrize(
    "body",
    [
        b"", b"<html>", b"[]", b"{}", b'{"choices": []}', b'{"choices": [{"message": {}}]}',
        b'{"choices": [{"message": {"content": ""}}]}', b"[" * 100_000, b"\xff\xfe\x00",
    ],
)  # fmt: skip
def test_what_is_no_chat_completion_is_told(body: bytes) -> None:
    assert trouble(Answer(body=body))[0] is Trouble.NO_ANSWER


def test_an_answer_cut_off_is_told() -> None:
    assert trouble(said('{"claims": [', finish="length"))[0] is Trouble.CUT_OFF


@pytest.mark.parametrize("status", [400, 401, 403, 404, 418])
def test_a_refusal_is_not_repeated_and_repeats_nothing(status: int) -> None:
    found, told, asked = trouble(Answer(status=status, body=f"wrong key {SECRET}".encode()))
    assert (found, asked) == (Trouble.REFUSED, 1)
    assert str(status) in told


def test_nobody_there() -> None:
    with endpoint(lambda _, __: claims()) as server:
        url = server.url
    with pytest.raises(LlmError) as caught:
        ask(CHAT, json_schema(), settings(url))
    assert caught.value.trouble is Trouble.UNREACHABLE
    assert SECRET not in repr(caught.value)
    assert caught.value.__suppress_context__
