"""A lesson's folder is read as data; what is wrong with it is told with its line."""

import json
import shutil
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gui.learn.lessons.condition import FACTS, ConditionError, Fact, read_condition
from gui.learn.lessons.lesson import LessonError, read_number
from gui.learn.lessons.reading import KEYS, read_lesson
from gui.learn.lessons.shelf import FOLDER, ORDER
from gui.learn.lessons.words import fault_words

GOOD = """# A title

What it is about.

## First

Read **this**.

```python
## no heading: it is code
```

## Second

```lockstep
ask: How much is it?
answer: 1/4 ± 0.01
hint: Less than a half.
because: It is a quarter.
point: pace = 3 when speed > 50
point: runButton when not running
until: step >= 20 and optimizer is Adam
seen: There.
```
"""


class Window:
    """What a window shows, made up."""

    def __init__(self, **facts: Fact):
        self.facts = facts

    def fact(self, name: str) -> Fact:
        return self.facts.get(name)

    def is_shown(self, widget: str) -> bool:
        return widget == "loss_plot"

    def field(self, widget: str) -> str | None:
        return {"optimizer1_lr": "0.50"}.get(widget)


def written(folder: Path, **texts: str) -> Path:
    for name, text in texts.items():
        (folder / f"{name}.md").write_text(text, encoding="utf-8")
    return folder


def faults(folder: Path) -> list[tuple[str, int, str]]:
    with pytest.raises(LessonError) as found:
        read_lesson(folder, "en")
    assert all(fault_words(fault).startswith(fault.file) for fault in found.value.faults)
    return [(fault.file, fault.line, fault.code) for fault in found.value.faults]


def test_a_lesson_has_title_steps_questions_and_points(tmp_path: Path) -> None:
    lesson = read_lesson(written(tmp_path, en=GOOD), "zh")  # in the language that it has
    assert (lesson.title, lesson.about, lesson.language) == ("A title", "What it is about.", "en")
    first, second = lesson.steps
    assert first.text.endswith("```python\n## no heading: it is code\n```")
    assert first.until is None
    (question,) = second.questions
    assert (question.answer, question.within, question.hint) == (0.25, 0.01, "Less than a half.")
    assert [question.is_right(number) for number in (0.24, 0.26, 0.239)] == [True, True, False]
    assert [point.widget for point in second.points] == ["pace", "runButton"]
    assert second.points[0].value == "3"
    assert second.until is not None
    assert second.until.holds(Window(step=20.0, optimizer="Adam"))
    assert not second.until.holds(Window(step=19.0, optimizer="Adam"))


@pytest.mark.parametrize(
    ("text", "holds"),
    [
        ("step >= 20", True),
        ("step > 20", False),
        ("step = 20 and running", True),
        ("not running", False),
        ("loss < 1", False),  # there is none
        ("parity is lockstep", False),
        ("parity is not lockstep", True),
        ("element is layer1.weight[0, 1]", True),
        ("shows loss_plot and not shows compare", True),
        ("field optimizer1_lr is 0.5", True),
        ("field optimizer1_lr >= 0.6", False),
        ("field nothing is not 3", True),
        ("not field optimizer1_lr is 0.5", False),
        ("not step >= 21 and not shows compare", True),
    ],
)
def test_conditions_go_by_what_the_window_shows(text: str, holds: bool) -> None:
    window = Window(step=20.0, running=True, element="layer1.weight[0,1]")
    assert read_condition(text).holds(window) == holds


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("steps >= 3", "lesson_unknown_fact"),
        ("step >= many", "lesson_no_number"),
        ("optimizer > 3", "lesson_no_number"),
        ("jumping", "lesson_no_switch"),
        ("not step", "lesson_no_switch"),
        ("__import__('os').system('true')", "lesson_no_switch"),
        ("shows", "lesson_no_comparison"),
        ("step >=", "lesson_no_number"),
    ],
)
def test_what_is_no_condition_is_refused(text: str, code: str) -> None:
    with pytest.raises(ConditionError) as found:
        read_condition(text)
    assert found.value.code == code


@given(st.text(max_size=60))
def test_no_text_breaks_the_reading_of_a_condition(text: str) -> None:
    try:
        condition = read_condition(text)
    except ConditionError:
        return
    assert condition.holds(Window()) in (True, False)


@pytest.mark.parametrize(
    ("old", "new", "line", "code"),
    [
        ("# A title", "A title", 0, "lesson_heading"),
        ("seen: There.", "see: There.", 23, "lesson_unknown_key"),
        ("seen: There.", "seen:", 23, "lesson_no_value"),
        ("answer: 1/4 ± 0.01", "answer: a quarter", 17, "lesson_bad_answer"),
        ("answer: 1/4 ± 0.01\n", "", 13, "lesson_no_answer"),
        ("ask: How much is it?\n", "", 16, "lesson_no_question"),
        ("pace = 3 when speed > 50", "pace = 3 when sped > 50", 20, "lesson_unknown_fact"),
        ("seen: There.\n```", "seen: There.", 15, "lesson_open_block"),
        ("seen: There.", "experiment: ../other.json", 23, "lesson_no_experiment"),
        ("seen: There.", "experiment: faulty.json", 23, "lesson_faulty_experiment"),
    ],
)
def test_a_faulty_lesson_says_which_line(tmp_path: Path, old: str, new: str, line: int, code: str) -> None:
    (tmp_path / "faulty.json").write_text(json.dumps({"schema": 1}), encoding="utf-8")
    (tmp_path.parent / "other.json").write_text("{}", encoding="utf-8")
    assert ("en.md", line, code) in faults(written(tmp_path, en=GOOD.replace(old, new)))


def test_a_folder_without_a_text_or_with_an_unreadable_one_is_refused(tmp_path: Path) -> None:
    assert faults(tmp_path) == [(tmp_path.name, 0, "lesson_no_file")]
    (tmp_path / "en.md").write_bytes(b"\xff\xfe\x00")
    assert faults(tmp_path) == [("en.md", 0, "lesson_no_text")]
    (tmp_path / "en.md").write_bytes(b"#" * 1_000_001)
    assert faults(tmp_path) == [("en.md", 0, "lesson_too_long")]


def test_both_languages_ask_for_the_same(tmp_path: Path) -> None:
    chinese = GOOD.replace("# A title", "# 标题").replace("How much is it?", "是多少？")
    assert read_lesson(written(tmp_path, en=GOOD, zh=chinese), "zh").title == "标题"
    assert faults(written(tmp_path, zh=chinese.replace("1/4", "1/3"))) == [("zh.md", 13, "lesson_other_step")]
    assert faults(written(tmp_path, zh=chinese + "\n## 再来\n")) == [("zh.md", 26, "lesson_other_steps")]


@pytest.mark.parametrize(
    ("text", "number"),
    [("0.5", 0.5), ("0,5", 0.5), ("1/2", 0.5), (" −3e-2 ", -0.03), ("1/0", None), ("a", None), ("1/2/3", None)],
)
def test_numbers_are_read_as_people_write_them(text: str, number: float | None) -> None:
    assert read_number(text) == number


@pytest.mark.parametrize("name", ORDER.read_text(encoding="utf-8").split())
@pytest.mark.parametrize("language", ["en", "zh"])
def test_our_lessons_have_no_fault_in_either_language(name: str, language: str, tmp_path: Path) -> None:
    assert read_lesson(FOLDER / name, language).language == language
    alone = shutil.copytree(FOLDER / name, tmp_path / name)
    (alone / f"{'zh' if language == 'en' else 'en'}.md").unlink()
    assert read_lesson(alone, language).steps


@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_page_about_writing_tells_all_that_there_is(language: str, tmp_path: Path) -> None:
    page = (FOLDER / f"writing.{language}.md").read_text(encoding="utf-8")
    assert all(f"`{name}`" in page for name in (*FACTS, *KEYS))
    block = page.partition("```lockstep")[2].partition("```")[0].replace("\n    ", "\n")
    lesson = written(tmp_path, **{language: f"# A\n\n## B\n\n```lockstep{block}```\n"})
    shutil.copy(FOLDER / "article" / "article.json", tmp_path)
    assert read_lesson(lesson, language).steps[0].questions[0].within == 0.1
