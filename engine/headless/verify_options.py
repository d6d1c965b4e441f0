"""The options of ``verify``, apart from what answers them, which brings NumPy."""

import argparse
from collections.abc import Callable

KINDS = ("optimizer", "activation", "loss", "layer", "script")


def add_options(verify: argparse.ArgumentParser, positive: Callable[[str], int]) -> None:
    verify.add_argument("files", nargs="+", metavar="FILE.py[::NAME]", help="own code, files or folders")
    verify.add_argument("--as", dest="kind", choices=KINDS, help="what it is, where that is not seen")
    verify.add_argument("--against", metavar="NAME", help="the reference: Adam, mse, MSELoss, BatchNorm1d …")
    verify.add_argument("--param", action="append", default=[], metavar="lr=0.01", help="a hyperparameter of both")
    verify.add_argument("--arg", action="append", default=[], metavar="theirs=ours", help="what an argument stands for")
    verify.add_argument(
        "--pair", action="append", default=[], metavar="own=torch", help="of a script: two values, or own=none"
    )
    verify.add_argument("--steps", type=positive, default=50, metavar="N", help="free steps of an optimizer")
    verify.add_argument("--dtype", choices=("float32", "float64"), default="float64", help="the precision of the run")
    verify.add_argument("--seconds", type=_seconds, default=5.0, metavar="S", help="how long a call may take")
    verify.add_argument("--memory", type=positive, default=2048, metavar="MB", help="how much memory it may have")
    verify.add_argument("--json", metavar="FILE", help="write the record here, or - for standard output")
    verify.add_argument("--accept", action="append", default=[], metavar="ID", help="a convention that is meant")


def _seconds(text: str) -> float:
    try:
        value = float(text)
    except ValueError:
        value = 0.0
    if not 0 < value <= 3600:
        raise argparse.ArgumentTypeError(f"must be a number above 0 and at most 3,600, not {text.strip()[:60]!r}")
    return value
