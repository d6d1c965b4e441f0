"""Reads a lesson's folder: ``en.md``, ``zh.md`` or both, and the experiments that they name. All of it is data.

A file begins with ``# Title`` and a few words about the lesson; each ``## Title`` begins a step. What the window is to
do with a step stands in blocks that are fenced as code of the language ``lockstep``, a ``key: value`` a line.
"""

import re
from collections.abc import Iterator
from pathlib import Path

from engine.spec import ExperimentError, load

from .condition import Condition, ConditionError, read_condition
from .lesson import Lesson, LessonError, LessonFault, Point, Question, Step, read_number, tolerance

LANGUAGES = ("en", "zh")
FENCE = "```lockstep"
KEYS = ("experiment", "until", "point", "ask", "answer", "hint", "because", "seen")
MOST_BYTES = 1_000_000  # of one file of a lesson
_POINT = re.compile(r"(?P<widget>\w+)(\s*=\s*(?P<value>.*?))?(\s+when\s+(?P<when>.*))?")
_ANSWER = re.compile(r"(?P<answer>[^±]+)(±(?P<within>.+))?")


def read_lesson(folder: Path, language: str) -> Lesson:
    """Read a lesson in a language, or in the other where it has that alone. Raises LessonError with its faults."""
    there = [one for one in LANGUAGES if (folder / f"{one}.md").is_file()]
    if not there:
        raise LessonError(LessonFault(folder.name, 0, "lesson_no_file", {"folder": folder.name}))
    lessons = {one: _Reader(folder, one).lesson() for one in there}
    if len(lessons) == len(LANGUAGES):
        _compare(*lessons.values())
    return lessons.get(language) or lessons[there[0]]


def _compare(first: Lesson, other: Lesson) -> None:
    """See to it that a lesson asks for the same in both languages. Raises LessonError."""
    name = f"{other.language}.md"
    if len(first.steps) != len(other.steps):
        counts = {"file": f"{first.language}.md", "wanted": str(len(first.steps)), "found": str(len(other.steps))}
        raise LessonError(LessonFault(name, other.steps[-1].line, "lesson_other_steps", counts))
    for one, same in zip(first.steps, other.steps, strict=True):
        if _asked(one) != _asked(same):
            fields = {"file": f"{first.language}.md", "line": str(one.line)}
            raise LessonError(LessonFault(name, same.line, "lesson_other_step", fields))


def _asked(step: Step) -> object:
    return step.until, step.points, step.experiment, [(one.answer, one.within) for one in step.questions]


class _Reader:
    """Read one file, line by line, and gather its faults."""

    def __init__(self, folder: Path, language: str):
        self._folder, self._language = folder, language
        self._file = folder / f"{language}.md"
        self._faults: list[LessonFault] = []

    def lesson(self) -> Lesson:
        title, about, steps = self._parts(self._lines())
        if not self._faults and not title:
            self._fault(1, "lesson_no_title")
        if not self._faults and not steps:
            self._fault(1, "lesson_no_steps")
        if self._faults:
            raise LessonError(*self._faults)
        return Lesson(self._folder.name, self._folder, self._language, title, about, tuple(steps))

    def _fault(self, line: int, code: str, **fields: str) -> None:
        self._faults.append(LessonFault(self._file.name, line, code, fields))

    def _lines(self) -> list[str]:
        try:
            if self._file.stat().st_size > MOST_BYTES:
                raise LessonError(LessonFault(self._file.name, 0, "lesson_too_long", {}))
            return self._file.read_text(encoding="utf-8").splitlines()
        except UnicodeDecodeError:
            raise LessonError(LessonFault(self._file.name, 0, "lesson_no_text", {})) from None
        except OSError as error:
            fields = {"detail": error.strerror or ""}
            raise LessonError(LessonFault(self._file.name, 0, "lesson_unreadable", fields)) from None

    def _parts(self, lines: list[str]) -> tuple[str, str, list[Step]]:
        """Part the file at its headings; what is fenced is no heading."""
        title, about, steps = "", "", []
        for number, heading, body in _sections(lines):
            if heading.startswith("## "):
                steps.append(self._step(number, heading[3:].strip(), body))
            elif heading.startswith("# ") and not title and not steps:
                title, about = heading[2:].strip(), self._step(number, "", body).text
            elif heading or any(line.strip() for line in body):
                self._fault(number, "lesson_heading", text=heading or "…")
        return title, about, steps

    def _step(self, number: int, title: str, body: list[str]) -> Step:
        text: list[str] = []
        said: list[tuple[int, str, str]] = []
        inside = 0  # the line at which a block of the window's began
        for line, content in enumerate(body, number + 1):
            if inside and content.strip() == "```":
                inside = 0
            elif inside:
                said.extend(self._said(line, content))
            elif content.strip() == FENCE:
                inside = line
            else:
                text.append(content)
        if inside:
            self._fault(inside, "lesson_open_block")
        return self._made(Step(title, "\n".join(text).strip(), line=number), said)

    def _said(self, line: int, content: str) -> Iterator[tuple[int, str, str]]:
        if not content.strip():
            return
        key, colon, value = content.partition(":")
        if not colon or key.strip() not in KEYS:
            self._fault(line, "lesson_unknown_key", text=content.strip(), known=", ".join(KEYS))
        elif not value.strip():
            self._fault(line, "lesson_no_value", key=key.strip())
        else:
            yield line, key.strip(), value.strip()

    def _made(self, step: Step, said: list[tuple[int, str, str]]) -> Step:
        """Put into a step what its blocks say."""
        for line, key, value in said:
            if key == "until":
                step = step._replace(until=self._condition(line, value))
            elif key == "point":
                step = step._replace(points=(*step.points, *self._point(line, value)))
            elif key == "seen":
                step = step._replace(seen=value)
            elif key == "experiment":
                self._look_at(line, value)
                step = step._replace(experiment=value)
            elif key == "ask":
                asked = Question(value, float("nan"), 0)
                step = step._replace(questions=(*step.questions, asked))
            elif not step.questions:
                self._fault(line, "lesson_no_question", key=key)
            else:
                last = self._answered(line, key, value, step.questions[-1])
                step = step._replace(questions=(*step.questions[:-1], last))
        if any(question.answer != question.answer for question in step.questions):
            self._fault(step.line, "lesson_no_answer")
        return step

    def _condition(self, line: int, text: str) -> Condition:
        try:
            return read_condition(text)
        except ConditionError as error:
            self._fault(line, error.code, **error.fields)
            return Condition()

    def _point(self, line: int, text: str) -> Iterator[Point]:
        match = _POINT.fullmatch(text)
        if match is None:
            self._fault(line, "lesson_no_point", text=text)
            return
        when = self._condition(line, match["when"]) if match["when"] else Condition()
        yield Point(match["widget"], (match["value"] or "").strip(), when)

    def _answered(self, line: int, key: str, value: str, question: Question) -> Question:
        if key != "answer":
            return question._replace(**{key: value})
        match = _ANSWER.fullmatch(value)
        answer = read_number(match["answer"]) if match is not None else None
        within = read_number(match["within"]) if match is not None and match["within"] else None
        if answer is None or (match is not None and match["within"] and within is None):
            self._fault(line, "lesson_bad_answer", text=value)
            return question._replace(answer=0)
        return question._replace(answer=answer, within=tolerance(answer) if within is None else abs(within))

    def _look_at(self, line: int, name: str) -> None:
        """See to it that an experiment is there, in the lesson's own folder, and has no faults."""
        file = self._folder / name
        if Path(name).name != name or not file.is_file():
            self._fault(line, "lesson_no_experiment", text=name)
            return
        try:
            load(file.read_bytes())
        except ExperimentError as error:
            where = ".".join(map(str, error.faults[0].path))
            self._fault(line, "lesson_faulty_experiment", text=name, where=where)


def _sections(lines: list[str]) -> Iterator[tuple[int, str, list[str]]]:
    """Yield line number, heading and what follows it; first what stands before all headings."""
    number, heading, body, is_fenced = 0, "", list[str](), False
    for place, line in enumerate(lines, 1):
        is_fenced ^= line.lstrip().startswith("```")
        if re.match(r"##? ", line) and not is_fenced:
            yield number, heading, body
            number, heading, body = place, line, []
        else:
            body.append(line)
    yield number, heading, body
