"""Session files whose JSON was changed here and there: taken whole, or refused in words."""

import json
import zipfile
from pathlib import Path
from random import Random
from typing import Any

import pytest

from engine.backends.read_numbers import with_numbers
from engine.kept_run.files import file_members
from engine.kept_run.gather import gather
from engine.run.lockstep import Lockstep
from engine.session_file import zip_pieces
from engine.spec import ExperimentError, check
from gui.files.session_reader import SessionParts, SessionRead, read_session, session_members
from tests.gui.tiny_engine import TINY

MUTATED = ("experiment.json", "window.json", "code.json", "run.json", "run_logs.json", "run_source.json")
ODD: tuple[Any, ...] = (None, True, -1, 0, 1e308, "", "x", [], {}, [[]], {"array": 0}, 10**30, {"file": 3})
EACH = 60


def session_in(folder: Path) -> Path:
    log = folder / "mine.csv"
    log.write_text("step,loss\n1,0.5\n2,0.4\n3,0.3\n")
    raw = TINY | {"optimizers": [{"name": "SGD", "params": {"lr": 0.1}, "log": {"file": str(log)}}]}
    run = Lockstep(with_numbers(check(raw)).spec, budget=1 << 20, judge_at_once=False)
    run.start_watching()
    run.advance(3)
    part, _ = gather(run)
    (kept := folder / "run").write_bytes(b"".join(zip_pieces(file_members(part, run.changes.first))))
    file = folder / "kept.lockstep"
    shown = {"tab": "loss", "zoom": 1.0, "names": {"1": "slow"}}
    file.write_bytes(b"".join(zip_pieces(session_members(SessionParts(raw, {}, shown, kept)))))
    return file


def mutate(value: Any, random: Random) -> Any:
    """Put something odd at one place of a JSON structure, or leave a place out."""
    if isinstance(value, dict) and value and random.random() < 0.85:
        name = random.choice(sorted(value))
        rest = {key: one for key, one in value.items() if key != name}
        return rest if random.random() < 0.2 else rest | {name: mutate(value[name], random)}
    if isinstance(value, list) and value and random.random() < 0.85:
        at = random.randrange(len(value))
        return [*value[:at], mutate(value[at], random), *value[at + 1 :]]
    return random.choice(ODD)


@pytest.mark.parametrize("name", MUTATED)
def test_it_is_taken_whole_or_refused(name: str, tmp_path: Path) -> None:
    file, other = session_in(tmp_path), tmp_path / "other.lockstep"
    assert isinstance(read_session(file, lambda _: None), SessionRead)
    with zipfile.ZipFile(file) as archive:
        members = {one: archive.read(one) for one in archive.namelist()}
    random = Random(name)
    refused = 0
    for _ in range(EACH):
        changed = json.dumps(mutate(json.loads(members[name]), random)).encode()
        other.write_bytes(b"".join(zip_pieces((one, (changed if one == name else members[one],)) for one in members)))
        try:
            assert isinstance(read_session(other, lambda _: None), SessionRead)
        except ExperimentError:
            refused += 1
    assert refused or name == "window.json"
