"""An observation that a page asks for: its address, its job, and what was seen once it is there."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

import solara

from stcsim.dashboard.address import Field, Values, use_address
from stcsim.dashboard.board import without_paths
from stcsim.dashboard.jobs import JobView, use_job
from stcsim.dashboard.parts import Repeat
from stcsim.dashboard.sources import ScenarioSource, source_of
from stcsim.dashboard.watching.asking import AT_ONCE, Watched, fields, seconds, watched_of
from stcsim.dashboard.watching.opened import Seen, seen
from stcsim.errors import InputError
from stcsim.scenario.spec import ScenarioSpec


@dataclass(frozen=True)
class Watching:
    """What a page knows of the observation that its address asks for.

    Parameters
    ----------
    values : of the address, those of the page's own fields included
    change : changes the address
    source : scenario
    spec : the same, read; None where it has problems
    asked : what is watched
    job : that watches
    seen : what was seen, None until it is read
    problems : why there is nothing
    run : ask for another observation: scenario, and what is asked
    """

    values: Values
    change: Callable[..., None]
    source: ScenarioSource
    spec: ScenarioSpec | None
    asked: Watched
    job: JobView
    seen: Seen | None
    problems: tuple[str, ...]
    run: Callable[[str, Watched], None]

    @property
    def reading(self) -> bool:
        """Whether it is there and not read yet."""
        return self.job.folder is not None and self.seen is None and not self.problems

    @property
    def repeat(self) -> Repeat:
        """How to get the same numbers without the dashboard."""
        command = f"{self.job.command} --out FOLDER"
        if self.source.in_library:
            return Repeat(command)
        note = f"Save {self.source.argv} and run the command beside it."
        return Repeat(command, ((self.source.argv, self.source.text),), note)


def use_observation(own: Mapping[str, Field]) -> Watching:
    """Follow the observation that the address asks for; one that takes a minute is made without a click.

    Parameters
    ----------
    own : fields of the page, such as the quarter that is shown
    """
    values, change = use_address({**fields(), **own})
    wanted, want = solara.use_state("")
    source = source_of(values["scenario"])
    assert source is not None, "an address names only scenarios that there are"
    spec, problems = solara.use_memo(lambda: _read(source), [source.digest])
    asked = watched_of(values, spec)
    argv = asked.argv() if spec is not None else None
    job = use_job(argv, source)
    key = f"{source.name} {source.digest} {argv}"

    def begin() -> None:
        short = spec is not None and seconds(asked, spec) <= AT_ONCE
        if job.state == "idle" and (short or wanted == key):
            job.start()

    solara.use_effect(begin, [key, wanted])

    folder = job.folder
    found = solara.lab.use_task(
        lambda: _open(folder), dependencies=[str(folder), job.state], raise_error=False, prefer_threaded=True
    )
    ready: Seen | None = found.value if found.finished and found.value is not None else None
    if ready is not None and ready.folder != folder:
        ready = None
    broken = found.exception if found.error else None
    if broken is not None and not isinstance(broken, InputError):
        raise broken

    def run(scenario: str, new: Watched) -> None:
        of = source_of(scenario)
        if of is None:
            return
        if of.name == source.name and new == asked:
            job.start()
            return
        want(f"{of.name} {of.digest} {new.argv()}")
        # What was pointed at in the old one is not in the new one.
        dropped = dict.fromkeys(own)
        arms = new.arms or ("baseline",)
        change(scenario=scenario, arms=arms, replications=new.replications, seed=new.seed, **dropped)

    if isinstance(broken, InputError):
        problems = (*problems, *(without_paths(p.message) for p in broken.problems))
    return Watching(values, change, source, spec, asked, job, ready, (*problems, *job.problems), run)


def _read(source: ScenarioSource) -> tuple[ScenarioSpec | None, tuple[str, ...]]:
    try:
        return source.spec, ()
    except InputError as error:
        return None, tuple(str(problem) for problem in error.problems)


def _open(folder: Path | None) -> Seen | None:
    return seen(folder) if folder is not None else None
