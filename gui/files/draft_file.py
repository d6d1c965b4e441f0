"""A draft's file: what its head says of it, and all of it. Nothing of Qt is here: it also runs in a process of its own.

The head is there to be looked at where the whole would take too long: ``{"about": {…}, …}``.
"""

import contextlib
import gc
import json
import signal
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any, NamedTuple

from engine.protocol import send_message

from .packing import unpacked

LARGEST_DRAFT = 300_000_000  # bytes; three times the largest experiment that is opened
LONGEST_TITLE = 200  # letters of it in a head
HEAD, MOST_HEAD = '{"about": ', 20_000  # how a draft begins, and the bytes in which its head ends

Draft = dict[str, Any]


class About(NamedTuple):
    """Say of a draft whether it holds something ``unsaved``, its experiment's ``file``, "" for none, and ``title``."""

    unsaved: bool
    file: str
    title: str


def about(draft: Draft) -> About:
    """Tell of a whole draft what its head is to say."""
    file, title = draft.get("file"), draft["raw"].get("title")
    unsaved = draft["raw"] != draft.get("saved")
    title = title[:LONGEST_TITLE] if isinstance(title, str) else ""
    return About(unsaved, file if isinstance(file, str) else "", title)


def read_draft(place: Path) -> Draft | None:
    """Return a draft as it was typed; None where it cannot be read."""
    try:
        if place.stat().st_size > LARGEST_DRAFT:
            return None
        draft = json.loads(place.read_text(encoding="utf-8"))
        if not isinstance(draft, dict) or not isinstance(draft.get("raw"), dict):
            return None
        return unpacked(draft)
    except (OSError, ValueError, RecursionError, LookupError, TypeError, ArithmeticError):
        return None


def read_head(place: Path) -> About:
    """Return what a draft's first bytes say of it: where they say nothing, that there is something to be kept."""
    try:
        with place.open("rb") as file:
            text = file.read(MOST_HEAD).decode(errors="ignore")
        if text.startswith(HEAD):
            told, _ = json.JSONDecoder().raw_decode(text, len(HEAD))
            return About(bool(told["unsaved"]), str(told["file"]), str(told["title"]))
    except (OSError, ValueError, RecursionError, LookupError, TypeError):
        pass
    return About(True, "", "")


def read_draft_for(connection: Connection, place: Path) -> None:
    """Send what ``read_draft`` returns. The target of a process."""
    gc.disable()
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl+C in a terminal is the window's business
    with contextlib.suppress(BrokenPipeError):
        send_message(connection, read_draft(place))
