"""The key stays with the user, one deadline holds for a request, and a mission's folder is not believed."""

from __future__ import annotations

import json
import socket
import threading
import time
from base64 import b64encode
from contextlib import contextmanager
from typing import TYPE_CHECKING
from urllib.parse import quote

import pytest

from tests.read.llm.endpoint import Answer, claims, endpoint, said
from truceline.read.llm.client import LlmError, Trouble, ask, scrubbed
from truceline.read.llm.prompt import messages
from truceline.read.llm.reply import json_schema
from truceline.read.llm.settings import LlmSettings

if TYPE_CHECKING:
    from collections.abc import Iterator

KEY = "sk-live/4242+secret"
CHAT = messages([(1, "Nothing happened.")])


@pytest.mark.parametrize(
    "body",
    [
        said(f"your headers were: Authorization: Bearer {KEY}").body,
        json.dumps(
            {"echo": {"Authorization": f"Bearer {KEY}"}, **json.loads(claims().body)}
        ).encode(),
    ],
)
def test_an_endpoint_that_repeats_the_key_leaves_no_trace_of_it(body: bytes) -> None:
    with endpoint(lambda *_: Answer(body=body)) as server:
        reply = ask(CHAT, json_schema(), LlmSettings(url=server.url, model="m", key=KEY, timeout=5))
    assert KEY.encode() not in reply.raw
    assert KEY not in reply.content
    assert b"[key removed]" in reply.raw


@pytest.mark.parametrize(
    "spelt",
    [
        json.dumps(KEY).replace("/", "\\/")[1:-1],
        "".join(f"\\u{ord(c):04x}" for c in KEY),
        quote(KEY, safe=""),
        b64encode(KEY.encode()).decode(),
        b64encode(f"Bearer {KEY}".encode()).decode(),
        b64encode(f":{KEY} ".encode()).decode(),
    ],
)
def test_an_answer_with_the_key_in_another_spelling_is_not_used(spelt: str) -> None:
    raw = said("PLACE").body.replace(b"PLACE", spelt.encode())
    with pytest.raises(LlmError) as refused:
        scrubbed(raw, KEY)
    assert refused.value.trouble is Trouble.NO_ANSWER
    assert KEY not in str(refused.value)


def test_an_answer_without_the_key_is_kept_byte_for_byte() -> None:
    raw = said("Some words, none of them a key.").body
    assert scrubbed(raw, KEY) == raw
    assert scrubbed(raw, None) == raw
    assert scrubbed(raw, "none") == raw


@contextmanager
def dripping(pause: float) -> Iterator[str]:
    """Run a server that sends one more header at each pause, for ever."""
    server = socket.create_server(("127.0.0.1", 0))
    over = threading.Event()

    def serve() -> None:
        connection, _ = server.accept()
        with connection:
            connection.recv(65536)
            connection.sendall(b"HTTP/1.1 200 OK\r\n")
            number = 0
            while not over.wait(pause):
                number += 1
                try:
                    connection.sendall(f"X-{number}: y\r\n".encode())
                except OSError:
                    return

    thread = threading.Thread(target=serve, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.getsockname()[1]}/v1"
    finally:
        over.set()
        server.close()
        thread.join(5)


def test_headers_that_drip_do_not_outlive_the_deadline() -> None:
    with dripping(0.2) as url:
        began = time.monotonic()
        with pytest.raises(LlmError) as late:
            ask(CHAT, json_schema(), LlmSettings(url=url, model="m", timeout=1))
        assert late.value.trouble is Trouble.TIMEOUT
        assert time.monotonic() - began < 3
