"""The one door: only regular files of a bearable size that lie where they are said to lie."""

from __future__ import annotations

import os
import socket
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from truceline.errors import FileError
from truceline.store.door import Kind, inside, look, names_in, read_inside, read_named

if TYPE_CHECKING:
    from collections.abc import Callable

SMALL = Kind("a test file", 10)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Make a folder with a file, and a secret beside the folder."""
    (tmp_path / "in" / "deep").mkdir(parents=True)
    (tmp_path / "in" / "deep" / "a.csv").write_bytes(b"content")
    (tmp_path / "secret").write_bytes(b"secret")
    return tmp_path / "in"


def test_a_regular_file_comes_in_whatever_way_the_folder_is_named(
    folder: Path, tmp_path: Path
) -> None:
    (tmp_path / "alias").symlink_to(folder)
    (folder / "link").symlink_to("deep/a.csv")
    (folder / "other").symlink_to("deep")
    for name in ("deep/a.csv", "./deep/a.csv", "link", "other/a.csv"):
        assert read_inside(folder, name, SMALL) == b"content"
        assert read_inside(tmp_path / "alias", name, SMALL) == b"content"
        look(folder, name, SMALL)
    assert read_named(tmp_path / "alias" / "link", SMALL) == b"content"


def _link(path: Path) -> None:
    path.symlink_to("../secret")


def _link_of_a_link(path: Path) -> None:
    path.with_name("first").symlink_to("..")
    path.symlink_to("first/secret")


def _circle(path: Path) -> None:
    path.symlink_to(path.name)


def _socket(path: Path) -> None:
    with socket.socket(socket.AF_UNIX) as made:
        made.bind(str(path))


def _large(path: Path) -> None:
    path.write_bytes(b"12345678901")


def _sparse(path: Path) -> None:
    with path.open("wb") as file:
        file.truncate(20_000_000_000)


def _nothing(path: Path) -> None:
    assert not path.exists()


def _device(path: Path) -> None:
    path.symlink_to("/dev/zero")


@pytest.mark.parametrize(
    ("make", "said"),
    [
        (_link, "leads out of the folder 'in'"),
        (_link_of_a_link, "leads out of the folder 'in'"),
        (_device, "leads out of the folder 'in'"),
        (_circle, "link that leads"),
        (os.mkfifo, "a pipe, not a regular file"),
        (_socket, "a socket, not a regular file"),
        (os.mkdir, "a folder, not a regular file"),
        (_large, "it holds 11 bytes; a test file may hold 10"),
        (_sparse, "it holds 20,000,000,000 bytes"),
        (_nothing, "it is not there"),
    ],
)
def test_anything_else_stays_out_and_is_told(
    folder: Path, make: Callable[[Path], None], said: str
) -> None:
    make(folder / "x")
    for door in (read_inside, look):
        with pytest.raises(FileError, match=said) as refused:
            door(folder, "x", SMALL)
        assert refused.value.advice
        assert str(refused.value).startswith("x: ")


@pytest.mark.parametrize("name", ["../secret", "deep/../../secret", "/etc/hostname", "deep/\0"])
def test_a_name_that_points_out_is_refused(folder: Path, name: str) -> None:
    with pytest.raises(FileError, match="lies outside the folder"):
        read_inside(folder, name, SMALL)


def test_a_device_that_a_person_names_is_not_read() -> None:
    with pytest.raises(FileError, match="a device, not a regular file"):
        read_named(Path("/dev/zero"), SMALL)


def test_a_folder_lists_what_it_holds_and_never_another_one(folder: Path, tmp_path: Path) -> None:
    (folder / "deep" / ".hidden").touch()
    os.mkfifo(folder / "deep" / "pipe")
    assert names_in(folder, "deep") == ("deep/a.csv", "deep/pipe")
    assert names_in(folder, "nowhere") == ()
    (folder / "out").symlink_to(tmp_path)
    with pytest.raises(FileError, match="leads out"):
        names_in(folder, "out")


def test_what_is_still_to_be_made_may_not_be_led_out_either(folder: Path, tmp_path: Path) -> None:
    assert inside(folder, "new") == folder / "new"
    (folder / "new").symlink_to(tmp_path)
    with pytest.raises(FileError, match="leads out"):
        inside(folder, "new")


@given(st.lists(st.sampled_from(["..", ".", "deep", "up", "a.csv", "secret"]), max_size=6))
def test_no_mixture_of_links_and_steps_reads_what_lies_outside(
    tmp_path_factory: pytest.TempPathFactory, parts: list[str]
) -> None:
    folder = tmp_path_factory.getbasetemp() / "mixture" / "in"
    if not folder.exists():
        (folder / "deep").mkdir(parents=True)
        (folder / "deep" / "a.csv").write_bytes(b"content")
        (folder.parent / "secret").write_bytes(b"secret")
        (folder / "up").symlink_to("..")
        (folder / "deep" / "up").symlink_to("..")
    try:
        content = read_inside(folder, "/".join(parts), SMALL)
    except FileError:
        return
    assert content == b"content"
