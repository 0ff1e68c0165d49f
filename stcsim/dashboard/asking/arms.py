"""Arms of a question: which an address may name, what people call them, those that were run as options."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import lru_cache

from stcsim.dashboard.address import Field, names
from stcsim.dashboard.parts import Option
from stcsim.errors import InputError
from stcsim.mechanisms import MECHANISMS
from stcsim.pictures.style import ArmStyle
from stcsim.pictures.words import capital_words
from stcsim.report.arms import mark
from stcsim.scenario.arms import BASELINE, resolve_arms
from stcsim.scenario.spec import ScenarioSpec


def arm_labels(spec: ScenarioSpec, arms: Sequence[str]) -> list[str]:
    """Return the names of arms for people: of the file, of mechanisms, of sums of both; all where none."""
    known = {name: kind.title for name, kind in MECHANISMS.items()}
    known |= {arm.name: arm.label or arm.name for arm in spec.arms}
    names = arms or [arm.name for arm in spec.arms]
    return [" + ".join(known.get(part) or capital_words(part) for part in n.split("+")) for n in names]


def arms_of(spec: ScenarioSpec, most: int, *, baseline: bool) -> Field:
    """Return the field of the arms that can be asked for in a scenario.

    Parameters
    ----------
    most : so many at the most
    baseline : whether the baseline is one of them, so that it can be asked for alone
    """

    @lru_cache(maxsize=256)
    def there(name: str) -> bool:
        try:
            resolve_arms([name], spec)
        except InputError:
            return False
        return baseline or name != BASELINE

    return names(there, most)


def arm_options(
    arms: Iterable[str], label: Callable[[str], str], styles: Mapping[str, ArmStyle]
) -> list[Option]:
    """Return arms that were run as options, each with the mark that it has in figures."""
    return [Option(arm, label(arm), mark=str(mark(styles[arm]))) for arm in arms]
