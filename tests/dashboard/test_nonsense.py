"""Nonsense in the address: every field of every page falls back, and a plain line says so."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

pytest.importorskip("solara")

from stcsim.dashboard.address import Field, read
from stcsim.dashboard.comparing import asking as comparing
from stcsim.dashboard.pages import capacity, ecosystem, flows, method, scenario
from stcsim.dashboard.watching import asking as watching

NONSENSE = "no such thing"
PAGES: Mapping[str, Mapping[str, Field]] = {
    "compare": comparing.fields(),
    "flows": {**watching.fields(), **flows.OWN},
    "capacity": {**watching.fields(), **capacity.OWN},
    "ecosystem": {**watching.fields(), **ecosystem.OWN},
    "scenario": scenario.FIELDS,
    "method": method.FIELDS,
}
LATER = {"arms", "arm", "against", "body", "case", "open", "search"}
"""Only what is found says what there is of these; and a search may be for anything."""


@pytest.mark.parametrize(
    ("page", "name"), [(page, name) for page, fields in PAGES.items() for name in fields if name not in LATER]
)
def test_nonsense_is_the_default_and_one_line_says_so(page: str, name: str):
    fields = PAGES[page]
    values = read(f"{name}={NONSENSE}", fields)
    assert dict(values) == dict(read("", fields))
    assert len(values.notes) == 1
    start, end = values.notes[0].split(", which is not to be had: ")
    assert start.startswith(f"The address asks for {name} 'no")
    assert "_" not in end


def test_quarter_beyond_the_last_is_the_last():
    values = read("quarter=21", {"quarter": watching.quarter(20)})
    assert values["quarter"] == watching.LATEST
    assert values.notes[0].endswith("the last is shown.")
    assert read("quarter=20", {"quarter": watching.quarter(20)})["quarter"] == 20
