"""A session's file, ``.lockstep``: what is in it, and how it is written and read.

It is a zip whose members are JSON and ``.npy``, all stored as they are:

| member | what it holds |
| --- | --- |
| ``session.json`` | ``format``, ``schema``, and how many parts of a run there are |
| ``experiment.json``, ``experiment/0.npy`` … | the experiment as typed, as its own file has it; large data as arrays |
| ``code.json`` | texts of own code that is followed, as of when it was saved |
| ``window.json`` | tab and layout, the step shown, choices, names of branches |
| ``run.json``, ``run/0.npy`` … | the experiment that the run began with |
| ``run_code.json`` | texts of the code that this one follows |
| ``run_source.json`` | what file its data were read from, ``null`` for none: their numbers are in ``run.json`` |
| ``part_0/…``, ``part_1/…`` | what is recorded of the run, part by part (``engine.kept_run``) |

Members of other names are not read. A member that is compressed or encrypted, that is there twice, or whose name none
of ours could have is refused, and so is whatever is not exactly what it says: all of a file is taken, or nothing. It is
data alone: nothing in it is ever run, unpickled or unpacked to a place that it names.
"""

from .apart import LossesApart, losses_apart, weights_apart
from .archive import (
    ABOUT,
    FORMAT,
    LARGEST,
    SCHEMA,
    Archive,
    Member,
    array_member,
    check_schema,
    json_member,
    zip_pieces,
)
from .damage import Damaged, damaged
from .earlier import EarlierLane, EarlierRun, read_earlier
from .experiment import raw_members, read_raw, read_spec, spec_members
from .folder import MORE, WHOLE, PastHead, files_in, head_of, parts_in, read_head
from .look import LookedAt, look_at
from .rows import Rows, rows_of, values_of
from .run_folder import RunFolder, look_at_folder
from .settings_apart import Differing, cut, differing, in_a_line, size_of

__all__ = [
    "ABOUT",
    "FORMAT",
    "LARGEST",
    "MORE",
    "SCHEMA",
    "WHOLE",
    "Archive",
    "Damaged",
    "Differing",
    "EarlierLane",
    "EarlierRun",
    "LookedAt",
    "LossesApart",
    "Member",
    "PastHead",
    "Rows",
    "RunFolder",
    "array_member",
    "check_schema",
    "cut",
    "damaged",
    "differing",
    "files_in",
    "head_of",
    "in_a_line",
    "json_member",
    "look_at",
    "look_at_folder",
    "losses_apart",
    "parts_in",
    "raw_members",
    "read_earlier",
    "read_head",
    "read_raw",
    "read_spec",
    "rows_of",
    "size_of",
    "spec_members",
    "values_of",
    "weights_apart",
    "zip_pieces",
]
