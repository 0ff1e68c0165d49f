"""What an address says is read within bounds and written back; the rest of it stays."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from stcsim.dashboard.address import Field, choice, flag, is_name, link, names, read, whole, written

FIELDS: dict[str, Field] = {
    "arm": choice("one", ("one", "two")),
    "quarter": whole(4, 0, 20),
    "arms": names(is_name),
    "equal": flag(),
}


def test_nothing_said_is_the_default() -> None:
    for search in (None, "", "other=1", "#part", "&&&=;"):
        values = read(search, FIELDS)
        assert values == {"arm": "one", "quarter": 4, "arms": (), "equal": False}
        assert values.notes == ()


def test_wrong_values_fall_back_and_are_told() -> None:
    values = read("arm=three&quarter=21&equal=yes", FIELDS)
    assert values == {"arm": "one", "quarter": 4, "arms": (), "equal": False}
    assert len(values.notes) == 3
    assert (
        values.notes[0] == "The address asks for arm 'three', which is not to be had: the default is shown."
    )
    assert values.notes[1].endswith("which is not to be had: this is 4.")


def test_whole_numbers_are_plain_digits() -> None:
    for text in ("-1", "1e1", " 3", "٣", "1_0", "0x1", "9" * 5000, ""):
        assert read(f"quarter={text}", {"quarter": whole(4, 0, 20)})["quarter"] == 4


def test_names_with_a_plus_survive_typing_and_writing() -> None:
    for search in ("arms=a%2Bb,c", "arms=a+b,c", "arms=a+b,%20c,a+b"):
        assert read(search, FIELDS)["arms"] == ("a+b", "c")
    said = written("", FIELDS, {"arms": ("a+b", "c")})
    assert read(said, FIELDS)["arms"] == ("a+b", "c")
    assert read("arms=", FIELDS)["arms"] == ()


def test_of_names_those_stay_that_there_are() -> None:
    known = {"arms": names(("a", "b"), most=3)}
    some = read("arms=a,x,b", known)
    assert some["arms"] == ("a", "b")
    assert some.notes == ("The address asks for arms 'x', which is not to be had: it is left out.",)
    assert read("arms=<script>", FIELDS)["arms"] == ()
    assert read("arms=a,b,a,b", known).notes == ()
    many = read("arms=a,b,c,d", known)
    assert many["arms"] == ()
    assert len(many.notes) == 1


def test_defaults_are_left_out_and_other_names_stay() -> None:
    assert written("quarter=5&mine=x", FIELDS, {"arm": "one", "quarter": 4}) == "mine=x"
    assert written("mine=x", FIELDS, {"arm": "two", "equal": True}) == "mine=x&arm=two&equal=1"


def test_links_take_along_what_pages_share() -> None:
    assert link("/flows", "scenario=small_region&quarter=4") == "/flows?scenario=small_region"
    assert link("/flows", None) == "/flows"
    assert link("/flows", "", case="7") == "/flows?case=7"


@given(st.text(max_size=300))
def test_no_address_breaks_the_reader(search: str) -> None:
    values = read(search, FIELDS)
    assert values["arm"] in ("one", "two")
    assert 0 <= values["quarter"] <= 20
    assert read(written(search, FIELDS, values), FIELDS) == values
