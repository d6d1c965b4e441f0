"""Code in the forms in which people write it: right code is called right, a mistake by its name and its line.

Of what takes longest a sample: a rule that is none of ours is tried against all there are.
"""

from pathlib import Path

import pytest

from engine.own.session import Wanted
from engine.verify import Asked, Record, verify_file
from tests.drawing import sample
from tests.products import one_in

from .rewritten import rewritten

HERE = Path(__file__).parent
RIGHT, WRONG, STRANGERS = (sorted((HERE / name).glob("*.py")) for name in ("right", "wrong", "strangers"))


def verified(file: Path, **asked: object) -> Record:
    return verify_file(file, Wanted(), Asked(steps=12, **asked), apart=False)  # type: ignore[arg-type]


@pytest.mark.parametrize("file", RIGHT, ids=lambda file: file.stem)
def test_right_code_is_called_right(file: Path) -> None:
    record = verified(file)
    assert record, record
    assert record.verdict in ("identical", "rounding")


@pytest.mark.parametrize("file", sample(WRONG, 3), ids=lambda file: file.stem)
def test_a_departure_is_named_with_its_line(file: Path) -> None:
    wanted, line = file.read_text(encoding="utf-8").partition("\n")[0].removeprefix("# ").split()
    record = verified(file)
    assert not record
    assert record.named is not None, record
    assert "+".join(record.named.ids) == wanted
    assert record.named.line == int(line)
    if record.first is not None:
        assert {one.line for one in record.counterparts if one.departs} == {int(line)}


@pytest.mark.parametrize("file", one_in(2, sample(STRANGERS, 12)[::-1]), ids=lambda file: file.stem)
def test_a_rule_that_is_none_of_ours_gets_no_name(file: Path) -> None:
    assert verified(file).verdict == "different"


@pytest.mark.parametrize("seed", one_in(2, sample(range(12), 3)))
def test_right_code_rewritten_is_right(seed: int, tmp_path: Path) -> None:
    for file in RIGHT[seed::12]:
        other = tmp_path / file.name
        other.write_text(rewritten(file.read_text(encoding="utf-8"), seed), encoding="utf-8")
        assert verified(other), other.read_text(encoding="utf-8")
