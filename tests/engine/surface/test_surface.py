"""The loss over a plane: equal to the textbook's at every point, from coarse to fine, wherever the plane lies."""

import itertools
from collections.abc import Sequence

import numpy as np
import pytest
from numpy import ndarray as Array

from engine.diy.losses import LOSSES
from engine.diy.network import forward
from engine.lane.diy_lane import layers_of
from engine.protocol import MainPlane, Plane, RandomPlane, StartSurface, SurfacePart, WeightPlane
from engine.run.lockstep import Lockstep
from engine.spec import ExperimentSpec, activation_names, check, loss_names, shapes_of
from engine.surface import PlacedPlane, surface_job, worker_pool
from engine.surface import landscape as landscapes
from tests.engine.experiments import experiment, layer, optimizer, raw_article
from tests.products import covering

RANDOM = RandomPlane()
CORNERS = WeightPlane(("layer1.weight", (0, 0)), ("layer2.weight", (0, 1)))
RTOL = {"float64": 1e-12, "float32": 1e-5}


def parts_of(run: Lockstep, plane: Plane = RANDOM, **more) -> list[SurfacePart]:
    return [part for part in surface_job(run, StartSurface(1, 1, plane, **more)) if part is not None]


def surface_of(run: Lockstep, plane: Plane = RANDOM, **more) -> SurfacePart:
    return parts_of(run, plane, **({"resolution": 11} | more))[-1]


def placed(run: Lockstep) -> PlacedPlane:
    assert run.surface is not None
    found = run.surface[1]
    assert isinstance(found, PlacedPlane)
    return found


def textbook_losses(spec: ExperimentSpec, weights: Array) -> Array:
    """At (K, n) weights, by the textbook's own forward, all at once."""
    x = np.array(spec.data.x, spec.dtype)
    y = np.array(spec.data.y, np.int64 if spec.data.has_classes else spec.dtype)
    parts: dict[str, Array] = {}
    for name, shape in shapes_of(spec).items():
        size = int(np.prod(shape))
        parts[name], weights = weights[:, :size].astype(spec.dtype), weights[:, size:]
        parts[name] = parts[name].reshape(-1, *(shape if len(shape) > 1 else (1, *shape)))
    a, _ = forward(layers_of(spec), parts, x)
    return LOSSES[spec.network.loss].f(a, y)


def assert_is_the_textbooks(run: Lockstep, part: SurfacePart) -> None:
    y, x = np.meshgrid(part.y, part.x, indexing="ij")
    expected = textbook_losses(run.spec, placed(run).at(x.ravel(), y.ravel()))
    np.testing.assert_allclose(part.values.ravel(), expected, rtol=RTOL[run.spec.dtype])


@pytest.mark.parametrize(("activation", "dtype"), covering(activation_names(), ["float32", "float64"], strength=1))
def test_every_activation_gives_the_textbooks_loss(activation, dtype):
    run = Lockstep(
        experiment([layer(5, activation), layer(4, activation, bias=False), layer(2)], dtype=dtype), judge_at_once=False
    )
    assert_is_the_textbooks(run, surface_of(run))


@pytest.mark.parametrize("loss", loss_names())
def test_every_loss_gives_the_textbooks(loss):
    run = Lockstep(experiment([layer(4), layer(3, "identity")], loss=loss, rows=9), judge_at_once=False)
    assert_is_the_textbooks(run, surface_of(run))


def planes_of(spec: ExperimentSpec) -> list[WeightPlane]:
    """A plane over the last weights of each two tensors."""
    last = [(name, tuple(size - 1 for size in shape)) for name, shape in shapes_of(spec).items()]
    return [WeightPlane(*pair) for pair in itertools.combinations(last, 2)]


def test_two_weights_of_any_layers_vary_and_nothing_else():
    spec = experiment([layer(3), layer(3, bias=False), layer(2, "sigmoid")], inputs=3)
    for plane in planes_of(spec):
        run = Lockstep(spec, judge_at_once=False)
        part = surface_of(run, plane)
        assert_is_the_textbooks(run, part)
        at = dict(zip(run.names, weights_at(run, part.x[2], part.y[7]), strict=True))
        for name, start in zip(run.names, run.start, strict=True):
            expected = start.copy()
            for (tensor, index), value in ((plane.first, part.x[2]), (plane.second, part.y[7])):
                if tensor == name:
                    expected[index] = value
            np.testing.assert_array_equal(at[name], expected)


def weights_at(run: Lockstep, x: float, y: float) -> Sequence[Array]:
    ends = np.cumsum([start.size for start in run.start])
    parts = np.split(placed(run).at(x, y), ends[:-1])
    return [part.reshape(start.shape) for part, start in zip(parts, run.start, strict=True)]


def test_rows_and_points_that_do_not_fit_the_cache_come_in_blocks(monkeypatch):
    spec = experiment([layer(6), layer(5), layer(3, "identity")], rows=50, loss="cross_entropy")
    whole = surface_of(Lockstep(spec, judge_at_once=False))
    monkeypatch.setattr(landscapes, "CACHE", 1500)
    run = Lockstep(spec, judge_at_once=False)
    part = surface_of(run)
    assert len(landscapes.landscape_of(spec, placed(run)).blocks) > 3
    np.testing.assert_allclose(part.values, whole.values, rtol=1e-13)


def test_it_gets_finer_and_what_is_known_stays():
    run = Lockstep(experiment([layer(3), layer(1)]))
    parts = parts_of(run, resolution=101)
    assert [part.values.shape for part in parts if part.done] == [(n, n) for n in (11, 21, 51, 101)]
    assert [part.state for part in parts] == ["running"] * 3 + ["finished"]
    np.testing.assert_allclose([part.done for part in parts], [n * n / 101**2 for n in (11, 21)] + [0.2863, 1], 1e-3)
    finest = parts[-1]
    for part, stride in zip(parts, (10, 5, 2, 1), strict=True):
        np.testing.assert_array_equal(part.values, finest.values[::stride, ::stride])
        np.testing.assert_array_equal(part.x, finest.x[::stride])
    assert_is_the_textbooks(run, finest)


def test_work_of_more_than_a_slice_is_broken_off_and_can_be_left(monkeypatch):
    monkeypatch.setattr(worker_pool, "SLICE", 0.0)  # a chunk for each thread
    spec = experiment([layer(3), layer(1)], rows=3)
    monkeypatch.setattr(landscapes, "CACHE", 1500)
    run, whole = Lockstep(spec), Lockstep(spec)
    answers = list(surface_job(run, StartSurface(1, 1, RANDOM, resolution=21)))
    assert answers.count(None) > 20
    monkeypatch.undo()
    np.testing.assert_allclose(answers[-1].values, surface_of(whole, resolution=21).values, rtol=1e-13)
    job = surface_job(run, StartSurface(1, 2, RANDOM))
    assert [next(job) for _ in range(4)] == [None] * 4
    job.close()
    assert run.surface[0] == 2


# --- where the planes lie --------------------------------------------------------------------------


def test_random_directions_have_the_lengths_of_the_origins_filters():
    run = Lockstep(experiment([layer(4), layer(2)]), judge_at_once=False)
    run.advance(3)
    surface_of(run, RandomPlane(7), origin=0)
    where = placed(run)
    np.testing.assert_array_equal(where.origin, np.concatenate([w.ravel() for w in run.lanes[0].lane.weights()]))
    for direction in (where.first, where.second):
        W1, b1, W2, b2 = np.split(direction, np.cumsum([8, 4, 8]))
        for part, weight in (
            (W1.reshape(4, 2), run.lanes[0].lane.weights()[0]),
            (W2.reshape(2, 4), run.lanes[0].lane.weights()[2]),
        ):
            np.testing.assert_allclose(np.linalg.norm(part, axis=1), np.linalg.norm(weight, axis=1))
        assert not b1.any()
        assert not b2.any()
    again = Lockstep(run.spec, judge_at_once=False)
    again.advance(3)
    surface_of(again, RandomPlane(7), origin=0)
    np.testing.assert_array_equal(placed(again).first, where.first)
    surface_of(again, RandomPlane(8), origin=0)
    assert (placed(again).first != where.first).any()


def test_main_directions_are_those_of_numpys_decomposition():
    entries = [optimizer("SGD", lr=0.1), optimizer("Adam", lr=0.05)]
    run = Lockstep(experiment([layer(4), layer(1)], optimizers=entries), judge_at_once=False)
    run.advance(30)
    part = surface_of(run, MainPlane())
    points = np.concatenate([run.trajectories.of(entry)[1] for entry in (0, 1)])
    away = points - points.mean(axis=0)
    _, sizes, directions = np.linalg.svd(away, full_matrices=False)
    np.testing.assert_allclose(part.shares, (sizes**2 / (sizes**2).sum())[:2], rtol=1e-9)
    for found, expected in zip(placed(run)[1:3], directions, strict=False):
        assert abs(found @ expected) == pytest.approx(1, abs=1e-9)
    assert 0.9 < sum(part.shares) <= 1 + 1e-12
    assert_is_the_textbooks(run, part)


def flat_start(run: Lockstep) -> Array:
    return np.concatenate([start.ravel() for start in run.start]).astype(float)[None]


def test_points_on_the_plane_are_found_again_and_others_come_as_near_as_can_be():
    rng = np.random.default_rng(3)
    where = PlacedPlane(*rng.normal(size=(3, 9)))
    x, y = rng.normal(size=(2, 5))
    np.testing.assert_allclose(where.project(where.at(x, y)), (x, y))
    point = rng.normal(size=9)
    left = point - where.at(*(place[0] for place in where.project(point[None])))
    np.testing.assert_allclose([left @ where.first, left @ where.second], 0, atol=1e-12)
    assert np.isnan(where.project(np.full((1, 9), np.nan))).all()


def test_the_picture_holds_all_paths_and_says_where_they_began():
    entries = [optimizer("SGD", lr=0.1), optimizer("Adam", lr=0.05)]
    run = Lockstep(experiment([layer(4), layer(1)], optimizers=entries), judge_at_once=False)
    run.advance(40)
    for plane in (MainPlane(), CORNERS, RandomPlane()):
        part = surface_of(run, plane)
        for points in [flat_start(run), *(run.trajectories.of(entry)[1] for entry in (0, 1))]:
            x, y = placed(run).project(points)
            assert part.x[0] < x.min() <= x.max() < part.x[-1]
            assert part.y[0] < y.min() <= y.max() < part.y[-1]
        np.testing.assert_allclose(part.start, np.ravel(placed(run).project(flat_start(run))))


@pytest.mark.filterwarnings("error")
def test_a_run_that_diverges_does_not_ruin_the_picture():
    tame = [optimizer("SGD", lr=0.01), optimizer("Adam", lr=0.01)]
    wild = [*tame, {"name": "SGD", "params": {"lr": 1e3}, "label": "wild"}]
    pictures = []
    for entries in (tame, wild):
        run = Lockstep(experiment([layer(4, "identity"), layer(1)], optimizers=entries), judge_at_once=False)
        run.advance(40)
        pictures.append(surface_of(run, MainPlane()))
    calm, with_wild = pictures
    assert np.ptp(with_wild.x) < 20 * np.ptp(calm.x)
    assert np.isfinite(with_wild.values).all()


def test_before_the_first_step_there_is_a_picture_too():
    run = Lockstep(experiment([layer(2), layer(1)]))
    part = surface_of(run, MainPlane())
    assert part.shares == (0, 0)
    assert np.ptp(part.x) > 0
    assert np.ptp(part.values) > 0, "two directions that the paths do not have yet are any"


@pytest.mark.parametrize("extent", [(np.nan, 1.0, 0.0, 1.0), (np.inf, -np.inf, 0.0, 1.0), (-1e308, 1e308, 0.0, 1.0)])
def test_an_extent_that_has_no_width_in_numbers_is_found_as_if_none_was_asked_for(extent: tuple[float, ...]):
    run = Lockstep(check(raw_article()))
    found, part = (surface_of(run, extent=asked) for asked in (None, extent))
    np.testing.assert_array_equal(part.x, found.x)
    np.testing.assert_array_equal(part.y, found.y)


def test_an_extent_that_is_asked_for_is_kept():
    run = Lockstep(experiment([layer(2), layer(1)]))
    part = surface_of(run, CORNERS, extent=(2.0, -1.0, 3.0, 3.0))
    assert (part.x[0], part.x[-1]) == (-1, 2)
    assert part.y[0] < 3 < part.y[-1]


def test_a_part_of_the_surface_lies_on_its_plane_though_the_paths_have_gone_on():
    run = Lockstep(experiment([layer(3), layer(1)]), judge_at_once=False)
    run.advance(10)
    surface_of(run, MainPlane())
    where = placed(run)
    run.advance(40)
    surface_of(run, MainPlane(), extent=(0.0, 0.1, 0.0, 0.1))
    np.testing.assert_array_equal(placed(run).first, where.first)
    surface_of(run, MainPlane())
    assert (placed(run).first != where.first).any()
    assert not (placed(run).origin == where.origin).all()


def test_a_network_of_one_weight_has_a_surface():
    raw = raw_article(
        data={"x": [[1.0]], "y": [[2.0]]}, network={"layers": [{"units": 1, "bias": False}], "loss": "mse"}
    )
    run = Lockstep(check(raw))
    only = ("layer1.weight", (0, 0))
    for plane in (MainPlane(), RandomPlane(), WeightPlane(only, only)):
        assert np.isfinite(surface_of(run, plane).values).all()


def test_a_loss_that_is_no_number_is_told_as_such():
    run = Lockstep(experiment([layer(2, "identity"), layer(1, "identity")], dtype="float32"))
    plane = WeightPlane(("layer1.weight", (0, 0)), ("layer2.weight", (0, 0)))
    part = surface_of(run, plane, extent=(-1e30, 1e30, -1e30, 1e30))
    assert np.isinf(part.values).any()
    assert np.isfinite(part.values).any()


# --- test functions ----------------------------------------------------------------------------------


def problem(function: str, start=(-1.5, 2.0), *entries, **more) -> Lockstep:
    optimizers = list(entries) or [optimizer("SGD", lr=1e-3)]
    raw = {"schema": 1, "problem": {"function": function, "start": list(start)} | more, "optimizers": optimizers}
    return Lockstep(check(raw), judge_at_once=False)


def test_a_test_functions_plane_is_its_two_numbers():
    run = problem("rosenbrock")
    run.advance(20)
    part = surface_of(run, MainPlane(), resolution=21)
    y, x = np.meshgrid(part.y, part.x, indexing="ij")
    np.testing.assert_allclose(part.values, (1 - x) ** 2 + 100 * (y - x * x) ** 2, rtol=1e-3, atol=1e-5)
    assert part.minima == ((1.0, 1.0),)
    assert part.start == (-1.5, 2.0)
    assert (part.x[0], part.x[-1], part.y[0], part.y[-1]) == (-2, 2, -1, 3)
    assert part.shares is None


def test_a_test_functions_picture_widens_to_the_paths_but_not_without_end():
    near = surface_of(problem("rosenbrock", (-4.0, 2.0)))
    assert -5 < near.x[0] < -4
    assert near.x[-1] == 2
    wild = problem("quadratic", (1.0, 1.0), optimizer("SGD", lr=10.0))
    wild.advance(50)
    part = surface_of(wild)
    assert np.ptp(part.x) < 20


def test_the_condition_is_the_quadratics():
    part = surface_of(problem("quadratic", (1.0, 1.0), condition=100.0))
    assert part.values[-1, 5] == pytest.approx(100 * part.values[5, -1])


def test_it_tells_by_whose_running_averages_the_network_is_evaluated() -> None:
    normed = [layer(3), {"kind": "BatchNorm1d"}, layer(1)]
    run = Lockstep(experiment(normed, optimizers=[optimizer("SGD", lr=0.1), optimizer("Adam")]), judge_at_once=False)
    run.advance(3)
    assert {part.averages_of for part in parts_of(run)} == {"SGD"}
    assert surface_of(run, origin=1).averages_of == "Adam"
    plain = Lockstep(experiment([layer(1)]), judge_at_once=False)
    assert surface_of(plain).averages_of == ""
