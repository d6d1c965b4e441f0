"""What is wrong with a lesson, in the person's language."""

from PySide6.QtCore import QCoreApplication

from .lesson import LessonFault

translate = QCoreApplication.translate


def fault_words(fault: LessonFault) -> str:
    """Say what is wrong with a lesson, with file and line."""
    words = _WORDS[fault.code]().format(**fault.fields)
    if not fault.line:
        return f"{fault.file}: {words}"
    return translate("lessons", "{file}, line {line}: {words}").format(file=fault.file, line=fault.line, words=words)


_WORDS = {
    "lesson_no_file": lambda: translate("lessons", "the folder {folder} has neither en.md nor zh.md in it"),
    "lesson_too_long": lambda: translate("lessons", "the file is longer than a million bytes"),
    "lesson_no_text": lambda: translate("lessons", "the file is no text in UTF-8"),
    "lesson_unreadable": lambda: translate("lessons", "the file cannot be read: {detail}"),
    "lesson_no_title": lambda: translate("lessons", "a lesson begins with its title, # Title"),
    "lesson_no_steps": lambda: translate("lessons", "there is no step; each begins with ## Title"),
    "lesson_heading": lambda: translate(
        "lessons", "“{text}” stands where # Title is expected, once and first, or ## Title of a step"
    ),
    "lesson_open_block": lambda: translate("lessons", "the block that begins here has no end: a line ```"),
    "lesson_unknown_key": lambda: translate("lessons", "“{text}” is none of these with a colon behind it: {known}"),
    "lesson_no_value": lambda: translate("lessons", "nothing stands behind {key}:"),
    "lesson_no_question": lambda: translate("lessons", "{key}: belongs below an ask:"),
    "lesson_no_answer": lambda: translate("lessons", "a question of this step has no answer:, a number"),
    "lesson_bad_answer": lambda: translate(
        "lessons", "“{text}” is no number, such as 0.25, 1/4, or 0.25 ± 0.01 where it may be off by that"
    ),
    "lesson_no_point": lambda: translate(
        "lessons", "“{text}” is not a widget’s name, with = and a value and with when and a condition where wanted"
    ),
    "lesson_no_experiment": lambda: translate("lessons", "the lesson’s folder has no file {text}"),
    "lesson_faulty_experiment": lambda: translate("lessons", "the experiment {text} has a fault at {where}"),
    "lesson_no_switch": lambda: translate("lessons", "“{text}” is nothing that is on or off: {known}"),
    "lesson_no_comparison": lambda: translate(
        "lessons", "“{text}” is no condition, such as step >= 20, optimizer is Adam, running, shows formula_page"
    ),
    "lesson_unknown_fact": lambda: translate("lessons", "there is no {text} to compare; there is {known}"),
    "lesson_no_number": lambda: translate("lessons", "in “{text}” {name} is compared with what is no number"),
    "lesson_other_steps": lambda: translate("lessons", "there are {found} steps, but {wanted} in {file}"),
    "lesson_other_step": lambda: translate(
        "lessons", "this step asks for something else than the one at line {line} of {file}; only words may differ"
    ),
}
