"""A report as work in the background.

A picture takes tenths of a second, and loading matplotlib and jinja2 the first time as long: between two of them other
work has its turn, within one it waits.
"""

from collections.abc import Iterator

from engine.protocol import REPORT_WORDS, MakeReport, Report, SurfacePart
from engine.report import svg
from engine.run.lockstep import Lockstep

from .figures import figures_of
from .page import page, template
from .pictures import pictures_of


def report_job(run: Lockstep, surface: SurfacePart | None, command: MakeReport) -> Iterator[Report | None]:
    """Yield None between the pictures, and last the report.

    Its figures are of the moment it begins, however the run goes on.
    """
    words = REPORT_WORDS | command.words
    figures = figures_of(
        run,
        surface,
        colors=command.colors,
        hidden=command.hidden,
        sweep=command.sweep,
        sweep_spec=command.sweep_spec,
        target=command.target,
        target_of=command.target_of,
        sweep_by=command.sweep_by,
    )
    yield None
    yield from svg.load()
    template()
    yield None
    pictures: dict[str, str] = {}
    for name, draw in pictures_of(figures, words).items():
        pictures[name] = draw(clear=True)
        yield None
    yield Report(command.job, page(figures, pictures, words))
