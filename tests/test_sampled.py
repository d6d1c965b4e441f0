"""What the suite takes a sample of is there, and is sampled as the list says."""

import ast
from types import SimpleNamespace
from typing import Any

import pytest

from tests import sampled
from tests.sampled import NONE, TESTS, leave_to_every, strides


def test_every_test_of_the_list_exists() -> None:
    files = {path for path, _ in strides()}
    found = {
        (path, node.name)
        for path in files
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.FunctionDef)
    }
    assert strides().keys() <= found


class Item(SimpleNamespace):
    """A case of a test, as far as it is asked."""

    def get_closest_marker(self, name: str) -> bool:
        return name in self.marks

    def add_marker(self, name: str) -> None:
        self.marks.append(name)


@pytest.mark.parametrize(("stride", "taken"), [(1, [0, 1, 2, 3, 4]), (2, [0, 2, 4]), (3, [0, 3]), (NONE, [])])
def test_the_first_of_every_so_many_cases_is_taken(
    stride: int, taken: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    listed = TESTS / "test_listed.py"
    monkeypatch.setattr(sampled, "strides", lambda: {(listed, "test_cases"): stride})
    cases: list[Any] = [Item(path=listed, originalname="test_cases", name=str(case), marks=[]) for case in range(5)]
    others: list[Any] = [Item(path=listed, originalname="test_others", name="", marks=[]) for _ in range(5)]
    leave_to_every([one for pair in zip(cases, others, strict=True) for one in pair])
    assert [int(case.name) for case in cases if "every" not in case.marks] == taken
    assert not any(other.marks for other in others)
