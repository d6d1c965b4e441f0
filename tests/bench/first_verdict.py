"""Loads torch, has ``verify`` judge a file, and tells the seconds of the processor that it took from then on.

    python -m tests.bench.first_verdict FILE.py

Those of the process in which the file's code runs are counted too.
"""

import os
import sys
from contextlib import redirect_stdout
from io import StringIO


def seconds() -> float:
    return sum(os.times()[:4])


if __name__ == "__main__":
    import torch  # noqa: F401

    import main

    began = seconds()
    with redirect_stdout(StringIO()):
        main.main(["verify", sys.argv[1]])
    print(seconds() - began)
