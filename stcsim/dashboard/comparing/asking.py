"""What is asked of a comparison: from the address to the command that answers it, and how long it takes."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

from stcsim.dashboard.address import (
    Field,
    choice,
    flag,
    implied,
    is_name,
    names,
    said_in,
    scenario,
    whole,
    word,
)
from stcsim.dashboard.asking.offers import offer
from stcsim.dashboard.running import this_server
from stcsim.dashboard.sources import source_of
from stcsim.dashboard.studies.folders import folder_named
from stcsim.mechanisms.challenges import CHALLENGES
from stcsim.outcomes.registry import INFOS
from stcsim.outcomes.series import SERIES
from stcsim.scenario.size import size
from stcsim.scenario.spec import ScenarioSpec

MOST_ARMS = 24
MOST_RUNS = 400
"""Replications of an arm that a page asks for at most; a command line takes more."""
MOST_WORLDS = 100
PAIRS = 2
"""Runs of each arm in a sampled set of assumptions."""
AT_ONCE = 45.0
"""Seconds that a comparison may take to be run without a click, when its address is opened."""

_BEGIN = 2.5
_BLOCK, _RUN = 0.9, 0.16
"""Seconds of a block and of a run in it, as multiples of what a run takes alone; fitted to runs of two
scenarios."""


@dataclass(frozen=True)
class Asked:
    """One comparison, as it is asked for.

    Parameters
    ----------
    arms : names; none for all of the scenario
    replications : runs of each arm under default assumptions
    worlds : sampled sets of assumptions
    seed : of the study
    staff : whether each arm is set against the same money spent on staff
    """

    arms: tuple[str, ...]
    replications: int
    worlds: int
    seed: int
    staff: bool

    def argv(self) -> tuple[str, ...]:
        """Return the words of the command, without scenario and folder."""
        words = ["compare"]
        if self.arms:
            words += ["--arms", ",".join(self.arms)]
        words += ["--replications", str(self.replications), "--worlds", str(self.worlds)]
        words += ["--seed", str(self.seed)]
        return (*words, *(["--equal-cost"] if self.staff else []))

    def said(self) -> dict[str, Any]:
        """Return it as values of the address, which calls them the same."""
        return asdict(self)


def _sets(text: str) -> int | None:
    number: int | None = whole(0, 0, MOST_WORLDS).read(text)
    return None if number == 1 else number


def saved_field() -> Field:
    """Return the field that names a comparison among the results; nothing else is a name of one."""

    def there(name: str) -> bool:
        found = folder_named(this_server().results, name)
        return found is not None and found[1] == "comparison"

    return Field("", lambda name: name if not name or there(name) else None)


def fields() -> dict[str, Field]:
    """Return what the address of a page that compares may say."""
    return {
        # what is shown in place of an answer to what is asked below
        "saved": saved_field(),
        "scenario": scenario(),
        "challenge": choice("", {"", *CHALLENGES}),
        "arms": names(is_name, MOST_ARMS),
        "replications": whole(20, 2, MOST_RUNS),
        "worlds": Field(0, _sets),
        "seed": whole(1, 0, 2**31),
        "staff": flag(),
        # where it says nothing: assumptions, as soon as they were varied
        "view": choice("", ("", "runs", "assumptions")),
        "outcome": choice("", {"", *INFOS}),
        "arm": word(),
        "series": choice("", {"", *SERIES}),
        # where it says nothing: as says most of the series
        "time": choice("", ("", "monthly", "summed", "difference")),
    }


def by_challenge(search: str | None) -> str | None:
    """Return the part behind ``?`` in which a challenge alone stands for what is compared to answer it.

    That is the scenario that shows it, with what claims to answer it, each beside the same money on staff:
    what the form offers where the challenge is chosen in it.
    """
    said = said_in(search)
    challenge = CHALLENGES.get(said.get("challenge", ""))
    if challenge is None or {"scenario", "arms", "saved"} & said.keys():
        return search
    source = source_of(challenge.scenario)
    assert source is not None, "the library has the scenario of each challenge"
    offered = offer(source.spec, said["challenge"])
    arms = ",".join(offered.chosen)
    return implied(search, {"scenario": source.name, "arms": arms, "staff": "1"})


def asked_of(values: dict[str, Any]) -> Asked:
    """Return the comparison that the values of an address ask for."""
    return Asked(
        tuple(values["arms"]), values["replications"], values["worlds"], values["seed"], values["staff"]
    )


def runs_of(asked: Asked, arms: int) -> int:
    """Return how many runs a comparison takes.

    Parameters
    ----------
    arms : beside the baseline
    """
    each = 1 + arms * (2 if asked.staff else 1)
    return each * (asked.replications + PAIRS * asked.worlds)


def seconds(asked: Asked, spec: ScenarioSpec, processes: int) -> float:
    """Return about how long a comparison takes: what runs cost grows less than their number.

    Parameters
    ----------
    spec : scenario
    processes : that share the work
    """
    arms = len(asked.arms) or len(spec.arms)
    blocks = min(processes, asked.replications) + asked.worlds
    blocks *= 2 if asked.staff else 1
    alone = size(spec).seconds
    work = alone * (_BLOCK * blocks + _RUN * runs_of(asked, arms))
    return _BEGIN + work / max(1, processes)
