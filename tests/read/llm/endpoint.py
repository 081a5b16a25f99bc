"""A real HTTP server on this machine that plays an OpenAI-compatible endpoint, good or bad."""

from __future__ import annotations

import json
import re
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

Claim = dict[str, Any]
Body = dict[str, Any]
_NUMBERED = re.compile(r"(\d+)\. (.*)")


@dataclass(frozen=True)
class Answer:
    """One HTTP answer; `pause` seconds pass before it, `drip` between its halves."""

    status: int = 200
    body: bytes = b""
    headers: tuple[tuple[str, str], ...] = ()
    pause: float = 0.0
    drip: float = 0.0


@dataclass
class Endpoint:
    """A running server: what it was asked, and how it answers."""

    url: str
    asked: list[Body]
    headers: list[dict[str, str]]
    answer: Callable[[Body, int], Answer]
    over: threading.Event = field(default_factory=threading.Event)


@contextmanager
def endpoint(answer: Callable[[Body, int], Answer]) -> Iterator[Endpoint]:
    """Run a server for as long as the block lasts."""
    state = Endpoint("", [], [], answer)
    lock = threading.Lock()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            size = int(self.headers["Content-Length"])
            body = json.loads(self.rfile.read(size))
            with lock:
                number = len(state.asked)
                state.asked.append({"path": self.path, **body})
                state.headers.append(dict(self.headers.items()))
            self._send(state.answer(body, number))

        def _send(self, answer: Answer) -> None:
            state.over.wait(answer.pause)
            try:
                self.send_response(answer.status)
                for name, value in answer.headers:
                    self.send_header(name, value)
                self.send_header("Content-Length", str(len(answer.body)))
                self.end_headers()
                half = len(answer.body) // 2 if answer.drip else 0
                self.wfile.write(answer.body[:half])
                state.over.wait(answer.drip)
                self.wfile.write(answer.body[half:])
            except OSError:
                pass  # the client gave up, as it should

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, args=(0.02,))
    thread.start()
    state.url = f"http://127.0.0.1:{server.server_address[1]}/v1"
    try:
        yield state
    finally:
        state.over.set()
        server.shutdown()
        server.server_close()
        thread.join()


def said(content: str, finish: str = "stop") -> Answer:
    """Give a chat completion with some words."""
    message = {"role": "assistant", "content": content}
    choice = {"index": 0, "message": message, "finish_reason": finish}
    body = {"id": "x", "object": "chat.completion", "created": 0, "choices": [choice]}
    return Answer(body=json.dumps(body).encode())


def claims(*found: Claim) -> Answer:
    """Give a chat completion with some claims."""
    return said(json.dumps({"claims": list(found)}, ensure_ascii=False))


def claim(number: int, **fields: object) -> Claim:
    """Give a claim about one sentence with nothing in it but what is named."""
    return {
        "sentences": [number], "stance": "reports", "acts": [], "modality": "asserted",
        "attitude": None, "speakers": [], "act_quotes": [], "actor_quotes": [],
        "target_quotes": [], "place_quotes": [], "time_quote": None, "count_quotes": [],
        "hedge_quotes": [], "denied_quote": None, **fields,
    }  # fmt: skip


def speaker(name: str, cue: str | None) -> dict[str, str | None]:
    """Give the quotes for one speaker."""
    return {"speaker_quote": name, "cue_quote": cue}


def shown(body: Body) -> list[tuple[int, str]]:
    """Give the numbered sentences of a request, as they stand between its two marks."""
    lines = body["messages"][1]["content"].split("\n")
    last = max(k for k in range(1, len(lines)) if lines[k] == lines[0])
    found = [_NUMBERED.fullmatch(line) for line in lines[1:last]]
    return [(int(m[1]), m[2]) for m in found if m]


Script = tuple[re.Pattern[str], Callable[[int, re.Match[str]], Claim]]


def scripted(scripts: list[Script]) -> Callable[[Body, int], Answer]:
    """Answer as a good model does: each sentence that a script knows gives its claim."""

    def answer(body: Body, _: int) -> Answer:
        return claims(*(
            make(number, match)
            for number, sentence in shown(body)
            for pattern, make in scripts
            if (match := pattern.fullmatch(sentence))
        ))  # fmt: skip

    return answer


def _script(pattern: str, make: Callable[[int, re.Match[str]], Claim]) -> Script:
    return re.compile(pattern), make


# What a good model says of the sentences of the probes, whatever the parties are called.
PROBED: list[Script] = [
    _script(
        r"(The Defence Ministry of \w+) (said) that (the army of \w+) (shelled) the village of (\w+)\.",
        lambda n, m: claim(
            n, stance="alleges", acts=["indirect_fire"], speakers=[speaker(m[1], m[2])],
            actor_quotes=[m[3]], act_quotes=[m[4]], place_quotes=[m[5]],
        ),
    ),
    _script(
        r"(The government of \w+) (denied) ((shelling) the village of (\w+))\.",
        lambda n, m: claim(
            n, stance="denies", acts=["indirect_fire"], speakers=[speaker(m[1], m[2])],
            act_quotes=[m[4]], place_quotes=[m[5]], denied_quote=m[3],
        ),
    ),
    _script(
        r"(The army of \w+) (opened fire) at a post near (\w+), (the Foreign Ministry of \w+) (said)\.",
        lambda n, m: claim(
            n, stance="alleges", acts=["fire"], speakers=[speaker(m[4], m[5])],
            actor_quotes=[m[1]], act_quotes=[m[2]], place_quotes=[m[3]],
        ),
    ),
    _script(
        r"(The President of \w+) (called for) an (immediate ceasefire)\.",
        lambda n, m: claim(
            n, stance="calls_for", acts=["cessation_of_fire"], speakers=[speaker(m[1], m[2])],
            act_quotes=[m[3]],
        ),
    ),
    _script(
        r"(According to) (the military of \w+), (the forces of \w+) (attacked) (\w+) and killed (.*)\.",
        lambda n, m: claim(
            n, stance="alleges", acts=["hostile_act"], speakers=[speaker(m[2], m[1])],
            actor_quotes=[m[3]], act_quotes=[m[4]], place_quotes=[m[5]],
        ),
    ),
]  # fmt: skip
