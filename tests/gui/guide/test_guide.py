"""Which station of the first steps stands, what it says and points at, by what is to be seen. No widgets."""

import pytest

from gui.guide.first_steps import CHAIN_RULE, FIRST_STEPS, RUN_SLOWLY, SEE_IT_STALL, STEP_INTO, SWITCH_TO_ADAM, WEIGHT
from gui.guide.guide import Guide
from gui.guide.station import Seen, Station

START = Seen(rate=10.0, optimizer="SGD", typed_optimizer="SGD", shows_run=True)
TOLD = START._replace(step=40, diagnosis="out_of_reach")
IN_DEBUG = TOLD._replace(shows_run=False, shows_debug=True, stage=0)
ADAM = TOLD._replace(typed_optimizer="Adam")


@pytest.mark.parametrize(
    ("station", "seen", "point"),
    [
        (RUN_SLOWLY, START, "runButton"),
        (RUN_SLOWLY, START._replace(rate=None), "pace"),
        (RUN_SLOWLY, START._replace(rate=500.0), "pace"),
        (RUN_SLOWLY, START._replace(is_running=True, step=3), ""),
        (SEE_IT_STALL, START, "runButton"),
        (SEE_IT_STALL, START._replace(is_running=True), ""),
        (SEE_IT_STALL, TOLD, "diagnosis_why"),
        (SEE_IT_STALL, TOLD._replace(diagnosis="plateau"), "runButton"),
        (SEE_IT_STALL, TOLD._replace(shows_run=False), "loss_plot"),
        (STEP_INTO, TOLD, "lookIntoButton"),
        (STEP_INTO, IN_DEBUG._replace(stage=-1), ""),
        (STEP_INTO, IN_DEBUG, "debugStageButton"),
        (CHAIN_RULE, IN_DEBUG, "formula_page"),
        (CHAIN_RULE, IN_DEBUG._replace(element=("layer1.weight", (0, 0))), "formula_j"),
        (CHAIN_RULE, IN_DEBUG._replace(element=("layer1.weight", (2, 1))), "formula_i"),
        (SWITCH_TO_ADAM, IN_DEBUG, "optimizer1_name"),
        (SWITCH_TO_ADAM, ADAM._replace(is_stale=True), "resetButton"),
        (SWITCH_TO_ADAM, ADAM._replace(optimizer="Adam", step=0, shows_run=False), "loss_plot"),
        (SWITCH_TO_ADAM, ADAM._replace(optimizer="Adam", step=0), "runButton"),
        (SWITCH_TO_ADAM, ADAM._replace(optimizer="Adam", step=5, is_running=True), ""),
    ],
)
def test_a_station_points_at_what_comes_next(station: Station, seen: Seen, point: str) -> None:
    assert not station.is_done(seen)
    assert next(hint.point for hint in station.hints if hint.holds(seen)) == point


@pytest.mark.parametrize(
    ("station", "seen", "nearly"),
    [
        (RUN_SLOWLY, START._replace(step=20), START._replace(step=19)),
        (SEE_IT_STALL, TOLD._replace(is_reason_open=True), TOLD._replace(diagnosis="plateau", is_reason_open=True)),
        (STEP_INTO, IN_DEBUG._replace(stage=1), IN_DEBUG),
        (STEP_INTO, IN_DEBUG._replace(stage=1), IN_DEBUG._replace(stage=1, shows_debug=False)),
        (CHAIN_RULE, IN_DEBUG._replace(element=WEIGHT), IN_DEBUG._replace(element=("layer1.weight", (1, 0)))),
        (SWITCH_TO_ADAM, ADAM._replace(optimizer="Adam"), ADAM._replace(optimizer="Adam", step=19)),
        (SWITCH_TO_ADAM, ADAM._replace(optimizer="Adam"), ADAM),
    ],
)
def test_a_station_is_done_by_doing_it(station: Station, seen: Seen, nearly: Seen) -> None:
    assert station.is_done(seen)
    assert not station.is_done(nearly)


@pytest.fixture
def guide(qapp) -> Guide:
    guide = Guide(FIRST_STEPS)
    guide.show_seen(START)
    guide.begin()
    return guide


def test_what_is_done_stays_done_and_nothing_goes_on_by_itself(guide: Guide) -> None:
    guide.show_seen(START._replace(step=25))
    assert guide.is_done
    assert guide.text == RUN_SLOWLY.seen
    guide.show_seen(START)  # reset
    assert guide.is_done
    assert guide.station is RUN_SLOWLY


def test_only_something_else_to_say_is_told(guide: Guide) -> None:
    told: list[str] = []
    guide.changed.connect(lambda: told.append(guide.text))
    for step in range(1, 30):
        guide.show_seen(START._replace(step=step, is_running=True))
    assert told == [RUN_SLOWLY.hints[0].text, RUN_SLOWLY.seen]


def test_a_station_may_be_skipped_and_the_tour_ends_behind_the_last(guide: Guide) -> None:
    ended: list[bool] = []
    guide.ended.connect(lambda: ended.append(True))
    for station in FIRST_STEPS.stations:
        assert guide.station is station
        guide.go_on()
    assert guide.text == FIRST_STEPS.end
    assert guide.point == ""
    assert not ended
    guide.go_on()
    assert ended


def test_a_station_that_is_done_already_says_what_there_is_to_see(guide: Guide) -> None:
    guide.show_seen(TOLD._replace(is_reason_open=True))
    guide.go_on()
    assert (guide.is_done, guide.text) == (True, SEE_IT_STALL.seen)


def test_it_begins_again_from_the_first_station(guide: Guide) -> None:
    guide.go_on()
    guide.go_on()
    guide.begin()
    assert guide.station is RUN_SLOWLY


def test_the_floor_that_it_tells_is_the_articles() -> None:
    targets = (3, 2, 4, 5)
    squares = [(target - 1) ** 2 for target in targets]
    assert sum(squares) / 4 == 7.5
    assert "2² + 1² + 3² + 4²" in SEE_IT_STALL.seen
    assert squares == [4, 1, 9, 16]
