"""The words inside a file that is packed, such as a workbook: what a search over its bytes alone would not see."""

from __future__ import annotations

import html
import io
import re
import zipfile
import zlib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

_KNOWN = {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA}
_PACKED = b"PK\x03\x04"
# Tags go, so that words stand together that a workbook keeps in runs of different looks.
_TAG = re.compile(rb"<[^<>]*>")


def words_in(content: bytes) -> Iterator[str]:
    """Give the words of a file: its own text, and that of every part where it is packed."""
    yield content.decode("utf-8", "replace")
    if content.startswith(_PACKED):
        try:
            with zipfile.ZipFile(io.BytesIO(content)) as packed:
                for part in packed.infolist():
                    if part.compress_type in _KNOWN:
                        plain = _TAG.sub(b"", packed.read(part))
                        yield html.unescape(plain.decode("utf-8", "replace"))
        except (zipfile.BadZipFile, zlib.error, RuntimeError):
            return
