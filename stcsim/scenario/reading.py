"""Bytes of a scenario or study file to text: regular files of up to a megabyte in UTF-8; else one line."""

from __future__ import annotations

import codecs
import os
import stat
from dataclasses import dataclass, field
from functools import cached_property

from yaml.reader import Reader

from stcsim.errors import InputError, Problem

SIZE_LIMIT = 1_048_576
"""Largest file, in bytes."""

_KINDS = (
    (stat.S_ISDIR, "is a folder", "Name the file."),
    (stat.S_ISFIFO, "is a pipe", "Save what it carries to a file first."),
    (stat.S_ISSOCK, "is a socket", ""),
    (stat.S_ISCHR, "is a device", ""),
    (stat.S_ISBLK, "is a device", ""),
)


@dataclass(frozen=True)
class FileKind:
    """What a file is, as messages call it.

    Parameters
    ----------
    name : such as ``scenario``
    start : how to come by a first one
    """

    name: str
    start: str


SCENARIO = FileKind("scenario", "`stcsim new NAME` writes a scenario to start from.")


@dataclass(frozen=True)
class Source:
    """Where text comes from.

    Parameters
    ----------
    name : as the user gave it, or as `extends` leads to it
    own : True for what the user named; messages quote nothing of the others
    text : content, without byte order mark
    rank : 0 for what the user named, 1 for what that extends, and so on; overrides come last
    kind : what it should be
    """

    name: str
    own: bool = True
    text: str = field(default="", repr=False, compare=False)
    rank: int = 0
    kind: FileKind = field(default=SCENARIO, compare=False)

    @cached_property
    def sha256(self) -> str:
        """SHA-256 of the text in UTF-8, in hexadecimal digits."""
        # Imported here because it takes longer than reading a file, and only provenance asks.
        from hashlib import sha256

        return sha256(self.text.encode()).hexdigest()


def printable(text: str) -> str:
    """Return `text` on one line: what cannot be printed becomes a replacement character."""
    if text.isprintable():
        return text
    return "".join(c if c.isprintable() else "\ufffd" for c in text)


def _refuse(name: str, message: str, repair: str = "", line: int = 0, column: int = 0) -> InputError:
    return InputError([Problem(printable(name), line, column, "", message, repair)])


def unprintable(text: str) -> int:
    """Return the position of the first character that has no place in a text file, -1 when there is none."""
    found = Reader.NON_PRINTABLE.search(text)
    mark = text.find("\ufeff")
    first = [at for at in (found.start() if found else -1, mark) if at >= 0]
    return min(first, default=-1)


def line_and_column(text: str, position: int) -> tuple[int, int]:
    """Return line and column, from 1, of the character at `position`."""
    before = text[:position]
    lines = before.count("\n") + before.count("\r") - before.count("\r\n")
    return lines + 1, position - max(before.rfind("\n"), before.rfind("\r"))


def _bytes(path: str, name: str, kind: FileKind) -> bytes:
    # Opened without waiting and asked afterwards: a pipe must not block, and nothing may change in between.
    flags = (
        os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_CLOEXEC", 0) | getattr(os, "O_BINARY", 0)
    )
    try:
        handle = os.open(path, flags)
    except FileNotFoundError:
        raise _refuse(name, "is no file that exists") from None
    except IsADirectoryError:
        raise _refuse(name, "is a folder", "Name the file.") from None
    except ValueError:
        raise _refuse(name, "is not a name that a file can have") from None
    except OSError as error:
        raise _refuse(name, f"cannot be opened ({error.strerror or 'reason unknown'})") from None
    try:
        status = os.fstat(handle)
        for is_kind, message, repair in _KINDS:
            if is_kind(status.st_mode):
                raise _refuse(name, message, repair)
        if status.st_size > SIZE_LIMIT:
            raise _refuse(
                name, f"has {status.st_size:,} bytes, more than the {SIZE_LIMIT:,} of a {kind.name} file"
            )
        parts: list[bytes] = []
        room = SIZE_LIMIT + 1
        while room and (part := os.read(handle, room)):
            parts.append(part)
            room -= len(part)
    except OSError as error:
        raise _refuse(name, f"cannot be read ({error.strerror or 'reason unknown'})") from None
    finally:
        os.close(handle)
    if not room:
        raise _refuse(name, f"has more than the {SIZE_LIMIT:,} bytes of a {kind.name} file")
    return b"".join(parts)


def read(
    path: str | os.PathLike[str],
    name: str = "",
    own: bool = True,
    rank: int = 0,
    kind: FileKind = SCENARIO,
) -> Source:
    """Read the file at `path`, to be called `name` in messages, which should be of a kind.

    Raises
    ------
    InputError
        With one problem: no such file, folder, pipe, device, too large, empty, not UTF-8, control characters.
    """
    name = name or os.fspath(path)
    return decoded(_bytes(os.fspath(path), name, kind), name, own, rank, kind)


def decoded(data: bytes, name: str, own: bool = True, rank: int = 0, kind: FileKind = SCENARIO) -> Source:
    """Return what is in the bytes of a file, to be called `name` in messages, which should be of a kind.

    Raises
    ------
    InputError
        With one problem: too large (then nothing of it is read), empty, not UTF-8, control characters.
    """
    if len(data) > SIZE_LIMIT:
        raise _refuse(name, f"has more than the {SIZE_LIMIT:,} bytes of a {kind.name} file")
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        raise _refuse(name, "is UTF-16 text", "Save it as UTF-8.")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        bom = len(codecs.BOM_UTF8) if data.startswith(codecs.BOM_UTF8) else 0
        before = data[bom : bom + error.start].decode()
        line, column = line_and_column(before, len(before))
        raise _refuse(name, "is not UTF-8 text", "Save it as UTF-8.", line, column) from None
    if (at := unprintable(text)) >= 0:
        line, column = line_and_column(text, at)
        raise _refuse(
            name, f"holds the control character U+{ord(text[at]):04X}", "Take it out.", line, column
        )
    if not text.strip():
        raise _refuse(name, "is empty", kind.start)
    return Source(printable(name), own, text, rank, kind)
