"""The same work in a browser: one page, served to this machine alone, writing the same file."""

from __future__ import annotations

import json
import secrets
from contextlib import suppress
from functools import partial
from http.server import BaseHTTPRequestHandler, HTTPServer
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from truceline.cli.annotation.codes import (
    ACTS,
    MANNERS,
    MEASURES,
    STANCES,
    CodeError,
    code_of,
    new_claim,
)
from truceline.errors import TrucelineError

if TYPE_CHECKING:
    from collections.abc import Callable

    from truceline.cli.annotation.session import Task

HOST = "127.0.0.1"
LARGEST_BODY = 100_000
_OK, _BAD, _NOT_FOUND, _TOO_LARGE, _FAILED = 200, 400, 404, 413, 500


class Desk(HTTPServer):
    """A server for one text on a free port of this machine; its address holds a secret."""

    def __init__(self, task: Task) -> None:
        self.task = task
        self.secret = secrets.token_urlsafe(24)
        self.done = False
        super().__init__((HOST, 0), _Handler)

    @property
    def address(self) -> str:
        """The page's address, which works while the command runs."""
        return f"http://{HOST}:{self.server_port}/{self.secret}/"

    def work(self, tell: Callable[[str], None]) -> None:
        """Serve until the page says that the work is done, or Ctrl-C."""
        tell(f"open {self.address} in a browser on this machine; Ctrl-C ends it")
        with suppress(KeyboardInterrupt):
            while not self.done:
                self.handle_request()
        self.server_close()


class _Handler(BaseHTTPRequestHandler):
    """Answers three addresses under the secret: the page, its data, and a sentence to keep."""

    server: Desk
    timeout = 3  # seconds: one connection at a time, and browsers open some that stay silent

    def do_GET(self) -> None:
        """Give the page or its data."""
        match self._where():
            case "":
                nonce = secrets.token_urlsafe(16)
                page = files("truceline.cli.annotation").joinpath("page.html").read_text("utf-8")
                self._answer(_OK, page.replace("NONCE", nonce), "text/html", nonce)
            case "data":
                self._json(_OK, data_of(self.server.task))
            case _:
                self._json(_NOT_FOUND, {"error": "there is nothing here"})

    def do_POST(self) -> None:
        """Keep a sentence, or end the work."""
        where = self._where()
        if where == "end":
            self.server.done = True
            self._json(_OK, {"ok": True})
        elif where == "keep":
            self._keep()
        else:
            self._json(_NOT_FOUND, {"error": "there is nothing here"})

    def _keep(self) -> None:
        length = self.headers.get("Content-Length", "")
        if not length.isdigit() or int(length) > LARGEST_BODY:
            self._json(_TOO_LARGE, {"error": "too much for one sentence"})
            return
        try:
            self._json(_OK, keep(self.server.task, json.loads(self.rfile.read(int(length)))))
        except (CodeError, ValueError, KeyError, TypeError) as error:
            self._json(_BAD, {"error": str(error)})
        except TrucelineError as error:
            self._json(_FAILED, {"error": error.message})

    def _where(self) -> str | None:
        """Give the address after the secret; None for any other, or under any other host name."""
        host = f"{HOST}:{self.server.server_port}"
        first, _, rest = self.path.removeprefix("/").partition("/")
        known = secrets.compare_digest(first.encode(), self.server.secret.encode())
        return rest if known and self.headers.get("Host") == host else None

    def _json(self, status: int, value: object) -> None:
        self._answer(status, json.dumps(value, ensure_ascii=False), "application/json", "")

    def _answer(self, status: int, text: str, kind: str, nonce: str) -> None:
        body = text.encode("utf-8", "replace")
        policy = (
            f"default-src 'none'; style-src 'nonce-{nonce}'; script-src 'nonce-{nonce}'; "
            "connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
        )
        self.send_response(status)
        for name, value in (
            ("Content-Type", f"{kind}; charset=utf-8"), ("Content-Length", str(len(body))),
            ("Content-Security-Policy", policy), ("Cache-Control", "no-store"),
            ("Referrer-Policy", "no-referrer"), ("X-Content-Type-Options", "nosniff"),
        ):  # fmt: skip
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002, ANN401  the base's own
        """Say nothing: the address holds the secret."""


def data_of(task: Task) -> dict[str, object]:
    """Give what the page shows: every sentence with its claims as codes, and the words to choose."""
    sentences = []
    for number in range(task.size):
        place = task.sentence(number)
        sentences.append({
            "number": number, "text": place.text, "done": number in task.gold.done,
            "claims": [code_of(claim, place) for claim in task.offered(number)],
        })  # fmt: skip
    places = sorted({place for ids in task.words.places.values() for place in ids})
    return {
        "file": task.found.file, "blind": task.blind, "sentences": sentences,
        "stances": STANCES, "acts": ACTS, "measures": MEASURES, "manners": MANNERS,
        "sides": task.words.sides, "speakers": task.words.speakers, "places": places,
    }  # fmt: skip


def keep(task: Task, sent: dict[str, object]) -> dict[str, object]:
    """Write one sentence as the page sends it; raises CodeError, ValueError, KeyError or TypeError."""
    number, codes = sent["sentence"], sent["claims"]
    if not isinstance(number, int) or not 0 <= number < task.size or not isinstance(codes, list):
        msg = "there is no such sentence"
        raise ValueError(msg)
    place = task.sentence(number)
    make = partial(new_claim, words=task.words, place=place)
    claims = tuple(make(str(code)) for code in codes)
    task.keep(number, claims)
    return {"ok": True, "claims": [code_of(claim, place) for claim in claims]}
