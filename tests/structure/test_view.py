"""What a planner reads off a view."""

from __future__ import annotations

from tests.mechanisms.views import reversed_view, rich_view

VIEW = rich_view()


def test_the_first_of_a_role_is_the_same_in_any_order() -> None:
    for role in ("sea", "customs_headquarters", "university", "nobody"):
        assert VIEW.one("A", role) == reversed_view(VIEW).one("A", role)
    assert VIEW.one("A", "sea") == "A/sea_1"


def test_roles_are_tried_in_the_order_given() -> None:
    assert VIEW.one("A", "legislature", "defence") == "A/legislature"
    assert VIEW.one("B", "legislature", "defence") == "B/defence"
    assert VIEW.one("B", "legislature") == ""


def test_holders_by_role_and_kind() -> None:
    assert {h.id for h in VIEW.holders_of("A", kind="post")} == {"A/air", "A/land", "A/sea_1", "A/sea_2"}
    assert {h.role for h in VIEW.holders_of("C", ("intelligence", "defence"))} == {"defence"}
    assert [h.id for h in VIEW.holders_of("")] == ["intl/regional_centre"]
    assert VIEW.holders_of("Z") == ()


def test_everybody_knows_itself_and_others_only_as_told() -> None:
    assert VIEW.recognises("A/regulator", "A/regulator")
    assert not VIEW.recognises("A/licensing_authority", "A/regulator")
    assert VIEW.recognises("A/customs_headquarters", "B/customs_headquarters")
    assert not VIEW.recognises("A/intelligence", "B/intelligence")
