"""Does a sentence speak to a machine? Then nothing is read out of it, whatever a model makes of it."""

from __future__ import annotations

import re

# Words that address a reader of another kind: to give up its rules, to take new ones, to answer so.
_ORDERS = re.compile(
    r"""
    \b(?:ignore|disregard|forget|override|bypass)\b[^.]{0,40}
        \b(?:previous|prior|above|earlier|preceding|all|any|your|the)\b[^.]{0,30}
        \b(?:instructions?|rules?|prompts?|guidelines|directions|messages?)\b
  | \b(?:system\s+(?:prompt|message)|new\s+instructions?\s*:|end\s+of\s+(?:text|data|document))\b
  | \byou\s+are\s+(?:now\s+)?(?:an?\s+)?(?:assistant|ai\b|language\s+model|chat\s*bot|llm\b)
  | \b(?:note|message|instructions?)\s+(?:to|for)\s+(?:the\s+)?
        (?:ai|assistant|model|language\s+model|llm|chat\s*bot|machine|system|coder)\b
  | \b(?:respond|reply|answer|output)\s+(?:only\s+)?(?:with|that|in)\b[^.]{0,60}
        \b(?:json|claims?|confirmed|schema)\b
  | (?:\u0438\u0433\u043d\u043e\u0440\u0438\u0440\u0443\u0439|\u0437\u0430\u0431\u0443\u0434\u044c|\u0456\u0433\u043d\u043e\u0440\u0443\u0439)
        [^.]{0,60}(?:\u0438\u043d\u0441\u0442\u0440\u0443\u043a\u0446\u0438|\u0456\u043d\u0441\u0442\u0440\u0443\u043a\u0446\u0456|\u043f\u0440\u0430\u0432\u0438\u043b|\u0443\u043a\u0430\u0437\u0430\u043d)
  | <\|[a-z_]{2,30}\|>|\[/?INST\]|</?(?:s|system|assistant|user)>|<(?:start|end)_of_turn>
  | "claims"\s*:\s*\[
    """,
    re.IGNORECASE | re.VERBOSE,
)


def commands(sentence: str) -> bool:
    """Answer whether a sentence reads like an order to a machine, or holds a chat's own marks."""
    return _ORDERS.search(sentence) is not None
