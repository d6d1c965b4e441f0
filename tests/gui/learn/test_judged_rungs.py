"""Each rung's solution is right, and what people write in its place is not, by the record that ``verify`` makes."""

import json
from pathlib import Path

import pytest

from engine.own.session import Wanted
from engine.verify.asked import Asked
from engine.verify.record import Record
from engine.verify.verify import verify_file
from gui.learn.exercises.rungs import Rung, rungs
from tests.drawing import sample

RUNGS = {rung.key: rung for rung in rungs()}
WRONG = json.loads(Path(__file__).with_name("wrong_answers.json").read_text(encoding="utf-8"))
ANSWERS = [(key, answer) for key, answers in WRONG.items() for answer in answers]


def judged(rung: Rung, text: str, folder: Path) -> Record:
    file = folder / rung.file
    file.write_text(text, encoding="utf-8")
    return verify_file(file, Wanted(None, rung.kind), Asked(rung.against, steps=8), apart=False)


def answered(rung: Rung, answer: list[str]) -> str:
    lines = rung.text.splitlines()
    for number, written in zip(rung.holes, answer, strict=True):
        given = lines[number - 1]
        lines[number - 1] = given[: len(given) - len(given.lstrip())] + written
    return "\n".join(lines) + "\n"


def test_every_rung_has_typical_wrong_answers() -> None:
    assert WRONG.keys() == RUNGS.keys()


@pytest.mark.parametrize("key", sample(RUNGS, 2))
def test_the_solution_is_right(key: str, tmp_path: Path) -> None:
    assert judged(RUNGS[key], RUNGS[key].solution, tmp_path).verdict in ("identical", "rounding")


@pytest.mark.parametrize("key", sample([*RUNGS][1:], 2))
def test_what_is_given_out_is_not(key: str, tmp_path: Path) -> None:
    assert judged(RUNGS[key], RUNGS[key].text, tmp_path).verdict not in ("identical", "rounding")


@pytest.mark.parametrize(("key", "answer"), sample(ANSWERS, 5))
def test_a_typical_wrong_answer_gets_its_reason(key: str, answer: dict, tmp_path: Path) -> None:
    record = judged(RUNGS[key], answered(RUNGS[key], answer["lines"]), tmp_path)
    assert record.verdict == answer["verdict"]
    assert list(record.named.ids if record.named is not None else ()) == answer["ids"]


def test_every_typical_wrong_answer_has_a_reason() -> None:
    without = [(key, answer["lines"]) for key, answer in ANSWERS if not answer["ids"]]
    assert [key for key, _ in without] == ["logsigmoid_value", "bce_value"]  # right, but for what is far out
    assert all(answer["verdict"] == "unstable" for _, answer in ANSWERS if not answer["ids"])
