"""Lockstep's command, and the one place that knows both the window and the engine.

The engine's process is spawned and imports this file again: nothing may be imported up here that
takes time. An old Python must be able to read the file, so that it can say that it is too old.
"""

from __future__ import annotations

import sys

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from multiprocessing.connection import Connection
    from pathlib import Path

OLDEST = (3, 11)
ENGINE_NEEDS = ("numpy", "scipy", "pydantic", "psutil", "rich", "torch", "matplotlib", "jinja2", "safetensors")
WINDOW_NEEDS = ("numpy", "scipy", "pydantic", "psutil", "torch", "PySide6", "pyqtgraph", "ziamath")
WINDOW_NEEDS += ("contourpy", "matplotlib", "jinja2", "safetensors")
HEADLESS = ("run", "trace", "sweep", "compare", "verify", "script")
USAGE_ERROR = 2
INTERRUPTED = 130


def main(argv: Sequence[str]) -> int:
    """Do what the command line asks for and return the exit status. ``argv`` is without the program's name."""
    if sys.version_info < OLDEST:
        return complain(too_old(sys.version_info))
    if is_headless(argv):
        return run_headless(list(argv))
    unknown = unknown_command(argv)
    return complain(unknown) if unknown else open_window(parse(argv))


def is_headless(argv: Sequence[str]) -> bool:
    return bool(argv) and argv[0] in HEADLESS


def run_headless(argv: list[str]) -> int:
    import os
    import signal

    # First of all, until the training looks after it: nothing is to be kept yet, and imports lose exceptions.
    before = signal.signal(signal.SIGINT, lambda *_: os._exit(INTERRUPTED))
    try:
        lacking = packages_missing(ENGINE_NEEDS)
        if lacking:
            return complain(not_installed(lacking))
        from engine.headless.cli import main as run

        return run(argv, apart=__name__ == "__main__")
    finally:
        signal.signal(signal.SIGINT, before)


def open_window(file: str | None) -> int:
    lacking = packages_missing(WINDOW_NEEDS)
    if lacking:
        return complain(not_installed(lacking))
    from gui import preflight

    obstacle = preflight.obstacle()
    if obstacle:
        return complain(obstacle)
    from pathlib import Path

    run = load_window()
    return run(Path(file) if file else None, serve_engine)


def load_window() -> Callable[[Path | None, Callable[[Connection], None]], int]:
    """Import what the window is made of, and return what runs it."""
    import gc

    gc.disable()  # the imports make a million objects that stay: looking through them delays the window
    import engine.protocol  # before Qt, which reads the source of all that is imported after it
    import engine.spec  # noqa: F401
    from gui.window.app import run

    gc.freeze()
    gc.enable()
    return run


def serve_engine(connection: Connection) -> None:
    """Answer the window's commands until told to stop: the engine process's body."""
    from engine.server.server import serve

    serve(connection)


def parse(argv: Sequence[str]) -> str | None:
    """Return the file to open, if any: an experiment, or code of a person's own."""
    import argparse

    parser = argparse.ArgumentParser(
        prog="python main.py",
        description="Train one network twice, by hand-written NumPy and by PyTorch, and compare every number.",
        epilog="Without a window: python main.py run FILE.json --steps N [--out DIR], "
        "python main.py compare FILE.json --steps N [--out DIR] [--beside EARLIER], "
        "python main.py trace FILE.json --step K [--out trace.json], "
        "python main.py sweep FILE.json --optimizer NAME --param lr --log FROM TO --steps N [--out DIR], "
        "python main.py script FILE.json --of torch --steps N [--out FILE.py]; "
        "for code of your own: python main.py verify FILE.py, or in the window python main.py FILE.py; "
        "a session, with its run: python main.py FILE.lockstep",
    )
    parser.add_argument(
        "file", nargs="?", metavar="FILE", help="an experiment (.json), a session (.lockstep) or own code (.py, .ipynb)"
    )
    parser.add_argument("--version", action="version", version="Lockstep " + version())
    return parser.parse_args(argv).file


def unknown_command(argv: Sequence[str]) -> str:
    """Say what is wrong with a first word that is no file, before a window is opened for it; else nothing."""
    from pathlib import Path

    wanted = argv[0] if argv else ""
    if not wanted.replace("-", "").replace("_", "").isalnum() or wanted.startswith("-") or Path(wanted).exists():
        return ""
    from difflib import get_close_matches

    close = get_close_matches(wanted, HEADLESS, n=1)
    hint = f" Did you mean {close[0]}?" if close else ""
    return (
        f"{wanted}: neither a command nor a file.{hint}\n"
        f"Commands: {', '.join(HEADLESS)}. To open an experiment in the window: python main.py FILE.json"
    )


def version() -> str:
    from engine.version import version

    return version()


def packages_missing(names: Sequence[str]) -> list[str]:
    """Look for the packages without importing them."""
    from importlib.util import find_spec

    return [name for name in names if find_spec(name) is None]


def not_installed(packages: Sequence[str]) -> str:
    return (
        "Lockstep needs packages that this Python does not have: " + ", ".join(packages) + "\n"
        "To install them and start Lockstep, in its folder:\n" + setup_commands("python3")
    )


def too_old(found: Sequence[object]) -> str:
    return (
        "Lockstep needs Python {}.{} or newer; this is Python {}.{}.\n".format(*OLDEST, *found[:2])
        + "With a newer one, in Lockstep's folder:\n"
        + setup_commands("python{}.{}".format(*OLDEST))
    )


def setup_commands(python: str) -> str:
    if sys.platform == "win32":
        python, folder = "py", ".venv\\Scripts\\"
    else:
        folder = ".venv/bin/"
    return f"    {python} -m venv .venv\n    {folder}pip install -r requirements.txt\n    {folder}python main.py"


def complain(message: str) -> int:
    print(message, file=sys.stderr)
    return USAGE_ERROR


if __name__ == "__main__":
    if not is_headless(sys.argv[1:]):
        import multiprocessing

        multiprocessing.freeze_support()
    sys.exit(main(sys.argv[1:]))
