"""An earlier run is looked at without one being started."""

from pathlib import Path

import numpy as np
import pytest

from engine.run.lockstep import Lockstep
from engine.session_file import Damaged, json_member, look_at, zip_pieces
from engine.spec import check
from tests.engine.experiments import raw_article
from tests.engine.kept_run.past_of import BUDGET, written


def test_curves_settings_and_weights_are_those_of_the_run(tmp_path: Path) -> None:
    run = Lockstep(
        check(raw_article(optimizers=[{"name": "Adam", "params": {"lr": 0.1}}])), budget=BUDGET, judge_at_once=False
    )
    run.advance(40)
    run.set_params(0, {"lr": 0.5})
    run.advance(33)
    run.keep_checkpoint()
    seen = look_at(written(run, tmp_path / "run.lockstep"))
    assert (seen.lanes, seen.newest, seen.step, seen.weights_at) == (("Adam/diy", "Adam/torch"), 73, 73, 73)
    assert run.run_record is not None
    assert np.array_equal(seen.losses, run.run_record.bundle.values)
    assert seen.changes == ((40, 0, {"lr": 0.5}, []),)
    assert seen.spec.optimizers[0].params == {"lr": 0.1}
    for one in run.lanes:
        assert [value.tobytes() for value in seen.weights[one.id].values()] == [w.tobytes() for w in one.lane.weights()]
        assert list(seen.weights[one.id]) == ["layer1.weight"]


def test_a_session_without_a_run_says_so(tmp_path: Path) -> None:
    file = tmp_path / "bare.lockstep"
    about = {"format": "lockstep session", "schema": 1, "parts": 0}
    file.write_bytes(b"".join(zip_pieces([json_member("session.json", about)])))
    with pytest.raises(Damaged) as told:
        look_at(file)
    assert told.value.code == "no_run_kept"
