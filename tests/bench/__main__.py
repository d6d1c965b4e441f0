"""``python -m tests.bench [--only NAME]`` prints a table of figures and exits with 1 if one is out of bounds."""

import argparse
from importlib import import_module
from math import isfinite

from rich.console import Console
from rich.table import Table

from tests.bench import BENCHES, TOPICS, Figure


def main() -> int:
    for topic in TOPICS:
        import_module(f"{__package__}.{topic}")
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__)
    parser.add_argument("--only", choices=sorted(BENCHES), action="append", help="run this bench (may be repeated)")
    chosen = parser.parse_args().only or list(BENCHES)
    console = Console()
    figures: list[Figure] = []
    for name in chosen:
        with console.status(name):
            figures += BENCHES[name]()
    console.print(table(figures))
    return 0 if all(figure.passed for figure in figures) else 1


def table(figures: list[Figure]) -> Table:
    lines = Table("what", "measured", "bound", "", "detail")
    for figure in figures:
        mark = "[green]pass[/]" if figure.passed else "[bold red]FAIL[/]"
        bound = f"{'≥' if figure.at_least else '≤'} {figure.bound:g}" if isfinite(figure.bound) else "–"
        lines.add_row(figure.name, f"{figure.value:.3g}", bound, mark, figure.detail)
    return lines


if __name__ == "__main__":
    raise SystemExit(main())
