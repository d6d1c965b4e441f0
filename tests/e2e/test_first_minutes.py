"""A first start, by somebody who has never seen the program: through the five stations by real keys and clicks.

What is read at each is compared with what a few lines of NumPy compute of the article's experiment.
"""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import numpy as np
import pytest

from engine.run.lockstep import Lockstep
from engine.spec import load
from gui.files.documents import DEFAULT
from tests.drawing import sample
from tests.e2e.desktop import Desktop, virtual_desktop
from tests.e2e.person import Person
from tests.e2e.test_debug_journey import shown_sides
from tests.e2e.test_processes import close

X, Y, RATE = np.array([1.0, 2.0, 3.0, 4.0]), np.array([3.0, 2.0, 4.0, 5.0]), 0.1
UNIT, INPUT = 0, 1
FLOOR = 7.5


class Language(NamedTuple):
    """What its speaker sets, and reads."""

    environ: dict[str, str]
    stations: tuple[str, ...]
    cannot: str
    why: str
    formula: str
    end: str


ENGLISH = Language(
    {"LC_ALL": "C.UTF-8"},
    ("Run slowly", "See it stall", "Step into the next step", "The chain rule of one weight", "Switch to Adam"),
    r"^4 of 4 targets are out of the last layer's reach: the loss cannot fall below 7\.5$",
    r"^Why: The activation, sigmoid, only makes numbers from 0 to 1, and a target is 5\.",
    "Formula",
    "^That is all",
)
CHINESE = Language(
    {"LANG": "zh_CN.UTF-8", "LANGUAGE": "zh_CN"},
    ("慢速运行", "看它停滞", "进入下一步", "一个权重的链式法则", "换成 Adam"),
    r"^4 个目标值中有 4 个超出最后一层能达到的范围：损失不可能低于 7\.5$",
    r"^原因：激活函数 sigmoid 只能得到 0 到 1 之间的数，而有一个目标值是 5",
    "公式",
    "^就是这些",
)


@pytest.fixture(params=sample([CHINESE, ENGLISH], 2), ids=sample(["Chinese", "English"], 2))
def language(request: pytest.FixtureRequest) -> Language:
    return request.param


@pytest.fixture
def person(tmp_path: Path, language: Language) -> Iterator[Person]:
    """With nothing kept of an earlier start."""
    home = tmp_path / "home"
    home.mkdir()
    with virtual_desktop(home) as desktop:
        del desktop.environ["LC_ALL"]
        desktop.environ |= language.environ
        yield Person(desktop)


def test_why_it_stalls_and_what_a_gradient_is_made_of(person: Person, language: Language) -> None:
    run_slowly(person, language)
    see_it_stall(person, language)
    step = step_into(person, language)
    read_the_chain_rule(person, language, step)
    switch_to_adam(person, language)
    person.click("guide_next")
    person.read(language.end, "guide_text")
    person.click("guide_next")
    person.app.wait_for(lambda: person.look("guide_text") is None, "the line to go")
    close(person.app)
    assert "guide=closed" in settings(person.desktop)


def run_slowly(person: Person, language: Language) -> None:
    person.read(rf"1\b.*{language.stations[0]}", "guide_text")
    person.press("space")
    done(person, language, 0)
    assert "steps_per_second" not in settings(person.desktop)  # nobody has chosen a speed


def see_it_stall(person: Person, language: Language) -> None:
    go_on(person, language, 1)
    person.read(language.cannot, "diagnosis_what")
    person.click("diagnosis_why")
    person.read(language.why, "diagnosis_more")
    assert "(2² + 1² + 3² + 4²) / 4 = 7.5" in done(person, language, 1)
    assert np.mean((Y - np.clip(Y, 0, 1)) ** 2) == FLOOR
    assert FLOOR < number(person.see("loss_SGD/diy").text) < FLOOR + 0.1


def step_into(person: Person, language: Language) -> int:
    """The step that Debug shows."""
    go_on(person, language, 2)
    person.press("F11")
    place = person.read(r"\d", "debugPlace")
    person.press("F6")
    done(person, language, 2)
    step = int(re.findall(r"\d+", place)[0])
    person.read(rf"\b{step - 1}\b", "stepCounter")
    return step


def read_the_chain_rule(person: Person, language: Language, step: int) -> None:
    go_on(person, language, 3)
    person.click("debugPages", language.formula)
    person.click_up("formula_j")
    person.read(re.escape("[0, 1]"), "chain_title")
    told = done(person, language, 3)
    assert "∂L/∂w[0,1]" in told
    assert "x2 = 2" in told
    factors = chain_rule(step)
    for shown in shown_sides(person.see("chain_table").cells).values():
        # Near 1 a sigmoid's slope, a (1 − a), has lost three of float32's seven digits.
        assert shown == pytest.approx([*factors, np.prod(factors), np.prod(factors)], rel=1e-3)


def switch_to_adam(person: Person, language: Language) -> None:
    go_on(person, language, 4)
    person.click("optimizer1_name")
    person.type("Adam")
    person.press("Return")
    person.read("^Adam$", "optimizer1_name")
    person.press("ctrl+r")
    person.read(r"\b0\b", "stepCounter")
    person.press("ctrl+1")
    person.press("space")
    assert "7.5" in done(person, language, 4)
    assert FLOOR <= number(person.see("loss_Adam/diy").text) < FLOOR + 0.001


def go_on(person: Person, language: Language, station: int) -> None:
    person.click("guide_next")
    person.read(rf"^\D*{station + 1}\b.*{language.stations[station]}", "guide_text")


def done(person: Person, language: Language, station: int) -> str:
    """Wait until the station is done, and read what there was to see."""
    return person.read(f"^✓ .*{language.stations[station]}", "guide_text")


def settings(desktop: Desktop) -> str:
    file = Path(desktop.environ["XDG_CONFIG_HOME"], "Lockstep", "Lockstep.conf")
    return file.read_text(encoding="utf-8") if file.exists() else ""


def number(text: str) -> float:
    return float(text.replace("−", "-"))


# --- what is true ------------------------------------------------------------------------------


def chain_rule(step: int) -> tuple[float, float, float]:
    """∂L/∂a, ∂a/∂z and ∂z/∂w of the weight in a step, from the article's start and by its formulas alone."""
    (weights,) = (start.astype(np.float64) for start in Lockstep(load(DEFAULT.read_bytes())).start)
    for _ in range(step - 1):
        outputs = sigmoid(weights @ X)
        weights -= RATE * np.outer(2 / 4 * (outputs - Y) * outputs * (1 - outputs), X)
    output = sigmoid(weights @ X)[UNIT]
    return float(2 / 4 * (output - Y[UNIT])), float(output * (1 - output)), float(X[INPUT])


def sigmoid(z: np.ndarray) -> np.ndarray:
    return 1 / (1 + np.exp(-z))
