"""Groups of the register that act on a family exist, and every group acts on something."""

from stcsim.outcomes.dependence import GROUPS, acts_on
from stcsim.outcomes.outcome import FAMILIES
from stcsim.parameters import Parameters


def test_every_family_and_every_group_is_named() -> None:
    assert set(GROUPS) == set(FAMILIES)
    assert {g for groups in GROUPS.values() for g in groups} == set(Parameters.model_fields)


def test_a_cost_of_staff_acts_on_cost_alone() -> None:
    assert [f for f in FAMILIES.values() if acts_on("costs", f)] == [FAMILIES["cost"]]
