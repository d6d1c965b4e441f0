"""What of a comparison is on screen: hidden, alone, ordered, and remembered by label."""

import pytest

from gui.compare.entries.shown import Shown
from tests.gui.frames import make_spec

SGD, ADAM, ASGD = ({"name": name, "params": {}} for name in ("SGD", "Adam", "AdamW"))


@pytest.fixture
def shown() -> Shown:
    made = Shown()
    made.set_experiment(make_spec(SGD, ADAM, ASGD))
    return made


def visible(shown: Shown) -> list[int]:
    return [entry for entry in shown.order if shown.entry_shown(entry)]


def test_all_are_shown_in_the_experiments_order(shown):
    assert visible(shown) == [0, 1, 2]
    assert shown.hidden_lanes == ()


def test_a_hidden_entry_hides_both_its_lanes_and_tells(shown, qtbot):
    with qtbot.waitSignal(shown.changed):
        shown.set_hidden(1, True)
    assert shown.hidden_lanes == ("Adam/diy", "Adam/torch")
    assert not shown.lane_shown("Adam/diy")
    assert shown.lane_shown("SGD/diy")


def test_solo_is_taken_back_to_what_was_hidden_before(shown):
    shown.set_hidden(0, True)
    shown.solo(2)
    assert (visible(shown), shown.alone) == ([2], 2)
    shown.solo(2)
    assert (visible(shown), shown.alone) == ([1, 2], None)


def test_showing_another_beside_the_one_alone_shows_these_two(shown):
    shown.solo(2)
    shown.set_hidden(0, False)
    assert visible(shown) == [0, 2]


def test_choices_follow_the_label_through_edits(shown):
    shown.set_hidden(1, True)
    shown.move(2, 0)
    shown.set_experiment(make_spec(ADAM, SGD))
    assert [shown.entry_shown(entry) for entry in (0, 1)] == [False, True]
    shown.set_experiment(make_spec(SGD, ADAM, ASGD))
    assert shown.order == (2, 0, 1)
    assert visible(shown) == [2, 0]


def test_of_a_pair_one_lane_can_be_shown_but_a_lane_that_has_no_other_stays(shown):
    shown.set_experiment(make_spec(SGD, ADAM | {"backends": ["torch"]}))
    shown.set_sides("diy")
    assert shown.hidden_lanes == ("SGD/torch",)


def test_the_one_alone_may_go(shown):
    shown.solo(2)
    shown.set_experiment(make_spec(SGD, ADAM))
    assert visible(shown) == [0, 1]


def test_an_entry_moves_to_any_place(shown):
    shown.move(0, 99)
    assert shown.order == (1, 2, 0)
    shown.move(0, -3)
    assert shown.order == (0, 1, 2)


def test_another_experiment_begins_with_all_of_it_in_its_own_order(shown):
    shown.set_hidden(1, True)
    shown.move(2, 0)
    shown.solo(0)
    shown.set_experiment(make_spec(SGD, ADAM, ASGD))
    shown.forget()
    assert visible(shown) == [0, 1, 2]
    assert shown.alone is None
