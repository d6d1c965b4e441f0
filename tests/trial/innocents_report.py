"""What became of the innocents: a table by optimizer, and every one that was accused, small enough to be looked at."""

import argparse
import json
from collections.abc import Iterator, Sequence
from typing import Any

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from tests.trial.innocents import ALGEBRA_STEPS, Heard, Innocent, drawn, in_other_algebra

FATES = ("lockstep", "not_finite", "differs", "unstable", "raised", "by torch", "too long", "refused")


def planned(arguments: argparse.Namespace) -> Iterator[Innocent]:
    """Yield the runs that were asked for: drawn ones, then those in other algebra."""
    for number in range(arguments.first, arguments.first + arguments.runs):
        yield drawn(arguments.seed, number, arguments.steps)
    if not arguments.no_algebra:
        yield from in_other_algebra(arguments.steps or ALGEBRA_STEPS)


def show(console: Console, heard: Sequence[Heard]) -> bool:
    """Print all that there is to say; returns whether nobody was accused."""
    table = Table("", "runs", *FATES)
    for group in sorted({_group(one) for one in heard}):
        table.add_row(group, *_cells([one for one in heard if _group(one) == group]))
    table.add_section()
    table.add_row("all", *_cells(heard))
    console.print(table)
    for one in heard:
        if _fate(one) in ("by torch", "too long"):
            console.print(f"{_fate(one)}: {escape(one.innocent.name)}: {escape(one.found.told)}", highlight=False)
    accused = [one for one in heard if one.is_accused]
    for one in accused:
        _show_accused(console, one)
    console.print(
        f"{len(accused)} of {len(heard)} accused: " + ("[bold red]MISSED[/]" if accused else "[green]kept[/]")
    )
    return not accused


def _group(one: Heard) -> str:
    name = one.innocent.raw["optimizers"][0]["name"]
    return f"other algebra, {name}" if one.innocent.variant else name


def _fate(one: Heard) -> str:
    return "by torch" if one.is_torchs else one.found.verdict


def _cells(heard: Sequence[Heard]) -> Iterator[str]:
    yield str(len(heard))
    for fate in FATES:
        yield str(sum(_fate(one) == fate for one in heard))


def _show_accused(console: Console, one: Heard) -> None:
    found = one.found
    where = found.told or f"step {found.step}, {found.stage}, {found.tensor}"
    console.print(f"[bold red]{found.verdict}[/] {escape(one.innocent.name)}: {escape(where)}", highlight=False)
    console.print(f"    {escape(json.dumps(one.least))}", highlight=False, soft_wrap=True)


def as_json(heard: Sequence[Heard]) -> list[dict[str, Any]]:
    """Return a record of every run; the experiments of those accused alone."""
    return [
        {
            "name": one.innocent.name,
            "variant": one.innocent.variant,
            "steps": one.innocent.steps,
            "fate": _fate(one),
            **one.found._asdict(),
            **({"experiment": one.innocent.raw, "least": one.least} if one.is_accused else {}),
        }
        for one in heard
    ]
