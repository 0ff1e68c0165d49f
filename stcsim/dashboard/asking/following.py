"""Results that a page asks for: what its address says, the job that answers, and what it wrote, once read."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Generic, Protocol, TypeVar

import solara

from stcsim.dashboard.address import Field, Values, use_address
from stcsim.dashboard.jobs import JobView, use_job
from stcsim.dashboard.parts import Repeat
from stcsim.dashboard.sources import ScenarioSource, source_of
from stcsim.dashboard.status import without_paths
from stcsim.errors import InputError
from stcsim.scenario.spec import ScenarioSpec


class Question(Protocol):
    """What is asked of a scenario; equal ones have equal answers."""

    def argv(self) -> tuple[str, ...]:
        """Return the words of the command, without scenario and folder."""
        ...

    def said(self) -> dict[str, Any]:
        """Return it as values of the address."""
        ...


class Answer(Protocol):
    """What a job has written, as pages show it."""

    @property
    def folder(self) -> Path:
        """Where it was read."""
        ...


Q = TypeVar("Q", bound=Question)
A = TypeVar("A", bound=Answer)


@dataclass(frozen=True)
class Kind(Generic[Q, A]):
    """A kind of question, with the way to its answers.

    Parameters
    ----------
    asked_of : what the values of an address ask of a scenario, which is None where it has problems
    seconds : about how long the answer takes
    at_once : seconds that it may take to be run without a click, when an address is opened
    read : the answer that a folder holds
    arms : field of the arms that can be asked for in a scenario
    beside : what a terminal needs beside the command that the page runs
    meant : gives what stands behind ``?`` with what that implies
    """

    asked_of: Callable[[Values, ScenarioSpec | None], Q]
    seconds: Callable[[Q, ScenarioSpec], float]
    at_once: float
    read: Callable[[Path], A]
    arms: Callable[[ScenarioSpec], Field]
    beside: str = ""
    meant: Callable[[str | None], str | None] = lambda search: search


@dataclass(frozen=True)
class Following(Generic[Q, A]):
    """What a page knows of the question that its address puts.

    Parameters
    ----------
    kind : of the question
    fields : what the address may say, those of the page's own included
    values : what it says
    change : changes the address
    source : scenario
    spec : the same, read; None where it has problems
    asked : the question
    job : that answers it
    found : the answer, None until it is read
    problems : why there is none
    run : put another question: scenario, question, and further values of the address
    waits : whether it waits for a click, because it takes long, was stopped or failed
    recorded : how an answer was got that no job of this page has given
    """

    kind: Kind[Q, A]
    fields: Mapping[str, Field]
    values: Values
    change: Callable[..., None]
    source: ScenarioSource
    spec: ScenarioSpec | None
    asked: Q
    job: JobView
    found: A | None
    problems: tuple[str, ...]
    run: Callable[..., None]
    waits: bool
    recorded: Repeat | None = None

    @property
    def reading(self) -> bool:
        """Whether the answer is there and not read yet."""
        return self.job.folder is not None and self.found is None and not self.problems

    @property
    def repeat(self) -> Repeat:
        """How to get the same numbers without the dashboard."""
        if self.recorded is not None:
            return self.recorded
        command = f"{self.job.command}{self.kind.beside}"
        if self.source.in_library:
            return Repeat(command)
        note = f"Save {self.source.argv} and run the command beside it."
        return Repeat(command, ((self.source.argv, self.source.text),), note)


def use_following(kind: Kind[Q, A], fields: Mapping[str, Field], pointed: Iterable[str]) -> Following[Q, A]:
    """Follow the question that the address puts; one that takes seconds is answered without a click.

    Parameters
    ----------
    kind : of the question
    fields : what the address may say
    pointed : those of them that point at something in the answer: another answer has it not
    """
    values, _ = use_address(fields, kind.meant)
    wanted, want = solara.use_state("")
    source = source_of(values["scenario"])
    assert source is not None, "an address names only scenarios that there are"
    spec, problems = solara.use_memo(lambda: _read(source), [source.digest])
    arms = solara.use_memo(lambda: kind.arms(spec) if spec is not None else fields["arms"], [source.digest])
    fields = {**fields, "arms": arms}
    values, change = use_address(fields, kind.meant)
    asked = kind.asked_of(values, spec)
    job = use_job(asked.argv() if spec is not None else None, source)
    key = _key(source, asked)
    at_once = wanted == key or (spec is not None and kind.seconds(asked, spec) <= kind.at_once)

    def begin() -> None:
        if job.state == "idle" and at_once:
            job.start()

    solara.use_effect(begin, [key, wanted])
    found, unreadable = _use_answer(kind, job)

    def run(scenario: str, new: Q, **more: Any) -> None:
        of = source_of(scenario)
        if of is None:
            return
        if of.name == source.name and new == asked:
            job.start()
            return
        want(_key(of, new))
        change(scenario=scenario, **dict.fromkeys(pointed), **new.said(), **more)

    problems = (*problems, *unreadable, *job.problems)
    waits = job.state in ("stopped", "failed") or (job.state == "idle" and not at_once)
    return Following(kind, fields, values, change, source, spec, asked, job, found, problems, run, waits)


def use_found(following: Following[Q, A], fields: Mapping[str, Field]) -> tuple[Following[Q, A], list[str]]:
    """Read the address again when there is an answer, which alone says what there is to point at.

    Parameters
    ----------
    fields : of the address, allowing what the answer has

    Returns
    -------
    tuple
        the same by these fields, and a sentence for each value that the answer has not
    """
    known = {**following.fields, **fields}
    values, change = use_address(known, following.kind.meant)
    notes = [note for note in values.notes if note not in following.values.notes]
    return replace(following, fields=known, values=values, change=change), notes


def _use_answer(kind: Kind[Q, A], job: JobView) -> tuple[A | None, tuple[str, ...]]:
    """Return what the job has written, read beside the page, and why it cannot be read."""
    folder = job.folder
    task = solara.lab.use_task(
        lambda: kind.read(folder) if folder is not None else None,
        dependencies=[str(folder), job.state],
        raise_error=False,
        prefer_threaded=True,
    )
    broken = task.exception if task.error else None
    if isinstance(broken, InputError):
        return None, tuple(without_paths(p.message) for p in broken.problems)
    if broken is not None:
        raise broken
    found: A | None = task.value if task.finished else None
    # What was read last stays in the task until the next is read.
    return (found if found is not None and found.folder == folder else None), ()


def _key(source: ScenarioSource, asked: Question) -> str:
    return f"{source.name} {source.digest} {asked.argv()}"


def _read(source: ScenarioSource) -> tuple[ScenarioSpec | None, tuple[str, ...]]:
    try:
        return source.spec, ()
    except InputError as error:
        return None, tuple(str(problem) for problem in error.problems)
