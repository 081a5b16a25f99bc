"""Which text stands in some bytes? One form, so that offsets and quotes mean the same for ever.

Pages pass through lxml's streaming parser, linear in time on every page tried to break it, which rewrites them
into plain, shallow markup; Resiliparse, fastest of the kept-up extractors and losing least, finds the content.
"""

from __future__ import annotations

import codecs
import json
import re
import unicodedata
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache, partial
from html import escape
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

LARGEST_BYTES = 20_000_000
LARGEST_TEXT = 5_000_000
DEEPEST = 300
MOST_ELEMENTS = 500_000

_HTML = frozenset({"text/html", "application/xhtml+xml"})
_SAVE = "save the document as plain text in UTF-8 and collect it again"
_SPLIT = "split the document into parts and collect each"

_BINARY = re.compile(
    rb"%PDF|PK\x03\x04|\x89PNG|\xff\xd8\xff|GIF8[79]a|\x1f\x8b|7z\xbc\xaf|Rar!\x1a|\xd0\xcf\x11\xe0|{\\rtf"
)
_BOMS = {codecs.BOM_UTF8: "utf-8", codecs.BOM_UTF32_LE: "utf-32"}
_BOMS |= {codecs.BOM_UTF16_LE: "utf-16", codecs.BOM_UTF16_BE: "utf-16"}
_DECLARED = re.compile(
    rb"""<meta\s[^>]{0,300}?charset\s*=\s*["']?\s*([\w.:-]{1,40})"""
    rb"""|<\?xml\s[^>]{0,200}?encoding\s*=\s*["']([\w.:-]{1,40})""",
    re.IGNORECASE,
)
# The encodings a page may declare, by Python's name, as browsers read them (WHATWG Encoding).
_ENCODINGS = (
    "cp1250 cp1251 cp1252 cp1253 cp1254 cp1255 cp1256 cp1257 cp1258 cp866 cp874 koi8-r koi8-u "
    "iso8859-2 iso8859-3 iso8859-4 iso8859-5 iso8859-6 iso8859-7 iso8859-8 iso8859-10 iso8859-13 "
    "iso8859-14 iso8859-15 iso8859-16 mac-cyrillic gb18030 big5 shift_jis euc_jp euc_kr utf-8"
)
_AS_BROWSERS_READ = {name: name for name in _ENCODINGS.split()}
_AS_BROWSERS_READ |= {"ascii": "cp1252", "iso8859-1": "cp1252", "iso8859-9": "cp1254"}
_AS_BROWSERS_READ |= {"tis-620": "cp874", "gb2312": "gb18030", "gbk": "gb18030"}
_GUESSED = "cp1251 koi8_r koi8_u cp1252 cp1254 cp1255 cp1256 cp874 gb18030 big5"
_SAMPLE_BYTES = 65_536
_LARGEST_CHAOS = 0.15

_BREAK = re.compile("\r\n|[\r\v\f\x85\u2028\u2029]")
_BIDI = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
_INVISIBLE = re.compile("[\xad\u180e\u200b\u200d\u2060-\u2064\u206a-\u206f\ufff9-\ufffb\ufeff]")
_CONTROL = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x9f\ud800-\udfff]")
# The zero-width non-joiner is spelling between two letters of Arabic script, and noise elsewhere.
_NON_JOINER = re.compile("(?<![\u0620-\u06ff])\u200c|\u200c(?![\u0620-\u06ff])")
_BLANKS = re.compile("[ \t\xa0\u1680\u2000-\u200a\u202f\u205f\u3000]+")
_LATIN = "A-Za-z\xc0-\xd6\xd8-\xf6\xf8-\u024f\u0250-\u02af\u1e00-\u1eff"
_OTHER = "\u0370-\u03ff\u0400-\u052f\u0531-\u0556\u0561-\u0587"
_MIXED = re.compile(
    f"[{_LATIN}][^\\W{_LATIN}{_OTHER}]*+[{_OTHER}]|[{_OTHER}][^\\W{_LATIN}{_OTHER}]*+[{_LATIN}]"
)
_MOST_MARKS = 30  # UAX #15, stream-safe text format


class UnreadableTextError(ValueError):
    """A document out of which no text can be had: `reason` says why, `advice` what to do next."""

    def __init__(self, reason: str, advice: str) -> None:
        super().__init__(f"the document {reason}; {advice}")
        self.reason = reason
        self.advice = advice


@dataclass(frozen=True, slots=True, kw_only=True)
class Canonical:
    """A document's text in its one form, with what the page itself says of it in markup."""

    text: str
    title: str | None = None
    published: str | None = None
    outlet: str | None = None
    language: str | None = None
    flags: tuple[str, ...] = ()


def canonical_text(content: bytes, media_type: str) -> Canonical:
    """Give the text of a page or a plain text; raise UnreadableTextError where there is none.

    Offsets into the text are code points; the text is NFC, its only control is the newline.
    """
    kind = media_type.partition(";")[0].strip().lower()
    _check_readable(content, kind)
    html = kind in _HTML
    source, flags = _decode(content, media_type, html=html)
    page = _Page()
    if html:
        source = page.main_content(source)
        flags |= page.flags
    text = _clean(source, flags)
    if not text:
        raise UnreadableTextError("holds no text", "collect its source again or leave it out")
    _check_binary(text[:9].encode())
    if len(text) > LARGEST_TEXT:
        raise UnreadableTextError(f"holds more than {LARGEST_TEXT:,} characters of text", _SPLIT)
    published = page.published(flags)
    return Canonical(
        text=text,
        title=_line(page.title),
        published=published,
        outlet=_line(page.outlet),
        language=page.language,
        flags=tuple(sorted(flags)),
    )


def _check_readable(content: bytes, kind: str) -> None:
    """Refuse what is too large, empty, or by its type or first bytes is no text."""
    if kind not in _HTML and (not kind.startswith("text/") or kind == "text/rtf"):
        raise UnreadableTextError(f"is of type {kind or 'unknown'!r}, not text or HTML", _SAVE)
    if len(content) > LARGEST_BYTES:
        raise UnreadableTextError(f"is larger than {LARGEST_BYTES:,} bytes", _SPLIT)
    if not content.strip():
        raise UnreadableTextError("holds no text", "collect its source again or leave it out")
    _check_binary(content)
    wide = content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    if not wide and content.count(0) * 100 > len(content):
        raise UnreadableTextError("is binary or UTF-16 without its mark, not text", _SAVE)


def _check_binary(content: bytes) -> None:
    """Refuse what begins as a well-known binary file does."""
    if _BINARY.match(content):
        raise UnreadableTextError("is a PDF, archive, image or office file, not text", _SAVE)


def _decode(content: bytes, media_type: str, *, html: bool) -> tuple[str, set[str]]:
    """Give the characters of some bytes, with flags for what was not plain UTF-8."""
    for mark, encoding in _BOMS.items():
        if content.startswith(mark):
            flags = set() if encoding == "utf-8" else {f"decoded_as_{encoding}"}
            return content.decode(encoding, "replace").removeprefix("\ufeff"), flags
    if (found := _utf8(content)) is not None:
        return found
    for name in _declared(content, media_type, html=html):
        with suppress(UnicodeDecodeError):
            return content.decode(name), {f"decoded_as_{_public(name)}"}
    return _guess(content)


def _utf8(content: bytes) -> tuple[str, set[str]] | None:
    """Read UTF-8, forgiving a cut last character and, in a long text, a few broken ones."""
    try:
        return content.decode("utf-8"), set()
    except UnicodeDecodeError as error:
        if error.end == len(content) and "end of data" in error.reason:
            head = content[: error.start]
            return head.decode("utf-8"), {"truncated"}
    text = content.decode("utf-8", "replace")
    broken = text.count("\ufffd")
    good = len(text) - len(text.encode("ascii", "ignore")) - broken
    return (text, set()) if broken * 20 < good else None


def _declared(content: bytes, media_type: str, *, html: bool) -> Iterator[str]:
    """Give the encodings declared outside and inside the document, as browsers read them."""
    names = re.findall(r"charset\s*=\s*[\"']?([\w.:-]{1,40})", media_type, re.IGNORECASE)
    if html:
        names += [(a or b).decode("latin-1") for a, b in _DECLARED.findall(content[:4096])]
    for name in names:
        with suppress(LookupError):
            yield _AS_BROWSERS_READ[codecs.lookup(name).name]


def _guess(content: bytes) -> tuple[str, set[str]]:
    """Guess a legacy encoding from the letters, or refuse the document."""
    from charset_normalizer import from_bytes  # noqa: PLC0415  few documents need it

    best = from_bytes(content[:_SAMPLE_BYTES], cp_isolation=_GUESSED.split()).best()
    if best is None or best.chaos > _LARGEST_CHAOS:
        raise UnreadableTextError("does not say its character encoding, and none fits", _SAVE)
    flags = {f"decoded_as_{_public(best.encoding)}", "encoding_guessed"}
    return content.decode(best.encoding, "replace"), flags


def _public(name: str) -> str:
    """Give the public name of a Python encoding: `windows-1251` for `cp1251`."""
    return re.sub(r"^cp(125\d|874)$", r"windows-\1", name).replace("_", "-")


def _clean(source: str, flags: set[str]) -> str:
    """Give the canonical form of some characters, adding flags for what was taken out."""
    text = _BREAK.sub("\n", source)
    for pattern, flag in ((_BIDI, "bidi_marks_removed"), (_INVISIBLE, "invisible_removed")):
        text, count = pattern.subn("", text)
        flags |= {flag} if count else set()
    text = _NON_JOINER.sub("", _CONTROL.sub("", text))
    cut = _cut_marks(text)
    flags |= {"combining_marks_cut"} if cut != text else set()
    text = _cut_marks(unicodedata.normalize("NFC", cut))
    text = _BLANKS.sub(" ", text)
    text = re.sub("\n{3,}", "\n\n", re.sub(" ?\n ?", "\n", text)).strip()
    flags |= {"replacement_characters"} if "\ufffd" in text else set()
    flags |= {"mixed_scripts"} if _MIXED.search(text) else set()
    return text


def _cut_marks(text: str) -> str:
    """Keep the first 30 of a run of combining marks: putting more in order is quadratic."""
    return text if text.isascii() else _marks().sub(r"\1", text)


@lru_cache(maxsize=1)
def _marks() -> re.Pattern[str]:
    """Give the pattern of a run of combining marks longer than any writing needs."""
    marks = "".join(c for c in map(chr, range(0x300, 0x1F000)) if unicodedata.combining(c))
    return re.compile(f"([{marks}]{{{_MOST_MARKS}}})[{marks}]++")


def _line(value: str | None) -> str | None:
    """Give a short value of a page in the one form, on one line; None where it is empty."""
    return _clean(" ".join((value or "")[:2000].split()), set())[:500].strip() or None


_NO_TEXT = (
    "script style noscript template svg math select option datalist iframe object embed applet "
    "textarea button canvas audio video noframes noembed xmp plaintext title"
)
_STRUCTURE = (
    "main article section div p h1 h2 h3 h4 h5 h6 table thead tbody tfoot tr td th caption "
    "blockquote pre br hr dl dt dd nav header footer aside figure figcaption address a"
)
# The extractor drops a short list; a bulletin's casualties often stand in one.
_AS_DIV = "ul ol li center form fieldset details summary legend menu"
_DROPPED = frozenset(_NO_TEXT.split())
_BLOCKS = {name: name for name in _STRUCTURE.split()} | dict.fromkeys(_AS_DIV.split(), "div")
_VOID, _CODE = frozenset({"br", "hr"}), frozenset({"script", "style", "title"})
_KEPT = ("class", "id", "role", "itemprop", "rel")
_UNSEEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:[-_][A-Za-z0-9]{2,8})*")
_MOST_LINKED_DATA = 1_000_000


class _Page:
    """The receiver of a page's parts: writes shallow plain markup and notes what the page says."""

    def __init__(self) -> None:
        self.title: str | None = None
        self.outlet: str | None = None
        self.language: str | None = None
        self.flags: set[str] = set()
        self._dates: list[str] = []
        self._markup: list[str] = []
        self._captured: list[str] | None = None
        self._depth = self._elements = self._skipped = self._left_out = 0
        self._why = ""

    def main_content(self, source: str) -> str:
        """Give the visible main content of a page; a paragraph ends in a newline."""
        from lxml import etree  # type: ignore[import-untyped]  # noqa: PLC0415  pages only
        from resiliparse.extract.html2text import extract_plain_text  # noqa: PLC0415

        visible = partial(extract_plain_text, alt_texts=False, list_bullets=False)
        lower = source.lower()
        self.flags |= {"truncated"} if "<html" in lower and "</html" not in lower else set()
        parser = etree.HTMLParser(target=self, encoding="utf-8", huge_tree=True, no_network=True)
        with suppress(etree.XMLSyntaxError):  # a page of no element at all
            etree.fromstring(_CONTROL.sub(" ", source).encode(), parser)
        markup = f"<html><body>{''.join(self._markup)}</body></html>"
        whole = visible(markup)
        main = visible(markup, main_content=True, comments=False)
        if not main.strip():
            self.flags.add("whole_page")
            return whole
        if len(main) * 2 < len(whole) + self._left_out:
            self.flags.add("much_left_out")
        return main

    def published(self, flags: set[str]) -> str | None:
        """Give the publication time the page states, None with a flag where it states two."""
        if len({_instant(date) for date in self._dates}) > 1:
            flags.add("published_conflict")
            return None
        return self._dates[0] if self._dates else None

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        """Take an opening tag (called by the parser)."""
        if self._skipped or self._opens_unseen(tag, attributes):
            self._skipped += 1
            return
        self._note(tag, attributes)
        name = _BLOCKS.get(tag)
        if name is None:
            return
        self._elements += 1
        self._depth += 1
        if self._depth > DEEPEST or self._elements > MOST_ELEMENTS:
            reason = f"nests deeper than {DEEPEST} or holds over {MOST_ELEMENTS:,} elements"
            raise UnreadableTextError(reason, _SAVE)
        kept = "".join(f' {k}="{escape(attributes[k][:200])}"' for k in _KEPT if k in attributes)
        self._markup.append(f"<{name}{kept}>")

    def end(self, tag: str) -> None:
        """Take a closing tag (called by the parser)."""
        if self._skipped:
            self._skipped -= 1
            if not self._skipped:
                self._close_unseen(tag)
        elif tag in _BLOCKS:
            self._depth -= 1
            if tag not in _VOID:
                self._markup.append(f"</{_BLOCKS[tag]}>")

    def data(self, text: str) -> None:
        """Take characters (called by the parser)."""
        if not self._skipped:
            self._markup.append(escape(text, quote=False))
        elif self._captured is not None:
            self._captured.append(text)
        elif self._why == "hidden" and not text.isspace():
            self.flags.add("hidden_text_removed")
        elif self._why not in _CODE:
            self._left_out += len(text)

    def close(self) -> None:
        """End the page (called by the parser)."""

    def _opens_unseen(self, tag: str, attributes: Mapping[str, str]) -> bool:
        """Say whether an element is not for reading, and start to capture the two that inform."""
        unseen = "hidden" in attributes or _UNSEEN.search(attributes.get("style", "")[:2000])
        hidden = bool(unseen) and tag not in {"html", "body"}  # scripts show those again
        self._why = "hidden" if hidden else tag
        linked = tag == "script" and attributes.get("type", "").strip() == "application/ld+json"
        if linked or (tag == "title" and self.title is None):
            self._captured = []
        return hidden or tag in _DROPPED

    def _close_unseen(self, tag: str) -> None:
        """Read what was captured within a title or a block of linked data."""
        captured, self._captured = self._captured, None
        if captured is None:
            return
        if tag == "title":
            self.title = "".join(captured)
        else:
            self._read_linked_data("".join(captured)[:_MOST_LINKED_DATA])

    def _note(self, tag: str, attributes: Mapping[str, str]) -> None:
        """Note what a tag says of the page: language, title, outlet, publication time."""
        value = attributes.get("content", "")
        name = (attributes.get("property") or attributes.get("name") or "").strip().lower()
        if tag == "html" and _LANGUAGE.fullmatch(attributes.get("lang", "").strip()):
            self.language = attributes["lang"].strip()
        elif tag == "time" and attributes.get("itemprop") == "datePublished":
            self._add_date(attributes.get("datetime"))
        elif tag == "meta" and name == "og:title":
            self.title = value
        elif tag == "meta" and name == "og:site_name":
            self.outlet = value
        elif tag == "meta" and name == "article:published_time":
            self._add_date(value)

    def _read_linked_data(self, source: str) -> None:
        """Note publication time and publisher from JSON-LD; what does not parse says nothing."""
        try:
            found = json.loads(source, strict=False)
        except (ValueError, RecursionError):
            return
        for node in _nodes(found):
            self._add_date(node.get("datePublished"))
            publisher = node.get("publisher")
            if self.outlet is None and isinstance(publisher, dict):
                self.outlet = name if isinstance(name := publisher.get("name"), str) else None

    def _add_date(self, value: object) -> None:
        """Note one stated publication time, as it stands."""
        if isinstance(value, str) and (date := _line(value)):
            self._dates.append(date)


def _nodes(found: object) -> Iterable[dict[str, object]]:
    """Give the things a block of linked data is about, not those it merely mentions."""
    for top in found if isinstance(found, list) else [found]:
        if isinstance(top, dict):
            yield top
            graph = top.get("@graph")
            yield from (n for n in graph if isinstance(n, dict)) if isinstance(graph, list) else ()


def _instant(date: str) -> str:
    """Give the instant of a stated time, so that two ways to write it are one."""
    try:
        stated = datetime.fromisoformat(date)
        return stated.astimezone(UTC).isoformat() if stated.tzinfo else date
    except (ValueError, OverflowError):
        return date
