"""Many trials on several processes, each of which loads torch once; with a line of progress."""

import multiprocessing
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from typing import TypeVar

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

Task = TypeVar("Task")
Result = TypeVar("Result")


def done_by_all(
    work: Callable[[Task], Result], tasks: Sequence[Task], jobs: int, console: Console, tell: Callable[[Result], str]
) -> list[Result]:
    """Return the results in the tasks' order; ``tell`` says in a few words what is shown of the newest."""
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    results: dict[int, Result] = {}
    context = multiprocessing.get_context("spawn")
    with (
        Progress(*columns, console=console, transient=True) as progress,
        ProcessPoolExecutor(jobs, mp_context=context) as pool,
    ):
        bar = progress.add_task("", total=len(tasks))
        places = {pool.submit(work, task): place for place, task in enumerate(tasks)}
        for future in as_completed(places):
            results[places[future]] = future.result()
            progress.update(bar, advance=1, description=tell(future.result()))
    return [results[place] for place in range(len(tasks))]


def counted(found: Iterable[str]) -> dict[str, int]:
    """Return how often each word occurs, the most frequent first."""
    counts: dict[str, int] = {}
    for word in found:
        counts[word] = counts.get(word, 0) + 1
    return dict(sorted(counts.items(), key=lambda entry: -entry[1]))
