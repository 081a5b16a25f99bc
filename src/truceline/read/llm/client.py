"""One question to an OpenAI-compatible endpoint: patient, bounded, and silent about the key.

The fields sent are those that vLLM, llama.cpp's server and Ollama share with the original:
`model`, `messages`, `temperature`, `seed`, `max_tokens`, `stream` and `response_format` of type
`json_schema` with the schema nested under `json_schema.schema`. Some servers take the schema and
do not hold to it, so nothing is believed before it is read here.
"""

from __future__ import annotations

import json
import threading
import time
from base64 import b64encode
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from email.utils import parsedate_to_datetime
from enum import StrEnum
from queue import Empty, SimpleQueue
from typing import TYPE_CHECKING
from urllib.parse import unquote

import httpx
from pydantic import BaseModel, ValidationError

from truceline.errors import TrucelineError
from truceline.read.llm.prompt import PROMPT_VERSION, Message
from truceline.store.canonical import sha256_hex

if TYPE_CHECKING:
    from truceline.read.llm.settings import LlmSettings

LARGEST_REPLY = 1_000_000
MOST_TRIES = 4
LONGEST_WAIT = 60.0
MOST_TOKENS = 8192
# Shorter ones, such as "none" for a server on this machine, are no secrets and stand in any text.
SHORTEST_SECRET = 6
_OK, _REDIRECT, _TOO_MANY, _SERVER = 200, 300, 429, 500
_CONNECT_SECONDS = 15.0
Sleep = Callable[[float], None]


class Trouble(StrEnum):
    """Why there is no answer."""

    UNREACHABLE = "unreachable"
    TIMEOUT = "timeout"
    REDIRECT = "redirect"
    REFUSED = "refused"
    BUSY = "busy"
    TOO_LARGE = "too_large"
    CUT_OFF = "cut_off"
    NO_ANSWER = "no_answer"
    NOT_RECORDED = "not_recorded"


class LlmError(TrucelineError):
    """The endpoint gave no usable answer; `trouble` says in a word why.

    Neither the key nor anything the server wrote stands in it.
    """

    def __init__(self, trouble: Trouble, message: str, advice: str) -> None:
        super().__init__(message, advice)
        self.trouble = trouble


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """An answer: the bytes as received, and the model's own words in them."""

    request: str
    raw: bytes
    content: str


class _Said(BaseModel):
    content: str | None = None


class _Choice(BaseModel):
    message: _Said
    finish_reason: str | None = None


class _Body(BaseModel):
    choices: list[_Choice]


def request_of(
    messages: Sequence[Message], schema: dict[str, object], model: str
) -> dict[str, object]:
    """Give the body of a request: schema-bound, no tools, no chance."""
    wanted = {"name": "claims", "strict": True, "schema": schema}
    return {
        "model": model,
        "messages": list(messages),
        "temperature": 0,
        "seed": 0,
        "max_tokens": MOST_TOKENS,
        "stream": False,
        "response_format": {"type": "json_schema", "json_schema": wanted},
    }


def digest_of(messages: Sequence[Message], schema: dict[str, object], settings: LlmSettings) -> str:
    """Give the digest that a request is known by: everything its answer may depend on.

    The address counts, for a local server answers whatever model it was started with.
    """
    body = request_of(messages, schema, settings.model)
    # The order of properties and labels is part of what a server sees, so it is not sorted away.
    seen = json.dumps([settings.url, PROMPT_VERSION, body])
    return sha256_hex(seen.encode())


def ask(
    messages: Sequence[Message],
    schema: dict[str, object],
    settings: LlmSettings,
    transport: httpx.BaseTransport | None = None,
    sleep: Sleep = time.sleep,
) -> Reply:
    """Ask once, and again when the server is busy; raises LlmError.

    No redirect is followed, no proxy of the environment is used, no answer over 1 MB is read. One deadline
    holds for a whole request, from the name look-up to the last byte. What is given back does not hold the
    key, whatever the endpoint repeats.
    """
    body = request_of(messages, schema, settings.model)
    headers = {"Accept": "application/json", "Accept-Encoding": "identity"}
    if settings.key:
        headers["Authorization"] = f"Bearer {settings.key}"
    patience = httpx.Timeout(settings.timeout, connect=min(settings.timeout, _CONNECT_SECONDS))
    with httpx.Client(
        transport=transport,
        timeout=patience,
        trust_env=False,
        follow_redirects=False,
        headers=headers,
    ) as client:
        for attempt in range(MOST_TRIES):
            raw, wait = _in_time(client, settings, body, attempt)
            if raw is not None:
                return Reply(
                    request=digest_of(messages, schema, settings), raw=raw, content=content_of(raw)
                )
            if attempt + 1 < MOST_TRIES:
                sleep(wait)
    raise LlmError(
        Trouble.BUSY,
        f"the endpoint was busy or failing {MOST_TRIES} times in a row",
        "try again later, or lower TRUCELINE_LLM_PARALLEL",
    )


def content_of(raw: bytes) -> str:
    """Give the model's words in the bytes of an answer; raises LlmError when there are none."""
    try:
        choice = _Body.model_validate_json(raw).choices[0]
    except (ValidationError, IndexError):
        raise LlmError(
            Trouble.NO_ANSWER, "the endpoint's answer is not a chat completion", _CHECK_ADDRESS
        ) from None
    if choice.finish_reason == "length":
        raise LlmError(
            Trouble.CUT_OFF,
            "the model's answer was cut off",
            "start the server with a longer context, or use a model that does not ramble",
        )
    if not choice.message.content:
        raise LlmError(Trouble.NO_ANSWER, "the model answered nothing", "try another model")
    return choice.message.content


def _in_time(
    client: httpx.Client, settings: LlmSettings, body: dict[str, object], attempt: int
) -> tuple[bytes | None, float]:
    """Do one request and give up at the deadline: httpx bounds each read, never their sum.

    A server that sends a header a second is left by closing the connection under the request.
    """
    answers: SimpleQueue[tuple[bytes | None, float] | LlmError] = SimpleQueue()

    def work() -> None:
        try:
            answers.put(_once(client, settings, body, attempt))
        except LlmError as error:
            answers.put(error)

    threading.Thread(target=work, daemon=True).start()
    try:
        answer = answers.get(timeout=settings.timeout)
    except Empty:
        client.close()
        raise _late() from None
    if isinstance(answer, LlmError):
        raise answer
    return answer


def _once(
    client: httpx.Client, settings: LlmSettings, body: dict[str, object], attempt: int
) -> tuple[bytes | None, float]:
    """Give the bytes of an answer, or None and the seconds to wait before asking again."""
    until = time.monotonic() + settings.timeout
    try:
        with client.stream("POST", settings.address, json=body) as response:
            status = response.status_code
            if status == _OK:
                return scrubbed(_read(response, until), settings.key), 0.0
            if status == _TOO_MANY or status >= _SERVER:
                return None, _wait(response, attempt)
    except httpx.TimeoutException:
        raise _late() from None
    except (httpx.HTTPError, httpx.InvalidURL, httpx.StreamError, RuntimeError):
        # RuntimeError: the client was closed at the deadline, between two steps of the request.
        raise LlmError(
            Trouble.UNREACHABLE,
            "the endpoint cannot be reached or broke off its answer",
            _CHECK_ADDRESS,
        ) from None
    raise _refusal(status)


def scrubbed(raw: bytes, key: str | None) -> bytes:
    """Take the key out of an answer that repeats it, as it is kept for good; raises LlmError.

    An answer that still holds the key in another spelling, JSON escapes or base64, is not used at all.
    """
    if not key or len(key) < SHORTEST_SECRET:
        return raw
    clean = raw.replace(key.encode(), b"[key removed]")
    if _repeats(clean, key):
        raise LlmError(
            Trouble.NO_ANSWER,
            "the endpoint repeats the key that it was given",
            "do not use this endpoint; have the key replaced by whoever gave it out",
        )
    return clean


def _repeats(raw: bytes, key: str) -> bool:
    """Look for the key in what the bytes say: as JSON, percent-encoded, in base64."""
    said = raw.decode("utf-8", "replace")
    with suppress(ValueError, RecursionError):
        said += "\n" + json.dumps(json.loads(raw), ensure_ascii=False)
    said = (said + "\n" + unquote(said)).replace("\\/", "/")
    # The signs at both ends of the base64 form depend on what stands around the key.
    packed = (b64encode(b" " * shift + key.encode()).decode()[4:-4] for shift in range(3))
    return key in said or any(len(p) >= SHORTEST_SECRET and p in said for p in packed)


def _read(response: httpx.Response, until: float) -> bytes:
    """Read a body up to the largest size and no longer than the whole time-out."""
    if response.headers.get("Content-Encoding", "identity").lower() != "identity":
        raise LlmError(
            Trouble.NO_ANSWER, "the endpoint packs its answers though asked not to", _CHECK_ADDRESS
        )
    raw = bytearray()
    for chunk in response.iter_raw():
        raw += chunk
        if len(raw) > LARGEST_REPLY:
            raise LlmError(
                Trouble.TOO_LARGE,
                f"the answer is larger than {LARGEST_REPLY:,} bytes",
                "use a model and server that hold to the schema",
            )
        if time.monotonic() > until:
            raise _late()
    return bytes(raw)


def _wait(response: httpx.Response, attempt: int) -> float:
    """Give the seconds to wait: what the server asks for, within bounds, else 1, 2, 4."""
    asked = response.headers.get("Retry-After", "").strip()
    seconds = 2.0**attempt
    if asked.isascii() and asked.isdigit():
        seconds = float(asked[:6])
    elif asked:
        # A date is measured against the server's own clock.
        with suppress(ValueError, TypeError, OverflowError):
            now = parsedate_to_datetime(response.headers.get("Date", ""))
            seconds = (parsedate_to_datetime(asked) - now).total_seconds()
    return max(0.0, min(seconds, LONGEST_WAIT))


def _refusal(status: int) -> LlmError:
    if _REDIRECT <= status < 400:  # noqa: PLR2004  the classes of HTTP statuses
        return LlmError(
            Trouble.REDIRECT,
            f"the endpoint points elsewhere (status {status}); not followed",
            "set TRUCELINE_LLM_URL to the final address, if you trust it with the texts",
        )
    advice = _ADVICE.get(status, "look into the server's own log for the reason")
    return LlmError(Trouble.REFUSED, f"the endpoint refused the request (status {status})", advice)


def _late() -> LlmError:
    return LlmError(
        Trouble.TIMEOUT,
        "the endpoint did not answer in time",
        "raise TRUCELINE_LLM_TIMEOUT, or use a smaller model",
    )


_CHECK_ADDRESS = "check TRUCELINE_LLM_URL (it usually ends in /v1) and that the server runs"
_ADVICE = {
    400: "the server may not know response_format json_schema, or the context is too short",
    401: "check the key in the file that TRUCELINE_LLM_KEY_FILE names",
    403: "check the key in the file that TRUCELINE_LLM_KEY_FILE names, and its rights",
    404: "check TRUCELINE_LLM_URL (it usually ends in /v1) and TRUCELINE_LLM_MODEL",
    413: "the server takes no request of this size: start it with a longer context",
}
