"""What became of the mutants: a table by module, those left over, and whether the bounds are kept."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any, NamedTuple

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from tests.trial.hunt import Tried

LEAST_REACHED = 400
CONVICTED, RIGHT_STAGE = 0.99, 0.95
SHORT = {"float32": "32", "float64": "64"}


class Bound(NamedTuple):
    """A figure, and the least that it may be."""

    name: str
    value: float
    least: float

    @property
    def is_kept(self) -> bool:
        return self.value >= self.least


class Figures(NamedTuple):
    """Of the mutants that have to be convicted in one precision: how many, how many were, at the right stage."""

    bound: int
    convicted: int
    right: int


def figures(tried: Iterable[Tried], dtype: str) -> Figures:
    bound = _judged(tried, dtype)
    convicted = [one for one in bound if one.verdicts[dtype].is_guilty]
    return Figures(len(bound), len(convicted), sum(one.is_right(dtype) for one in convicted))


def _judged(tried: Iterable[Tried], dtype: str) -> list[Tried]:
    """Those on which there had to be a verdict. One whose lane breaks off is told as such: which side, which step."""
    return [one for one in tried if dtype in one.bound_to and one.verdicts[dtype].verdict != "raised"]


def bounds(tried: Sequence[Tried], dtypes: Sequence[str], whole: bool) -> Iterator[Bound]:
    """Yield the bounds; how many are reached is one where the ``whole`` textbook is tried."""
    if whole:
        yield Bound("mutants reached", len(_reached(tried)), LEAST_REACHED)
    for dtype in dtypes:
        bound, convicted, right = figures(tried, dtype)
        if bound:
            yield Bound(f"convicted in {dtype} ({convicted} of {bound})", convicted / bound, CONVICTED)
        if convicted:
            yield Bound(f"at the right stage in {dtype} ({right} of {convicted})", right / convicted, RIGHT_STAGE)


def show(console: Console, tried: Sequence[Tried], dtypes: Sequence[str], whole: bool) -> bool:
    """Print all that there is to say; returns whether the bounds are kept."""
    console.print(_by_module(tried, dtypes))
    _show_apart(console, tried, dtypes)
    for dtype in dtypes:
        broke = sum(dtype in one.bound_to for one in tried) - len(_judged(tried, dtype))
        console.print(f"told as an error that DIY raises, in {dtype}: {broke}")
        bound = _judged(tried, dtype)
        _show_left(console, f"left over in {dtype}", [one for one in bound if not one.verdicts[dtype].is_guilty], dtype)
        convicted = [one for one in bound if one.verdicts[dtype].is_guilty]
        _show_left(console, f"wrong stage in {dtype}", [one for one in convicted if not one.is_right(dtype)], dtype)
    kept = list(bounds(tried, dtypes, whole))
    for name, value, least in kept:
        mark = "[green]kept[/]" if value >= least else "[bold red]MISSED[/]"
        console.print(f"{name}: {value:.4g}, at least {least:g}: {mark}")
    return all(bound.is_kept for bound in kept)


def _reached(tried: Iterable[Tried]) -> list[Tried]:
    return [one for one in tried if one.fate != "unreached"]


def _by_module(tried: Sequence[Tried], dtypes: Sequence[str]) -> Table:
    table = Table("module", "mutants", "reached", "no effect", "crash", "hang", "matter", "apart")
    for dtype in dtypes:
        for heading in ("bound", "convicted", "stage"):
            table.add_column(f"{heading} {SHORT[dtype]}")
    modules = sorted({one.mutant.module for one in tried})
    for module in modules:
        table.add_row(module, *_cells([one for one in tried if one.mutant.module == module], dtypes))
    table.add_section()
    table.add_row("all", *_cells(tried, dtypes))
    return table


def _cells(tried: Sequence[Tried], dtypes: Sequence[str]) -> Iterator[str]:
    yield str(len(tried))
    yield str(len(_reached(tried)))
    for fate in ("no effect", "crashes", "hangs", "matters"):
        yield str(sum(one.fate == fate for one in tried))
    yield str(sum(one.apart for one in tried))
    for dtype in dtypes:
        yield from map(str, figures(tried, dtype))


def _show_apart(console: Console, tried: Sequence[Tried], dtypes: Sequence[str]) -> None:
    """Print how many of what bfloat16 swallows are convicted all the same."""
    apart = [one for one in tried if one.apart]
    if apart:
        counts = (f"{sum(one.verdicts[dtype].is_guilty for one in apart)} in {dtype}" for dtype in dtypes)
        console.print(f"apart, as Muon's bfloat16 swallows them: {len(apart)}; convicted: {', '.join(counts)}")


def _show_left(console: Console, title: str, left: Sequence[Tried], dtype: str) -> None:
    for one in left:
        mutant, found = one.mutant, one.verdicts[dtype]
        stages = f"{found.stage or '–'}, not {' or '.join(one.stages[dtype]) or 'any'}"
        reason = stages if title.startswith("wrong") else one.reason(dtype)
        console.print(f"[bold]{title}[/] {mutant.id} {mutant.name} ({mutant.kind}): {escape(reason)}", highlight=False)
        console.print(f"    - {escape(mutant.before)}\n    + {escape(mutant.after)}", highlight=False)


def as_json(tried: Sequence[Tried]) -> list[dict[str, Any]]:
    """Return a record of every mutant, without its code."""
    return [
        {
            "id": one.mutant.id,
            "function": one.mutant.name,
            "kind": one.mutant.kind,
            "before": one.mutant.before,
            "after": one.mutant.after,
            "fate": one.fate,
            "told": one.told,
            "apart": one.apart,
            "effect": one.effect and one.effect._asdict(),
            "verdicts": {dtype: found._asdict() for dtype, found in one.verdicts.items()},
            "stages": one.stages,
        }
        for one in tried
    ]
