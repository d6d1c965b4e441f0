"""A run that is written down and taken up stands where it stood, and goes on to the very bits of one that never was."""

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.kept_run.files import file_members, read_past
from engine.kept_run.gather import NOTHING, gather
from engine.run.lockstep import Lockstep
from engine.session_file import MORE, WHOLE, zip_pieces
from engine.spec import ExperimentError, ExperimentSpec, check, optimizer_names
from tests.drawing import examples
from tests.engine.experiments import experiment, layer, raw_article
from tests.engine.kept_run.past_of import BUDGET, state_of, taken_up, written
from tests.engine.run.test_any_experiment import entries
from tests.own.experiments import RIGHT, raw_with, raw_with_activation, raw_with_layers, trusted_run
from tests.own.experiments import text_of as own_text
from tests.own.test_going_back import FILES, GENERATOR, run_of, text_of
from tests.own.test_kinds_in_experiments import raw_with_kind
from tests.own.test_parts_going_back import TEXTS
from tests.products import each_with, one_in

NETWORK = [layer(3), layer(2, "identity")]
FLAT = [layer(3, bias=False), layer(2, "identity", bias=False)]  # as Muon takes matrices only
NORMED: list[Any] = [
    layer(4, "identity"),
    {"kind": "BatchNorm1d", "activation": "relu"},
    {"kind": "Dropout", "params": {"p": 0.3}},
    layer(2, "identity"),
]
SPECIAL: dict[str, dict[str, Any]] = {
    "plateau": {"schedule": {"name": "ReduceLROnPlateau", "params": {"patience": 1}}},
    "chain": {
        "schedule": [
            {"name": "LinearLR", "params": {}, "steps": 5},
            {"name": "CosineAnnealingLR", "params": {"T_max": 9}},
        ]
    },
    "groups": {"groups": [{"match": "*.bias", "params": {"lr": 0.01}}]},
    "clip": {"clip": {"norm": 0.1}},
}


def assert_goes_on(spec: ExperimentSpec, file: Path, steps: int = 70, at: int | None = None) -> None:
    run = Lockstep(spec, budget=BUDGET, judge_at_once=False)
    run.start_watching()
    run.advance(steps)
    if at is not None:
        run.seek(at)
    again = taken_up(written(run, file))
    assert state_of(again) == state_of(run)
    for one in (run, again):
        one.seek(one.newest)
        one.advance(20)
    assert state_of(again) == state_of(run)
    for one in (run, again):
        one.seek(steps // 3)
    assert state_of(again) == state_of(run)


@pytest.mark.parametrize(("name", "dtype"), each_with(optimizer_names(), ["float32", "float64"]))
def test_every_optimizer_goes_on_where_it_was_written_down(name: str, dtype: str, tmp_path: Path) -> None:
    layers, is_many = FLAT if name == "Muon" else NETWORK, name == "LBFGS"  # whose step is many evaluations
    entry = {"name": name, "params": {"history_size": 6} if is_many else {}}
    spec = experiment(layers, optimizers=[entry], dtype=dtype, batch={"size": 4, "shuffle": True})
    assert_goes_on(spec, tmp_path / "run", 24 if is_many else 70, 23 if dtype == "float64" else None)


@pytest.mark.parametrize("name", SPECIAL)
def test_schedules_groups_and_clips_do_too(name: str, tmp_path: Path) -> None:
    entry = {"name": "SGD", "params": {"lr": 0.1, "momentum": 0.9}, **SPECIAL[name]}
    assert_goes_on(experiment(NETWORK, optimizers=[entry]), tmp_path / "run")


def test_running_averages_and_masks_do_too(tmp_path: Path) -> None:
    spec = experiment(NORMED, optimizers=[{"name": "Adam", "params": {}}], batch={"size": 4, "shuffle": True})
    assert_goes_on(spec, tmp_path / "run")


@pytest.mark.parametrize("name", one_in(3, optimizer_names()))
@examples(1, derandomize=True)
@given(st.data())
def test_whatever_passes_the_checks_is_taken_up(
    name: str, tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    entry, layers = data.draw(entries(name)), FLAT if name == "Muon" else NETWORK
    try:
        spec = experiment(layers, optimizers=[entry], dtype=data.draw(st.sampled_from(["float32", "float64"])))
    except ExperimentError:
        return
    assert_goes_on(spec, tmp_path_factory.mktemp("runs") / "run", steps=20)


def test_steps_that_wait_to_be_judged_are_judged_in_the_other_run(tmp_path: Path) -> None:
    spec = check(raw_article(optimizers=[{"name": "Adam", "params": {}}]))
    run = Lockstep(spec, budget=BUDGET, judge_at_once=False)
    run.advance(20)
    assert len(run.docket) > 3
    for _ in range(3):
        run.docket.work()
    again = taken_up(written(run, tmp_path / "run"))
    for one in (run, again):
        one.docket.finish()
    assert again.parity() == run.parity()
    assert again.parity()[0].judged == 16


def test_a_run_written_down_in_parts_is_the_run_forks_included(tmp_path: Path) -> None:
    spec = check(raw_article(optimizers=[{"name": "SGD", "params": {"lr": 0.1}}, {"name": "Adam", "params": {}}]))
    run, known = Lockstep(spec, budget=BUDGET, judge_at_once=False), NOTHING
    run.start_watching()

    def go_on() -> None:
        run.advance(90)

    def fork() -> None:
        run.seek(40)
        run.set_params(0, {"lr": 0.5})
        run.advance(25)

    def forget() -> None:
        run.branches.remove(1)
        run.set_params(1, {"lr": 0.25})
        run.seek(50)

    for number, change in enumerate((go_on, go_on, fork, forget, fork)):
        change()
        part, known = gather(run, known)
        run.settled_to = run.newest
        file = tmp_path / f"{number:06d}{MORE if number else WHOLE}"
        file.write_bytes(b"".join(zip_pieces(file_members(part, None if number else spec))))
        assert state_of(taken_up(tmp_path)) == state_of(run)
        assert [one.step for one in read_past(tmp_path).checkpoints] == run.checkpoints.steps  # type: ignore[union-attr]


@pytest.mark.parametrize(
    "file", [*(file for file in FILES if not file.startswith("torch")), "closure", "by id", "drawn"]
)
def test_what_own_code_remembers_is_kept_where_it_is_data(file: str, tmp_path: Path) -> None:
    """Nothing is taken again but the steps since a checkpoint; and from there on all comes to the same bits."""
    run = run_of(text_of(file))
    run.advance(140)
    run.seek(90)
    again = taken_up(written(run, tmp_path / "run"))
    assert run.checkpoints is not None
    assert again.checkpoints is not None
    assert again.checkpoints.steps == run.checkpoints.steps
    assert state_of(again) == state_of(run)
    for one in (run, again):
        one.seek(140)
        one.set_params(0, {**one.spec.optimizers[0].params, "lr": 0.05})
        one.advance(20)
        one.seek(71)
        one.set_params(0, {**one.spec.optimizers[0].params, "lr": 0.02})
        one.advance(9)
    assert state_of(again) == state_of(run)


@pytest.mark.parametrize("text", [text_of("torch_params"), GENERATOR])
def test_own_code_that_remembers_other_things_is_taken_again_from_its_start(text: str, tmp_path: Path) -> None:
    run = run_of(text)
    run.advance(90)
    again = taken_up(written(run, tmp_path / "run"))
    assert again.checkpoints is not None
    assert again.checkpoints.steps[0] == 0
    assert state_of(again) == state_of(run)
    for one in (run, again):
        one.advance(20)
    assert state_of(again) == state_of(run)


PARTS: dict[str, dict[str, Any]] = {
    **{name: raw_with_activation(text, "tanh") for name, text in TEXTS.items()},
    "layers": raw_with_layers(own_text(RIGHT, "dense_class")),
    "norm": raw_with_kind(own_text(RIGHT, "batch_norm_class"), "BatchNorm1d"),
}


@pytest.mark.parametrize("raw", PARTS.values(), ids=PARTS)
def test_what_own_code_in_a_network_remembers_is_kept_where_it_is_data(raw: dict[str, Any], tmp_path: Path) -> None:
    """Also what steps that wait to be judged begin with; nothing is taken again but the steps since a checkpoint."""
    run = trusted_run(raw, budget=BUDGET, judge_at_once=False)
    run.start_watching()
    run.advance(140)
    run.seek(90)
    again = taken_up(written(run, tmp_path / "run"))
    assert run.checkpoints is not None
    assert again.checkpoints is not None
    assert again.checkpoints.steps == run.checkpoints.steps
    assert len(again.docket) == len(run.docket) > 0
    for one in (run, again):
        one.seek(140)
        one.advance(20)
        one.seek(71)
        one.set_params(0, {"lr": 0.02})
        one.advance(9)
        one.docket.finish()
    assert state_of(again) == state_of(run)


def test_the_verdict_on_own_code_is_kept_with_what_it_was_judged_by(tmp_path: Path) -> None:
    raw = raw_with(text_of("dict_adam_init"), "Adam")
    run = trusted_run(raw, budget=BUDGET, judge_at_once=False)
    run.start_watching()
    run.advance(100)
    again = taken_up(written(run, tmp_path / "run"))
    assert len(again.docket) == len(run.docket) > 0
    for one in (run, again):
        one.advance(200)
        one.docket.finish()
    assert again.parity() == run.parity()
    assert again.parity()[0].updates_judged == 300
