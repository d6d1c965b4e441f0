"""What own code is, is said in the person's language: every known departure, every note, every failure."""

import re

import pytest

from engine.protocol import CodeUse, CodeVerdict, Departure
from engine.spec import Fault
from engine.variants.words import SAID
from gui.look.code_words import does_text, edit_text, torch_text, verdict_in_full, verdict_text
from gui.look.failure_words import failure_words
from gui.look.verify_notes import note_text
from gui.look.wording import fault_text
from tests.gui.chinese import HAN

NAMES = {  # of people, programs and things that are called so in Chinese too
    *("Adagrad", "Adam", "AdamW", "AMSGrad", "Nesterov", "Sutskever", "Keras", "TensorFlow", "Caffe", "optax", "torch"),
    *("softmax", "softplus", "sigmoid", "tanh", "logits", "mask", "momentum", "gamma", "epsilon", "ln", "in", "out"),
}
NOTES = (  # as engine.verify writes them
    "Its learning rate cannot be changed from outside, so this holds while the rate stays.",
    "lr is the code's own 0.1, line 3: --param lr does not reach it.",
    "lr is the code's own 0.1: --param lr does not reach it.",
    "betas.0 is 0.9, as the code has it in line 4.",
    "eps is 1e-08, as the code has it.",
    "It keeps one state: it was tried with an object for each parameter.",
    "It takes parameters of one shape alone.",
    "torch refuses these hyperparameters for SGD.",
    "It comes to NaN or infinity where torch does not.",
    "Each of its steps is torch's times 2, which is 2.",
    "It computes in float32 inside a float64 run; in float32 it is torch's (see --dtype float32).",
    "It has no derivative beside it: its values alone were judged.",
    "Its derivative is right if given the output, f(z), and not z itself.",
    "dL_dW is NaN or infinite where torch's is not.",
    "dL_db is torch's times 0.2, which is 1/rows.",
    "dL_dW has shape (3, 2); torch's has (2, 3).",
    "dL_dW is torch's, transposed.",
    "dL_db is not summed over the rows: its sum is torch's.",
    "The loss is not averaged: its mean is torch's.",
)
FAILURES = (  # as the engine says them
    "no optimizer of a known form is found in it",
    "holds several: a, b; choose one: f.py::a",
    "there is no c in it; it holds a, b",
    "there is no c in it; it holds nothing of a known form",
    "it is not known what foo of sgd stands for: tell it with --arg foo=weight, grad, lr …",
    "f is nothing of a known form: an optimizer, activation, loss or layer",
    "no way to call f was found: TypeError: f() takes 1 positional argument",
    "no way to call f was found",
    "something is still to be written where ... stands",
    "f has no backward pass beside it",
    "it has no derivative beside it",
    "it does not repeat itself: of the same input it made something else",
    "it does not repeat itself: from the same start it came to other weights",
    "it can be called with square weights alone: identical: every bit is torch's linear",
    "its loss is no single number, but has the shape (4,): different",
    "the loss is no single number, but has the shape (4,)",
    "it gives no dL_dx: different",
    "dL_dW has the shape (3, 2), and W (2, 3): mistake",
)


def english(text: str) -> set[str]:
    """What is left of English: words of two letters or more beside code, symbols and names."""
    words = re.findall(r"[A-Za-z][A-Za-z'’]+", re.sub(r"`[^`]*`", "", text))
    return {word for word in words if word not in NAMES}


def said(name: str) -> Departure:
    _, does, torch_does, edit = SAID[name]
    return Departure((name.partition("/")[0],), (does,), (torch_does,), (edit,))


@pytest.mark.usefixtures("chinese")
@pytest.mark.parametrize("name", SAID)
def test_every_known_departure_is_told_in_chinese(name: str) -> None:
    departure = said(name)
    edit = edit_text(departure).replace(departure.ids[0], "")
    for text in (does_text(departure), torch_text(departure), edit):
        assert HAN.search(text) or not re.search("[A-Za-z]{2}", text), text
        assert not english(text), text
    assert sorted(re.findall("`[^`]*`", edit)) == sorted(re.findall("`[^`]*`", SAID[name].edit))


@pytest.mark.usefixtures("chinese")
def test_two_departures_at_once_are_told_one_after_the_other() -> None:
    one, other = said("any.ascent"), said("adam.no_root")
    both = Departure(*(left + right for left, right in zip(one, other, strict=True)))
    assert does_text(both) == "把这一步加到权重上；除以 v̂"
    assert "any.ascent + adam.no_root" in edit_text(both)


@pytest.mark.usefixtures("chinese")
def test_what_is_noted_beside_a_verdict_is_told_in_chinese() -> None:
    assert [note for note in NOTES if not HAN.search(note_text(note))] == []


@pytest.mark.usefixtures("chinese")
def test_why_own_code_cannot_be_judged_is_told_in_chinese() -> None:
    assert [words for words in FAILURES if not HAN.search(failure_words(words))] == []
    fault = Fault(("optimizers", 0, "code"), "code_unusable", {"detail": "no end: a call took more than 5 s, line 3"})
    assert re.search("没有.*5.*，第 3 行", fault_text(fault))


@pytest.mark.usefixtures("chinese")
def test_a_verdict_in_full_is_told_in_chinese() -> None:
    use = CodeUse("my_adam.py", "optimizer", "Adam")
    found = CodeVerdict(use, "mistake", "", "", 9, named=said("adam.no_correction_of_m"), notes=NOTES[:1])
    line, edit, note = verdict_in_full(found).splitlines()
    assert line == "my_adam.py: 错误：没有校正 m 的偏差，第 9 行；torch 把 m 除以 1 − β₁ᵗ"
    assert edit == "要与 torch 一致（adam.no_correction_of_m）：在这一步中使用 `m / (1 - beta1**t)`。"
    assert HAN.search(note)


def test_in_english_the_engine_s_words_stay() -> None:
    use = CodeUse("my_adam.py", "optimizer", "Adam")
    found = CodeVerdict(use, "mistake", "", "", 9, named=said("adam.no_correction_of_m"))
    assert verdict_text(found) == "mistake: does not correct the bias of m, line 9; torch divides m by 1 − β₁ᵗ"
    assert [note for note in NOTES if note_text(note).replace("’", "'")[:4] != note[:4]] == []
    assert (
        failure_words("holds several: a, b; choose one: f.py::a") == "It holds several, a, b: which of them is meant?"
    )
