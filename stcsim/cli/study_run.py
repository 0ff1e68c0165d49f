"""The commands ``study run``, ``study failures`` and ``study rerun``."""

from __future__ import annotations

import shlex
from collections.abc import Callable, Iterator
from concurrent.futures import BrokenExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from stcsim.cli.console import print_aside, write
from stcsim.cli.options import Dask, Jobs, Options
from stcsim.cli.progress import shown
from stcsim.cli.study_plan import STUDY_HELP, counted, notes_of
from stcsim.errors import Interrupted, StoreError, quote

if TYPE_CHECKING:
    from stcsim.study.carrying_out import Ended, Means, Progress
    from stcsim.study.plan import StudyPlan

FOLDER_HELP = "Folder of a study."
FAILED_STATUS = 1
"""Exit status where runs have failed."""
_MOST_FAILURES = 50


def register(app: typer.Typer) -> None:
    """Add the commands of this module to `app`."""
    app.command("run")(run)
    app.command("failures")(failures)
    app.command("rerun")(rerun)


def run(
    file: Annotated[str, typer.Argument(metavar="FILE", help=STUDY_HELP)],
    out: Annotated[
        str, typer.Option("--out", metavar="DIR", help="Folder of the study; a second call goes on in it.")
    ],
    jobs: Jobs = None,
    dask: Dask = None,
) -> None:
    """Run what is missing of a study. What is finished is kept, however this ends."""
    options = Options()
    processes = options.jobs(jobs, dask)
    folder = options.folder("--out", out)
    options.check()
    assert folder is not None

    from stcsim.study.carrying_out import carry_out
    from stcsim.study.planned import PlannedStudy
    from stcsim.study.study_reading import read_study

    plan = read_study(file).plan
    for said in notes_of(plan):
        print_aside(said)
    words = ["stcsim", "study", "run", file, "--out", out]
    far = _Far()
    with working(plan, processes, dask, lambda: far.words(folder)) as (means, tell):

        def note(progress: Progress) -> None:
            far.progress = progress
            tell(progress)

        study = PlannedStudy(plan, shlex.join(words))
        ended = carry_out(study, folder, means, progress=note, warn=print_aside)
    _tell_end(plan, ended, out)


class _Far:
    """How far it has come."""

    def __init__(self) -> None:
        self.progress: Progress | None = None

    def words(self, folder: Path) -> str:
        """Say what is kept, and how it goes on."""
        if self.progress is None:
            return "nothing was run"
        done, total = self.progress.done, self.progress.total
        return f"{done:,} of {total:,} runs are kept in {quote(folder, 200)}, and the same command goes on"


@contextmanager
def working(
    plan: StudyPlan, jobs: int | None, dask: str | None, kept: Callable[[], str]
) -> Iterator[tuple[Means, Callable[[Progress], None]]]:
    """Have what does the work of a study, and what shows how far it is.

    Parameters
    ----------
    plan : of the study
    jobs, dask : processes, or the scheduler to use instead, as the options say
    kept : says what is kept where it ends before it is done

    Raises
    ------
    Interrupted
        the user stopped it
    StoreError
        its workers are gone
    """
    try:
        with _means(plan, jobs, dask) as means, shown() as show:
            yield means, lambda p: show(p.done, p.total, p.before, p.failed)
    except KeyboardInterrupt:
        raise Interrupted(f"stopped; {kept()}") from None
    except BrokenExecutor as error:
        raise StoreError(f"the executor can do nothing any more ({error}); {kept()}") from None


@contextmanager
def _means(plan: StudyPlan, jobs: int | None, dask: str | None) -> Iterator[Means]:
    from stcsim.study.carrying_out import Means
    from stcsim.study.design import affordable_processes
    from stcsim.study.processes import usable_processors

    if dask is not None:
        from stcsim.study.dask_cluster import dask_means

        with dask_means(dask) as means:
            yield means
        return
    fitting = min(usable_processors(), *map(affordable_processes, plan.scenarios))
    number = fitting if jobs is None else jobs
    yield Means(number, words=counted(number, "process", "processes"))


def _tell_end(plan: StudyPlan, ended: Ended, out: str) -> None:
    where = shlex.quote(out)
    write(f"{plan.spec.name}: {ended.runs:,} runs in {where}, {ended.added:,} of them run now")
    if ended.tried_again:
        write(f"{counted(ended.tried_again, 'run')} that had failed before: tried again")
    for words in (*ended.precision, *ended.notes):
        write(words)
    if ended.failed:
        write(f"{counted(ended.failed, 'run')} failed; to see why: stcsim study failures {where}")
        raise typer.Exit(FAILED_STATUS)


def failures(
    folder: Annotated[str, typer.Argument(metavar="DIR", help=FOLDER_HELP)],
    traceback: Annotated[
        bool, typer.Option("--traceback", help="Print the whole traceback of each.")
    ] = False,
) -> None:
    """List the runs of a study that failed, each with the line that runs it alone."""
    from stcsim.study.store.failures import read_failures
    from stcsim.study.store.reading import read_runs

    kept = read_runs(folder)
    number = 0
    for record in read_failures(kept.folder):
        number += 1
        if number <= _MOST_FAILURES:
            _tell(record, folder, traceback)
    if number > _MOST_FAILURES:
        write(f"and {number - _MOST_FAILURES:,} more, in {shlex.quote(folder)}/failures")
    write(f"{counted(number, 'run')} failed." if number else "no run failed")


def _tell(record: dict[str, Any], folder: str, traceback: bool) -> None:
    place = f"{record['scenario']}, point {record['world']}, replication {record['replication']}"
    write(f"{record['arm']} ({place}), {record['stage']}: {record['error']}")
    if traceback:
        write(str(record["traceback"]).rstrip())
    write(f"  stcsim study rerun {shlex.quote(folder)} {record['id'][:12]}")


def rerun(
    folder: Annotated[str, typer.Argument(metavar="DIR", help=FOLDER_HELP)],
    run: Annotated[str, typer.Argument(metavar="RUN", help="First characters of its name in the list.")],
) -> None:
    """Run one failed run again, alone and in this process; where it comes to its end it is kept."""
    from stcsim.study.rerunning import rerun_failure

    result = rerun_failure(Path(folder), run, print_aside)
    if result.failed:
        write(result.trace.rstrip())
        write(f"it failed again, {result.stage}: {result.error}")
        raise typer.Exit(FAILED_STATUS)
    place = f"{result.arm}, point {result.world}, replication {result.replication}"
    write(f"{place}: it came to its end and is kept")
