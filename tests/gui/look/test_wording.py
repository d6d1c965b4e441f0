"""Every fault can be said to a person, in a sentence, with its place."""

import re
from collections.abc import Iterator
from string import Formatter

import pytest
from PySide6.QtCore import QTranslator

from engine.spec import (
    BACKENDS,
    DEVICES,
    TEMPLATES,
    ExperimentError,
    Fault,
    activation_names,
    check,
    hyper_fields,
    loss_names,
    optimizer_names,
    title_of,
)
from gui.look.wording import choice_title, fault_place, fault_sentence, fault_text, hyper_help


@pytest.mark.parametrize("code", TEMPLATES)
def test_every_code_is_worded_with_its_fields(code: str):
    names = [name for _, name, _, _ in Formatter().parse(TEMPLATES[code]) if name]
    text = fault_text(Fault(("data",), code, {name: f"<{name}>" for name in names}))
    assert text
    assert all(f"<{name}>" in text for name in names)


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"expected": "a number", "given": '"abc"'}, 'must be a number, not "abc"'),
        ({"expected": "a list of 2 numbers", "given": "0.9"}, "must be a list of 2 numbers, not 0.9"),
        ({"expected": "a number", "given": '""'}, "is empty: a number is needed here"),
    ],
)
def test_english_phrases_in_the_fields_read_on(fields: dict, words: str):
    assert fault_text(Fault(("data", "x", 0, 0), "wrong_type", fields)) == words


@pytest.mark.parametrize(
    ("path", "place"),
    [
        ((), "The experiment"),
        (("title",), "Title"),
        (("data",), "Data"),
        (("data", "x", 1, 2), "Data, row 2, x3"),
        (("data", "y", 0, 0), "Data, row 1, y1"),
        (("data", "y", 3), "Data, y, row 4"),
        (("network", "layers"), "Network, layers"),
        (("network", "layers", 1, "units"), "Network, layer 2, units"),
        (("start", "seed"), "Start, seed"),
        (("start", "weights", "layer1.weight", 0, 3), "Start, given weights, layer1.weight, 1, 4"),
        (("batch", "size"), "Start, batch size"),
        (("batch", "seed"), "Start, shuffle seed"),
        (("device",), "Start, device"),
        (("network", "layers", 4, "layers", 0, "units"), "Network, layer 5.1, units"),
        (("network", "layers", 4, "layers", 1, "layers", 2, "activation"), "Network, layer 5.2.3, activation"),
        (("optimizers", 1, "params", "betas", 1), "Optimizers, entry 2, Beta 2"),
        (("optimizers", 0, "params", "betas"), "Optimizers, entry 1, hyperparameters, betas"),
        (("breakpoints",), "Breakpoints"),
        (("breakpoints", 1, "lane"), "Breakpoints, entry 2, lane"),
        (("breakpoints", 0, "op"), "Breakpoints, entry 1, comparison"),
        (("surprise",), "surprise"),
    ],
)
def test_places_are_named_as_on_screen(path: tuple, place: str):
    assert fault_place(Fault(path, "missing")) == place


def test_what_the_place_on_screen_says_already_is_left_out():
    fault = Fault(("network", "layers", 1, "units"), "missing")
    assert fault_sentence(fault, within=1) == "Layer 2, units is missing"
    assert fault_sentence(Fault(("data",), "missing"), within=1) == "Data is missing"
    assert fault_sentence(Fault(("data", "y"), "needs_classes", {"loss": "cross_entropy"}), within=1).startswith(
        "y must"
    )


@pytest.mark.parametrize(
    ("x", "y", "words"),
    [
        ([[1, 2]], [[1]], "has 1 column, but the last layer has 3 units"),
        ([[1, 2]], [[1, 2]], "has 2 columns, but the last layer has 3 units"),
        ([[1, 2]] * 2, [[1, 2, 3]], "has 1 row, but x has 2"),
        ([[1, 2]], [[1, 2, 3]] * 2, "has 2 rows, but x has 1"),
        ([[1, 2], [3]], [[1, 2, 3]] * 2, "has 1 value in row 2, but row 1 has 2"),
    ],
)
def test_one_of_a_kind_is_no_plural(x: list, y: list, words: str):
    network = {"layers": [{"units": 3}]}
    with pytest.raises(ExperimentError) as caught:
        check({"schema": 1, "data": {"x": x, "y": y}, "network": network, "optimizers": [{"name": "SGD"}]})
    assert [fault_text(fault) for fault in caught.value.faults] == [words]


def test_real_faults_are_worded_like_the_command_words_them():
    with pytest.raises(ExperimentError) as caught:
        check({"data": {"x": [[1, "a"]], "y": 3}, "optimizers": [{"name": "Adm", "params": {"lr": -1}}], "batch": {}})
    for fault in caught.value.faults:
        assert fault_text(fault) == fault.message


class Shouting(QTranslator):
    """A language in which every text is the English one in capitals, places for fields left alone."""

    def translate(self, context: str, text: str, disambiguation: str | None = None, n: int = -1) -> str:  # noqa: ARG002
        if context not in ("faults", "places", "hyperparameters", "choices"):
            return ""
        return "".join(part if part.startswith("{") else part.upper() for part in re.split(r"(\{\w+\})", text))


@pytest.fixture
def shouting(qapp) -> Iterator[None]:
    translator = Shouting()
    qapp.installTranslator(translator)
    yield
    qapp.removeTranslator(translator)


@pytest.mark.usefixtures("shouting")
def test_all_of_it_is_said_in_the_persons_language():
    number = Fault(("data", "x", 0, 0), "wrong_type", {"expected": "a number", "given": '"a"'})
    assert fault_sentence(number) == 'DATA, ROW 1, x1 MUST BE A NUMBER, NOT "a"'
    name = Fault(
        ("optimizers", 0, "name"), "unknown_name", {"given": "x", "known": "k", "nearest": " – did you mean k?"}
    )
    assert fault_text(name).endswith("– DID YOU MEAN k?")
    rate = Fault(("optimizers", 0, "params", "lr"), "out_of_range", {"accepted": "≥ 0 and < 1", "given": "2"})
    assert fault_sentence(rate, within=2) == "LEARNING RATE MUST BE ≥ 0 AND < 1, NOT 2"
    shape = Fault(("start", "weights", "w"), "weight_shape", {"found": "ragged rows", "expected": "4"})
    assert "RAGGED ROWS" in fault_text(shape)
    for count, words in (("1 column", "1 COLUMN"), ("12 columns", "12 COLUMNS")):
        columns = Fault(("data", "y"), "columns_differ", {"found": count, "expected": "1 unit"})
        assert fault_text(columns) == f"HAS {words}, BUT THE LAST LAYER HAS 1 UNIT"
    assert choice_title("mse") == "MEAN SQUARED ERROR"
    lane = Fault(("breakpoints", 1, "value"), "out_of_range", {"accepted": "≥ 1 and ≤ 2", "given": "3"})
    assert fault_sentence(lane) == "BREAKPOINTS, ENTRY 2, VALUE MUST BE ≥ 1 AND ≤ 2, NOT 3"


@pytest.mark.parametrize("name", [*activation_names(), *loss_names(), *DEVICES, *BACKENDS])
def test_every_choice_has_a_title(name: str):
    assert choice_title(name)
    if name not in ("torch",):
        assert choice_title(name) != name
    assert choice_title(name) == (title_of(name) or choice_title(name)), "as its own file has it"


@pytest.mark.parametrize("name", optimizer_names())
def test_every_hyperparameter_says_what_it_does_and_its_default(name: str):
    for field in hyper_fields(name):
        lines = hyper_help(field).splitlines()
        assert lines[0] == field.about.help
        assert any("default" in line for line in lines)
