"""What a job has written is read once, and again when it was written anew."""

from __future__ import annotations

import os
from pathlib import Path

from stcsim.dashboard.asking.once import once


def test_a_folder_is_read_again_only_when_it_was_written_again(tmp_path: Path) -> None:
    read: list[Path] = []

    def count(folder: Path) -> int:
        read.append(folder)
        return len(read)

    found = once(count, "done.json", kept=2)
    assert found(tmp_path) == found(tmp_path) == 1
    marker = tmp_path / "done.json"
    marker.write_text("{}")
    assert found(tmp_path) == found(tmp_path) == 2
    os.utime(marker, ns=(1, 1))
    assert found(tmp_path) == 3
    assert found(tmp_path / "other") == 4
