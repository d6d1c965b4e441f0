"""What an edit changed is found, taken back and made again; steps go on with one another, and their room has an end."""

from collections.abc import Callable
from typing import Any

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from gui.forms.fields.differences import Change, Move, Splice, applied, differences, part_changed
from gui.forms.table import Table
from gui.forms.undo.steps import MOST_STEPS, PAUSE, Step, Steps, Typed

leaves = st.one_of(st.none(), st.booleans(), st.integers(0, 3), st.text("ab", max_size=2), st.lists(st.integers(0, 2)))
rows = st.lists(st.dictionaries(st.sampled_from("xyz"), leaves, max_size=2), max_size=4)
parts = st.recursive(st.one_of(leaves, rows), lambda one: st.dictionaries(st.sampled_from("abc"), one, max_size=3))
states = st.dictionaries(st.sampled_from("pqrs"), parts, max_size=4)


@given(states, states)
def test_what_differs_leads_there_and_back(before: dict[str, Any], after: dict[str, Any]) -> None:
    found = differences(before, after)
    assert applied(before, found, back=False) == after
    assert applied(after, found, back=True) == before


@given(st.text("ab\n", max_size=12), st.text("ab\n", max_size=12))
def test_the_part_that_differs_is_all_that_does(before: str, after: str) -> None:
    first, stop, end = part_changed(before, after)
    assert before[:first] + after[first:end] + before[stop:] == after
    assert first <= min(stop, end)


def test_rows_that_come_go_and_move_are_told_as_such() -> None:
    one, two, three = ({"n": n, "color": None} for n in (1, 2, 3))
    gone = [one | {"color": 0}, three | {"color": 2}]  # those that stay keep their colour
    assert differences([one, two, three], gone)[0] == Splice((), 1, (two,), ())
    assert differences([one, three], [one, two, three]) == [Splice((), 1, (), (two,))]
    assert differences([one, two, three], [two, three, one]) == [Move((), 0, 2)]
    assert differences([one, two], [one, {"n": 5, "color": None}]) == [Change((1, "n"), 2, 5)]


def steps_at(times: list[float], budget: int = 10**9) -> Steps:
    return Steps(lambda: times[-1], budget)


def typed(before: str, after: str, field: str = "lr") -> Step:
    return Step((Change((field,), before, after),), Typed(field, before, after))


def test_typing_goes_on_until_a_pause_another_field_or_an_end() -> None:
    times = [0.0]
    steps = steps_at(times)
    for at, step, count in (
        (0, typed("", "1"), 1),
        (PAUSE, typed("1", "12"), 1),
        (2 * PAUSE + 0.1, typed("12", "123"), 2),
        (2 * PAUSE + 0.2, typed("", "a", "title"), 3),
        (2 * PAUSE + 0.3, typed("123", "1234"), 4),
    ):
        times.append(at)
        steps.add(step)
        assert len(steps) == count
    steps.end_step()
    steps.add(typed("1234", "12345"))
    assert len(steps) == 5
    assert steps.last == typed("1234", "12345")


def test_what_is_typed_and_taken_back_at_once_is_no_step() -> None:
    steps = steps_at([0.0])
    steps.add(typed("1", "12"))
    steps.add(typed("12", "1"))
    assert steps.last is None


def test_a_new_step_takes_the_place_of_what_was_undone() -> None:
    steps = steps_at([0.0])
    steps.add(typed("1", "12"))
    assert steps.undo() == typed("1", "12")
    assert steps.next is not None
    steps.add(typed("1", "13"))
    assert (steps.next, steps.last) == (None, typed("1", "13"))


def code(before: str, after: str) -> Step:
    return Step((Change(("code", "my.py", "text"), before, after),))


def test_code_is_undone_line_by_line_and_place_by_place() -> None:
    steps = steps_at([0.0])
    text = "a\nb"
    for after, count in (("ax\nb", 1), ("axy\nb", 1), ("axy\n\nb", 2), ("axy\nc\nb", 2), ("axy\nc\nbz", 3)):
        steps.add(code(text, after))
        text = after
        assert len(steps) == count


def change_of(table: Table, change: Callable[[Table], Table]) -> tuple[Table, Step]:
    after = change(table)
    return after, Step((Change(("table",), table, after),))


def test_the_oldest_steps_go_where_there_is_no_more_room() -> None:
    """A step of large data has an array of its own; the last one stays however large it is."""
    steps = steps_at([0.0], budget=3_200_000)
    table = Table.of(np.zeros((1000, 125)).tolist(), [0.0] * 1000)  # a million bytes
    for _ in range(5):
        table, step = change_of(table, lambda table: table.with_row(0))
        steps.add(step)
    assert len(steps) == 2
    steps = steps_at([0.0], budget=10)
    steps.add(change_of(table, lambda table: table.with_row(0))[1])
    assert len(steps) == 1


def test_cells_typed_into_large_data_share_its_numbers() -> None:
    steps = steps_at([0.0], budget=3_000_000)
    table = Table.of(np.zeros((1000, 125)).tolist(), [0.0] * 1000)
    for row in range(100):
        table, step = change_of(table, lambda table, row=row: table.with_cells({(row, 0): "1"}))
        steps.add(step)
    assert len(steps) == 100


def test_there_are_no_more_than_so_many() -> None:
    steps = steps_at([0.0])
    for number in range(MOST_STEPS + 5):
        steps.end_step()
        steps.add(typed(str(number), str(number + 1)))
    assert len(steps) == MOST_STEPS
