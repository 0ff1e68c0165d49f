"""A comparison that a page asks for: its address, its job, and the results once they are there."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import solara

from stcsim.dashboard.address import Values, use_address
from stcsim.dashboard.board import processes_each, without_paths
from stcsim.dashboard.comparing.asking import AT_ONCE, Asked, asked_of, fields, seconds
from stcsim.dashboard.comparing.opened import Shown, shown
from stcsim.dashboard.jobs import JobView, use_job
from stcsim.dashboard.parts import Repeat
from stcsim.dashboard.sources import ScenarioSource, source_of
from stcsim.errors import InputError
from stcsim.scenario.spec import ScenarioSpec


@dataclass(frozen=True)
class Followed:
    """What a page knows of the comparison that its address asks for.

    Parameters
    ----------
    values : of the address
    change : changes the address
    source : scenario
    spec : the same, read; None where it has problems
    asked : the comparison
    job : that runs it
    shown : its results, None until they are read
    problems : why there are none
    run : ask for another comparison: scenario, challenge, and what is asked
    waits : whether it waits for a click, because it takes long, was stopped or failed
    """

    values: Values
    change: Callable[..., None]
    source: ScenarioSource
    spec: ScenarioSpec | None
    asked: Asked
    job: JobView
    shown: Shown | None
    problems: tuple[str, ...]
    run: Callable[[str, str, Asked], None]
    waits: bool

    @property
    def reading(self) -> bool:
        """Whether results are there and not read yet."""
        return self.job.folder is not None and self.shown is None and not self.problems

    @property
    def repeat(self) -> Repeat:
        """How to get the same numbers without the dashboard."""
        if self.source.in_library:
            return Repeat(self.job.command)
        note = f"Save {self.source.argv} and run the command beside it."
        return Repeat(self.job.command, ((self.source.argv, self.source.text),), note)


def use_comparison() -> Followed:
    """Follow the comparison that the address asks for; one that takes seconds is run without a click."""
    values, change = use_address(fields())
    wanted, want = solara.use_state("")
    source = source_of(values["scenario"])
    assert source is not None, "an address names only scenarios that there are"
    asked = asked_of(values)
    spec, problems = solara.use_memo(lambda: _read(source), [source.digest])
    argv = asked.argv() if spec is not None else None
    job = use_job(argv, source)
    key = f"{source.name} {source.digest} {argv}"

    short = spec is not None and seconds(asked, spec, processes_each()) <= AT_ONCE

    def begin() -> None:
        if job.state == "idle" and (short or wanted == key):
            job.start()

    solara.use_effect(begin, [key, wanted])

    folder = job.folder
    found = solara.lab.use_task(
        lambda: _open(folder), dependencies=[str(folder), job.state], raise_error=False, prefer_threaded=True
    )
    ready: Shown | None = found.value if found.finished and found.value is not None else None
    if ready is not None and ready.folder != folder:
        ready = None
    broken = found.exception if found.error else None
    if broken is not None and not isinstance(broken, InputError):
        raise broken

    def run(scenario: str, challenge: str, new: Asked) -> None:
        of = source_of(scenario)
        if of is None:
            return
        if of.name == source.name and new == asked:
            job.start()
            return
        want(f"{of.name} {of.digest} {new.argv()}")
        change(
            scenario=scenario,
            challenge=challenge,
            arms=new.arms,
            replications=new.replications,
            worlds=new.worlds,
            seed=new.seed,
            staff=new.staff,
            outcome=None,
            arm=None,
            series=None,
        )

    if isinstance(broken, InputError):
        problems = (*problems, *(without_paths(p.message) for p in broken.problems))
    waits = job.state in ("stopped", "failed") or (job.state == "idle" and not short and wanted != key)
    problems = (*problems, *job.problems)
    return Followed(values, change, source, spec, asked, job, ready, problems, run, waits)


def _read(source: ScenarioSource) -> tuple[ScenarioSpec | None, tuple[str, ...]]:
    try:
        return source.spec, ()
    except InputError as error:
        return None, tuple(str(problem) for problem in error.problems)


def _open(folder: Any) -> Shown | None:
    return shown(folder) if folder is not None else None
