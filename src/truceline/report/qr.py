"""A text as a QR code, drawn so that paper and screen can be read back, in the dark too."""

from __future__ import annotations

_QUIET = 4


def qr_code(text: str) -> str:
    """Give the SVG of a QR code, black on white with its quiet zone, and with words for those who do not see it."""
    import segno  # noqa: PLC0415  only where a report is issued

    code = segno.make_qr(text, error="m", encoding="utf-8", eci=False)
    return str(
        code.svg_inline(
            border=_QUIET, dark="#000", light="#fff", svgclass="qr", lineclass=None, omitsize=True,
            title="The signed head as a QR code: the text above it",
        )
    )  # fmt: skip
