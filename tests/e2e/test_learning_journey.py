"""Somebody who has never seen the program learns with it: the article's lesson, a line of their own, a planted bug.

By real keys and clicks alone. What is asked is answered with numbers that NumPy has of the article's experiment.
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
from gui.learn.hunt.hunts import drawn
from tests.drawing import sample
from tests.e2e.desktop import virtual_desktop
from tests.e2e.person import Person
from tests.e2e.test_first_minutes import FLOOR, UNIT, X, Y, chain_rule, sigmoid
from tests.e2e.test_processes import close

LEVEL, SEED = 1, 3  # draws a sigmoid's slope with the other sign
RIGHT_LINE = "    return a * (1 - a)"


class Language(NamedTuple):
    """What its speaker sets, and reads."""

    environ: dict[str, str]
    titles: tuple[str, ...]  # of the lesson's steps, as far as the chain rule
    right: str
    why: str
    to_write: str
    wrong: str
    same: str
    planted: str
    no: str
    yes: str
    cause: str
    found: str
    mended: str


ENGLISH = Language(
    {"LC_ALL": "C.UTF-8"},
    (
        *("What is trained", "Run it", "How low can it get?", "Back to the start, and into a step"),
        *("Forwards: a weighted sum", "Forwards: the sigmoid", "Backwards: how the loss follows an output"),
        "Backwards: the chain rule",
    ),
    r"^Right\.",
    r"^Why: The activation, sigmoid, only makes numbers from 0 to 1, and a target is 5\.",
    r"^Write what belongs where \.\.\. stands\.$",
    r"^mistake: has 1 − a alone for the derivative, line 9; torch has a·\(1 − a\)",
    r"^✓ identical",
    r"^A line is wrong in sigmoid\.py\. Which\?$",
    r"^No, that line is as it should be\.$",
    r"^Yes, that is the line\.",
    "has the derivative with the other sign",
    r"^sigmoid\.py, line 9: has the derivative with the other sign; torch has it without\.",
    r"✓ Mended: the code is torch’s now\.$",
)
CHINESE = Language(
    {"LANG": "zh_CN.UTF-8", "LANGUAGE": "zh_CN"},
    (
        *("训练的是什么", "让它跑起来", "最低能到多少？", "回到起点，走进一步"),
        *("前向：加权求和", "前向：sigmoid", "反向：损失如何随输出变化", "反向：链式法则"),
    ),
    "^对了。",
    r"^原因：激活函数 sigmoid 只能得到 0 到 1 之间的数，而有一个目标值是 5",
    r"^在 \.\.\. 处写上应有的内容。$",
    r"^错误：导数只取 1 − a，第 9 行；torch 取 a·\(1 − a\)",
    r"^✓ 完全相同：",
    r"^sigmoid\.py 里有一行是错的。是哪一行？$",
    r"^不是，那一行没有问题。$",
    r"^对，就是这一行。",
    "导数的符号相反",
    r"^sigmoid\.py 第 9 行：导数的符号相反；torch 符号不相反。",
    r"✓ 改好了：代码现在和 torch 的一样。$",
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


def test_a_lesson_then_a_line_of_their_own_then_a_planted_bug(person: Person, language: Language) -> None:
    play_the_lesson(person, language)
    write_a_slope(person, language)
    hunt_a_bug(person, language)
    close(person.app)


def choose_help(person: Person, letter: str) -> None:
    """An entry of the last menu, by the letters underlined."""
    person.press("alt+h")
    person.press(letter)


# --- the lesson ----------------------------------------------------------------------------------


def play_the_lesson(person: Person, language: Language) -> None:
    choose_help(person, "l")
    person.see("lessons_list")
    person.press("Return")  # the article's is the first
    true = numbers()
    asked = ((), (), (FLOOR,), (), (true.z,), (true.a,), (true.dL_da,), (true.slope, true.dL_dw))
    for title, answers in zip(language.titles, asked, strict=True):
        person.read(f"^(✓ )?{re.escape(title)}$", "lesson_title")
        told = [answered(person, language, one) for one in answers]
        do_as_shown(person, f"^✓ {re.escape(title)}$")
        if answers == (FLOOR,):
            assert "(4 + 1 + 9 + 16) / 4 = 7.5" in told[0]
            person.read(language.why, "diagnosis_more")
        if title != language.titles[-1]:
            person.click("lesson_next")
    assert np.mean((Y - np.clip(Y, 0, 1)) ** 2) == FLOOR
    person.read(r"\[0, 1\]", "chain_title")


def answered(person: Person, language: Language, number: float) -> str:
    """Type an answer to four digits, and read what is said of it."""
    person.click("lesson_answer")
    person.type_over(f"{number:.4g}")
    person.press("Return")
    return person.read(language.right, "lesson_said")


def do_as_shown(person: Person, done: str) -> None:
    """Have each thing that is pointed at be done, until the step is done."""

    def is_done() -> bool:
        title = person.look("lesson_title")
        if title is not None and re.search(done, title.text):
            return True
        person.click_what_may_go("lesson_show")
        return False

    person.app.wait_for(is_done, f"the step to be done: {done}")


# --- a line of their own -------------------------------------------------------------------------


def write_a_slope(person: Person, language: Language) -> None:
    choose_help(person, "e")
    person.see("exercises_list")
    person.press("Down", "Return")  # behind the sigmoid itself comes its slope
    person.read(language.to_write, "exercise_verdict")
    write_line(person, "    return 1 - a")
    person.read(language.wrong, "exercise_verdict")
    write_line(person, RIGHT_LINE)
    person.read(language.same, "exercise_verdict")


def write_line(person: Person, line: str) -> None:
    """Over the line that the text cursor is in."""
    person.app.wait_for(lambda: "source" in person.focus, "the source to have the keyboard")
    person.press("Home", "shift+End")
    person.type(line)


# --- a planted bug -------------------------------------------------------------------------------


def hunt_a_bug(person: Person, language: Language) -> None:
    (bug,) = drawn(LEVEL, SEED).bugs
    choose_help(person, "b")
    person.click("hunt_seed")
    person.type_over(str(SEED))
    person.click("hunt_begin")
    person.read(language.planted, "hunt_task")
    point_at(person, 1)
    person.read(language.no, "hunt_said")
    point_at(person, bug.line)
    person.read(language.yes, "hunt_said")
    person.click("hunt_causes", language.cause)
    person.click("hunt_choose")
    person.read(language.found, "hunt_task")
    write_line(person, RIGHT_LINE)
    person.read(language.mended, "hunt_task")


def point_at(person: Person, line: int) -> None:
    """Put the text cursor into a line, and say that it is this."""
    person.app.wait_for(lambda: "source" in person.focus, "the source to have the keyboard")
    person.press("ctrl+Home", *["Down"] * (line - 1))
    person.click("hunt_point")


# --- what is true --------------------------------------------------------------------------------


class Numbers(NamedTuple):
    """Of one unit and one of its weights, in the first step."""

    z: float
    a: float
    dL_da: float
    slope: float
    dL_dw: float


def numbers() -> Numbers:
    """From the article's start and by its formulas alone."""
    (weights,) = (start.astype(np.float64) for start in Lockstep(load(DEFAULT.read_bytes())).start)
    z = float(weights[UNIT] @ X)
    dL_da, slope, x = chain_rule(1)
    return Numbers(z, float(sigmoid(np.array(z))), dL_da, slope, dL_da * slope * x)
