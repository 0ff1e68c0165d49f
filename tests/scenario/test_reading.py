"""What is no readable file is one clear line, at once: folder, pipe, device, too large, not UTF-8, empty."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from stcsim.errors import InputError
from stcsim.scenario.loading import load
from stcsim.scenario.reading import SIZE_LIMIT, decoded, line_and_column, read
from tests.scenario.files import HEAD, MINIMAL, lines, write


def refusal(path: Path | str) -> str:
    with pytest.raises(InputError) as caught:
        read(path, "f")
    (problem,) = caught.value.problems
    return str(problem)


def test_what_is_not_there(tmp_path: Path) -> None:
    assert refusal(tmp_path / "none.yaml") == "f  is no file that exists."


def test_folder(tmp_path: Path) -> None:
    assert refusal(tmp_path) == "f  is a folder. Name the file."


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes with names here")
def test_pipe_does_not_block(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.yaml")
    assert "is a pipe" in refusal(tmp_path / "pipe.yaml")


@pytest.mark.skipif(not Path("/dev/zero").exists(), reason="no devices here")
def test_device() -> None:
    assert refusal("/dev/zero") == "f  is a device."


@pytest.mark.skipif(sys.platform == "win32" or os.geteuid() == 0, reason="everything may be read")
def test_what_may_not_be_read(tmp_path: Path) -> None:
    path = write(tmp_path, MINIMAL)
    path.chmod(0)
    assert "cannot be opened" in refusal(path)


def test_names_that_no_file_can_have() -> None:
    assert "not a name" in refusal("a\0b")
    assert "cannot be opened" in refusal("x" * 5000)


def test_size_is_bounded_from_both_sides(tmp_path: Path) -> None:
    comment = b"#" * (SIZE_LIMIT - len(MINIMAL))
    assert load(write(tmp_path, MINIMAL.encode() + comment)).spec.name == "s"
    assert refusal(write(tmp_path, MINIMAL.encode() + comment + b"#")).startswith("f  has 1,048,577 bytes")


@pytest.mark.skipif(not Path("/proc/self/maps").exists(), reason="no files without a size here")
def test_a_file_without_a_size_is_read_to_the_limit() -> None:
    assert read("/proc/self/maps", "f").text


@pytest.mark.parametrize("data", [b"", b"\n", b"\xef\xbb\xbf", b"  \r\n \n"])
def test_empty(tmp_path: Path, data: bytes) -> None:
    assert "is empty" in refusal(write(tmp_path, data))


@pytest.mark.parametrize("data", [b"# remark\n", b"---\n...\n", b"---\n"])
def test_nothing_but_remarks(tmp_path: Path, data: bytes) -> None:
    (line,) = lines(tmp_path, data)
    assert "is empty" in line or "a scenario is a mapping" in line


def test_not_utf8_says_where(tmp_path: Path) -> None:
    assert refusal(write(tmp_path, b"a: 1\nb: caf\xe9\n")) == "f:2:7  is not UTF-8 text. Save it as UTF-8."
    assert refusal(write(tmp_path, b"\xef\xbb\xbfa: \xff")) == "f:1:4  is not UTF-8 text. Save it as UTF-8."
    assert "is UTF-16" in refusal(write(tmp_path, "a: 1".encode("utf-16")))


@pytest.mark.parametrize("character", ["\0", "\x1b", "\x7f", "\ufeff", "\ufffe"])
def test_control_characters_say_where(tmp_path: Path, character: str) -> None:
    line = refusal(write(tmp_path, f"a: 1\nb: x{character}\n"))
    assert line.startswith(f"f:2:5  holds the control character U+{ord(character):04X}")


def test_byte_order_mark_and_windows_line_ends_change_nothing(tmp_path: Path) -> None:
    text = f"{MINIMAL}    name: Ünsal\n    will: 7\n"
    plain = lines(tmp_path, text)
    windows = lines(tmp_path, b"\xef\xbb\xbf" + text.replace("\n", "\r\n").encode())
    assert plain == windows == [":6:5  countries[0].will: 7 is above the maximum 1 (share)."]


def test_places_count_every_kind_of_line_end() -> None:
    assert line_and_column("ab\r\ncd\re\nf", 0) == (1, 1)
    assert line_and_column("ab\r\ncd\re\nf", 5) == (2, 2)
    assert line_and_column("ab\r\ncd\re\nf", 7) == (3, 1)
    assert line_and_column("ab\r\ncd\re\nf", 9) == (4, 1)


def test_the_hash_is_of_the_text(tmp_path: Path) -> None:
    one = read(write(tmp_path, f"{HEAD}a: 1\n", "one.yaml"))
    two = read(write(tmp_path, b"\xef\xbb\xbf" + f"{HEAD}a: 1\n".encode(), "two.yaml"))
    assert one.sha256 == two.sha256
    assert len(one.sha256) == 64


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"a" * (SIZE_LIMIT + 1), "more than the 1,048,576 bytes of a scenario file"),
        (b" \n", "is empty"),
        (b"a: \xff", "is not UTF-8 text"),
        (b"a: \x00", "control character U.0000"),
        ("a: 1".encode("utf-16"), "is UTF-16 text"),
    ],
)
def test_bytes_of_no_file_are_held_to_the_same(data: bytes, said: str) -> None:
    with pytest.raises(InputError, match=said) as caught:
        decoded(data, "mine.yaml")
    assert [p.file for p in caught.value.problems] == ["mine.yaml"]
    assert decoded(b"\xef\xbb\xbfa: 1\n", "mine.yaml").text == "a: 1\n"
