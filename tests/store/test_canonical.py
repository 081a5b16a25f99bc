"""Canonical JSON: one form for a value, and a path in every refusal."""

from __future__ import annotations

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from truceline.store.canonical import canonical, read_canonical, sha256_hex

ASCII = st.text(st.characters(max_codepoint=127), max_size=8)
TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
SCALARS = st.none() | st.booleans() | st.integers(-(2**53) + 1, 2**53 - 1) | TEXT
VALUES = st.recursive(
    SCALARS, lambda part: st.lists(part, max_size=4) | st.dictionaries(ASCII, part, max_size=4)
)


def test_the_form_is_that_of_rfc_8785() -> None:
    """Strings as in RFC 8785 section 3.2.2.2, keys sorted, no white space."""
    value = {"string": '€$\u000f\nA\'B"\\\\"/', "literals": [None, True, False], "A": 1}
    expected = '{"A":1,"literals":[null,true,false],"string":"€$\\u000f\\nA\'B\\"\\\\\\\\\\"/"}'
    assert canonical(value) == expected.encode()


@given(VALUES)
def test_the_value_is_kept_and_the_form_is_fixed(value: object) -> None:
    """Reading the bytes gives the value back, and writing that gives the same bytes."""
    data = canonical(value)
    assert json.loads(data) == value
    assert canonical(json.loads(data)) == data


@given(st.dictionaries(ASCII, SCALARS, min_size=2))
def test_the_order_of_keys_does_not_matter(value: dict[str, object]) -> None:
    """A mapping has one form, however it was built."""
    assert canonical(dict(reversed(value.items()))) == canonical(value)


@pytest.mark.parametrize(
    ("value", "path"),
    [
        ({"a": [1, 2.5]}, "$.a[1]"),
        ({"a": {"b": 2**53}}, "$.a.b"),
        ([-(2**53)], "$[0]"),
        ({"straße": 1}, "$: key 'straße'"),
        ({1: 1}, "$: key 1"),
        ({"a": "\ud800"}, "$.a: lone surrogate"),
        ({"a": b"bytes"}, "$.a: a bytes"),
        ({"a": {1, 2}}, "$.a: a set"),
    ],
)
def test_a_refusal_names_the_path(value: object, path: str) -> None:
    """What has no canonical form is refused with its place."""
    with pytest.raises(ValueError, match=r"\$") as refusal:
        canonical(value)
    assert str(refusal.value).startswith(path)


def test_nesting_without_end_is_refused() -> None:
    """A value that holds itself does not run the program out of its stack."""
    ring: list[object] = []
    ring.append(ring)
    with pytest.raises(ValueError, match="nested deeper"):
        canonical(ring)


def test_digest() -> None:
    """The digest is SHA-256 in lower-case hexadecimal (FIPS 180-2, appendix B.1)."""
    assert sha256_hex(b"abc").startswith("ba7816bf8f01cfea")


_ANY = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**70), 2**70) | st.floats() | st.text(max_size=8)
    | st.sampled_from([2**53, 2**53 - 1, -(2**53), 1e16, -0.0, 1.0, "\x7f", "\u2028", "\\"]),
    lambda part: st.lists(part, max_size=3) | st.dictionaries(st.text(max_size=4), part, max_size=3),
    max_leaves=6,
)  # fmt: skip
_WRITTEN = st.builds(
    lambda value, sort, ascii_, gap: json.dumps(
        value, sort_keys=sort, ensure_ascii=ascii_, separators=(",", gap)
    ).encode("utf-8", "surrogatepass"),
    st.dictionaries(st.text(max_size=4), _ANY, max_size=4) | _ANY,
    st.booleans(), st.booleans(), st.sampled_from([":", ":", ": "]),
)  # fmt: skip


@given(st.binary(max_size=40) | st.text(max_size=40).map(str.encode) | _WRITTEN)
@settings(max_examples=1500)
def test_bytes_are_read_where_they_are_the_canonical_form_of_something(data: bytes) -> None:
    try:
        expected = json.loads(data)
        same = canonical(expected) == data
    except (ValueError, RecursionError):
        same = False
    if same:
        assert read_canonical(data) == expected
    else:
        with pytest.raises(ValueError, match="canonical"):
            read_canonical(data)


@pytest.mark.parametrize(
    "text",
    [
        '{"a":1.0}', '{"a":1e3}', '{"a":1E3}', "NaN", "[Infinity]", "-Infinity", str(2**53), '{"ծ":1}', '{"a": 1}', '{"b":1,"a":2}',
        '{"a":1,"a":1}', '"\\u0041"', "01", "[1,]", "-0", '"\\/"',
    ],
)  # fmt: skip
def test_what_is_json_and_not_in_its_one_form_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="canonical"):
        read_canonical(text.encode())


@pytest.mark.parametrize(
    "value", [{"a": "1.5e NaN"}, {"n": 2**53 - 1}, ["ծ"], {"a": "1234567890123456"}, None, 0]
)
def test_what_is_canonical_is_read(value: object) -> None:
    assert read_canonical(canonical(value)) == value
