"""Many trials on several processes, each of which loads torch once; with a line of progress."""

import multiprocessing
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from typing import TypeVar

from rich.console import Console
from rich.markup import escape
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

WIDTH = 50  # of the description beside the bar

Task = TypeVar("Task")
Result = TypeVar("Result")


def done_by_all(
    work: Callable[[Task], Result],
    tasks: Sequence[Task],
    jobs: int,
    console: Console,
    tell: Callable[[Result], str],
    is_worth_a_line: Callable[[Result], bool],
) -> list[Result]:
    """Return the results in the tasks' order; ``tell`` says in a few words what is shown of the newest.

    What is worth a line of its own gets one at once: the whole may take hours.
    """
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
            words = escape(tell(future.result()))
            progress.update(bar, advance=1, description=words[:WIDTH].ljust(WIDTH))
            if is_worth_a_line(future.result()):
                progress.console.print(words, highlight=False)
    return [results[place] for place in range(len(tasks))]
