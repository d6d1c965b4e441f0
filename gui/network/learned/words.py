"""What the pages say: why there is none, how many rows are answered rightly, and how rows are marked."""

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication

from engine.protocol import Accuracies, LearnedPage, Side
from gui.look.numbers import in_percent

from .facts import Facts

translate = QCoreApplication.translate
MARK = "◇"  # of a row that only tests, as in the data and in the plot


def page_title(page: LearnedPage, inputs: int) -> str:
    if page == "predictions":
        return translate("learned", "Predictions")
    if page == "confusion":
        return translate("learned", "Confusion")
    return translate("learned", "Fit") if inputs == 1 else translate("learned", "Boundary")


def page_tip(page: LearnedPage, inputs: int) -> str:
    if page == "predictions":
        return translate("learned", "What is predicted for each row, beside its target")
    if page == "confusion":
        return translate("learned", "How often which class is taken for which")
    if inputs == 1:
        return translate("learned", "What is predicted along the input, with the data")
    return translate("learned", "What is predicted over the plane of both inputs, with the data")


def why_not(page: LearnedPage, facts: Facts) -> str:
    """Return in a line why there is no such page; empty where there is one."""
    if page == "inputs" and facts.are_indices:
        return translate(
            "learned",
            "No fit or boundary here: the inputs are whole numbers that stand for vectors; between them is nothing.",
        )
    if page == "inputs" and facts.inputs > 2:
        text = translate("learned", "A boundary needs two inputs, and a fit one: this network has {count}.")
        return text.format(count=facts.inputs)
    if page == "confusion" and facts.kind is None:
        return translate("learned", "A confusion matrix needs classes: here the targets are numbers.")
    return ""


def rows_text(facts: Facts) -> str:
    """Say how many rows there are, and how many of them only test."""
    rows = f"{len(facts.x):,}"
    if not facts.has_test:
        one = len(facts.x) == 1
        return translate("learned", "1 row") if one else translate("learned", "{rows} rows").format(rows=rows)
    text = translate("learned", "{rows} rows, {tested} of them only test {mark}")
    return text.format(rows=rows, tested=f"{int(facts.tested.sum()):,}", mark=MARK)


def accuracy_text(accuracies: Sequence[Accuracies], side: Side, facts: Facts) -> str:
    """Say the share of rows answered rightly, of each lane where there are two; empty where targets are no classes."""
    if not accuracies:
        return ""
    if any(one.training is None for one in accuracies):
        return translate("learned", "Accuracy: as soon as the run pauses, of so many rows")
    shares = [_shares_text(one, facts.has_test) for one in accuracies]
    if side == "delta":
        shares = [f"{name} {text}" for name, text in zip(facts.lanes, shares, strict=True)]
    return translate("learned", "Accuracy: {shares}").format(shares="; ".join(shares))


def _shares_text(shares: Accuracies, has_test: bool) -> str:
    training = in_percent(shares.training or 0.0)
    if not has_test or shares.test is None:
        return training
    text = translate("learned", "training {training}, test {test}")
    return text.format(training=training, test=in_percent(shares.test))


def answer_text(facts: Facts, answers: Sequence[int], has_names: bool = True) -> str:
    """Write the class that is answered; of two lanes that differ both, DIY's first."""
    texts = ["–" if one < 0 else facts.class_name(one) if has_names else str(one) for one in answers]
    return texts[0] if len(set(texts)) == 1 else " / ".join(texts)
