"""The words that the window uses, each explained once: where it stands, and in the glossary."""

from typing import NamedTuple

from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QCursor
from PySide6.QtWidgets import QApplication, QWidget

translate = QCoreApplication.translate
CONTEXT = "glossary"
PROPERTY = "terms"  # of a widget: the keys of what it shows


def QT_TRANSLATE_NOOP(_: str, text: str) -> str:
    """Mark a text as one to be translated where it is shown."""
    return text


class Term(NamedTuple):
    """Hold a word. ``brief`` explains it in a sentence, ``more`` goes on; ``see``: other terms' keys."""

    key: str
    title: str
    brief: str
    more: str = ""
    see: tuple[str, ...] = ()


TERMS = (
    Term(
        "parity",
        QT_TRANSLATE_NOOP("glossary", "parity"),
        QT_TRANSLATE_NOOP("glossary", "Whether the hand-written numbers and torch's agree, at every stage of a step."),
        QT_TRANSLATE_NOOP("glossary", "Each difference is judged: it is rounding, or it is none."),
        ("pair", "lockstep", "differs", "rounding"),
    ),
    Term(
        "lane",
        QT_TRANSLATE_NOOP("glossary", "lane"),
        QT_TRANSLATE_NOOP("glossary", "One training of the network: by hand-written NumPy (DIY), or by torch."),
        QT_TRANSLATE_NOOP("glossary", "Each optimizer has one or both, from the same weights and the same batches."),
        ("pair",),
    ),
    Term(
        "pair",
        QT_TRANSLATE_NOOP("glossary", "pair"),
        QT_TRANSLATE_NOOP("glossary", "DIY and torch with the same optimizer, side by side, number for number."),
        see=("lane", "parity"),
    ),
    Term(
        "ulp",
        QT_TRANSLATE_NOOP("glossary", "ULP"),
        QT_TRANSLATE_NOOP("glossary", "The step from one floating-point number to the next."),
        QT_TRANSLATE_NOOP(
            "glossary",
            "“3 ULPs apart” means that two numbers lie between them. Near 0 the steps are tiny, so that many of them "
            "can still be next to nothing.",
        ),
        ("rounding", "precision"),
    ),
    Term(
        "rounding",
        QT_TRANSLATE_NOOP("glossary", "rounding"),
        QT_TRANSLATE_NOOP(
            "glossary", "What is lost where a result has more digits than a floating-point number holds."
        ),
        QT_TRANSLATE_NOOP("glossary", "Two right programs that add in another order differ by it, and by no more."),
        ("ulp", "drift"),
    ),
    Term(
        "drift",
        QT_TRANSLATE_NOOP("glossary", "drift"),
        QT_TRANSLATE_NOOP("glossary", "Rounding that adds up over the steps, though each of them agrees."),
        QT_TRANSLATE_NOOP("glossary", "It is no mistake: both trainings are right, and slowly go ways of their own."),
        ("rounding", "lockstep"),
    ),
    Term(
        "lockstep",
        QT_TRANSLATE_NOOP("glossary", "in lockstep"),
        QT_TRANSLATE_NOOP("glossary", "Every number of every step so far agrees with torch's but for rounding."),
        see=("parity", "drift"),
    ),
    Term(
        "differs",
        QT_TRANSLATE_NOOP("glossary", "differs"),
        QT_TRANSLATE_NOOP(
            "glossary", "A number is further from torch's than rounding can explain: there is a mistake."
        ),
        see=("parity", "rounding"),
    ),
    Term(
        "unstable",
        QT_TRANSLATE_NOOP("glossary", "unstable"),
        QT_TRANSLATE_NOOP("glossary", "The formula is right, but written so that digits are lost that torch keeps."),
        QT_TRANSLATE_NOOP("glossary", "As exp(x) / (1 + exp(x)), which overflows where 1 / (1 + exp(−x)) does not."),
        ("rounding", "not_finite"),
    ),
    Term(
        "not_finite",
        QT_TRANSLATE_NOOP("glossary", "not finite"),
        QT_TRANSLATE_NOOP("glossary", "Infinity, or NaN (“not a number”): nothing sensible can come after it."),
        QT_TRANSLATE_NOOP("glossary", "Often the learning rate is too large."),
        ("learning_rate",),
    ),
    Term(
        "affine",
        QT_TRANSLATE_NOOP("glossary", "affine"),
        QT_TRANSLATE_NOOP(
            "glossary", "A layer's first part: each unit's inputs times its weights, summed, plus its bias."
        ),
        QT_TRANSLATE_NOOP("glossary", "z = x · Wᵀ + b. The activation comes after it."),
        ("weight", "bias", "activation"),
    ),
    Term(
        "activation",
        QT_TRANSLATE_NOOP("glossary", "activation"),
        QT_TRANSLATE_NOOP(
            "glossary", "The function that a unit's sum goes through, and which makes it more than a line."
        ),
        see=("affine", "sigmoid"),
    ),
    Term(
        "sigmoid",
        QT_TRANSLATE_NOOP("glossary", "sigmoid"),
        QT_TRANSLATE_NOOP("glossary", "An activation that makes any number one between 0 and 1."),
        QT_TRANSLATE_NOOP("glossary", "As an output's it can never reach a target of 3."),
        ("activation", "saturated"),
    ),
    Term(
        "saturated",
        QT_TRANSLATE_NOOP("glossary", "saturated"),
        QT_TRANSLATE_NOOP("glossary", "A unit far out where its activation is flat: its gradient is almost 0."),
        see=("activation", "gradient"),
    ),
    Term(
        "weight",
        QT_TRANSLATE_NOOP("glossary", "weight"),
        QT_TRANSLATE_NOOP("glossary", "A number by which a unit multiplies one of its inputs. Training changes it."),
        see=("bias", "gradient"),
    ),
    Term(
        "bias",
        QT_TRANSLATE_NOOP("glossary", "bias"),
        QT_TRANSLATE_NOOP("glossary", "A number that a unit adds to its weighted inputs. Training changes it, too."),
        see=("weight",),
    ),
    Term(
        "tensor",
        QT_TRANSLATE_NOOP("glossary", "tensor"),
        QT_TRANSLATE_NOOP("glossary", "Numbers in rows and columns, or in more directions than two, with one name."),
    ),
    Term(
        "loss",
        QT_TRANSLATE_NOOP("glossary", "loss"),
        QT_TRANSLATE_NOOP(
            "glossary", "How far the network's answers are from the targets, as one number to be made small."
        ),
        see=("gradient", "batch"),
    ),
    Term(
        "gradient",
        QT_TRANSLATE_NOOP("glossary", "gradient"),
        QT_TRANSLATE_NOOP("glossary", "How fast the loss rises when a weight does: training goes the other way."),
        QT_TRANSLATE_NOOP(
            "glossary", "∂L/∂w for each weight w. 0 means that the weight makes no difference just here."
        ),
        ("chain_rule", "backpropagation"),
    ),
    Term(
        "chain_rule",
        QT_TRANSLATE_NOOP("glossary", "chain rule"),
        QT_TRANSLATE_NOOP("glossary", "Where one change causes the next, their rates are multiplied."),
        QT_TRANSLATE_NOOP(
            "glossary", "So a weight's gradient is a product: loss by output, output by sum, sum by weight."
        ),
        ("gradient", "backpropagation"),
    ),
    Term(
        "backpropagation",
        QT_TRANSLATE_NOOP("glossary", "backpropagation"),
        QT_TRANSLATE_NOOP(
            "glossary", "The chain rule from the loss backwards, layer by layer, for all weights at once."
        ),
        see=("chain_rule", "stage"),
    ),
    Term(
        "step",
        QT_TRANSLATE_NOOP("glossary", "step"),
        QT_TRANSLATE_NOOP("glossary", "One round of training: a batch forwards, gradients backwards, weights updated."),
        see=("batch", "epoch", "stage"),
    ),
    Term(
        "stage",
        QT_TRANSLATE_NOOP("glossary", "stage"),
        QT_TRANSLATE_NOOP("glossary", "A part of a step that is compared by itself: a layer's affine map, the loss, …"),
        see=("step", "trace"),
    ),
    Term(
        "trace",
        QT_TRANSLATE_NOOP("glossary", "trace"),
        QT_TRANSLATE_NOOP(
            "glossary", "A step recorded line by line, with every value, to be followed in both directions."
        ),
        see=("step", "stage"),
    ),
    Term(
        "batch",
        QT_TRANSLATE_NOOP("glossary", "batch"),
        QT_TRANSLATE_NOOP("glossary", "The rows of the data that one step learns from: all of them, or some."),
        see=("epoch", "step"),
    ),
    Term(
        "epoch",
        QT_TRANSLATE_NOOP("glossary", "epoch"),
        QT_TRANSLATE_NOOP("glossary", "As many steps as it takes until every row was in a batch."),
        see=("batch",),
    ),
    Term(
        "test_rows",
        QT_TRANSLATE_NOOP("glossary", "test rows"),
        QT_TRANSLATE_NOOP("glossary", "Rows that nothing is learned from, to see how well the rest was learned."),
        QT_TRANSLATE_NOOP(
            "glossary", "If their loss rises while that of the others falls, the network learns by heart."
        ),
        ("loss",),
    ),
    Term(
        "optimizer",
        QT_TRANSLATE_NOOP("glossary", "optimizer"),
        QT_TRANSLATE_NOOP("glossary", "The rule by which a step changes the weights, given their gradients."),
        see=("learning_rate", "momentum"),
    ),
    Term(
        "learning_rate",
        QT_TRANSLATE_NOOP("glossary", "learning rate"),
        QT_TRANSLATE_NOOP("glossary", "How far a step goes along the gradient."),
        QT_TRANSLATE_NOOP(
            "glossary", "Too small, and training is slow; too large, and it jumps over the valley and away."
        ),
        ("step_size", "schedule"),
    ),
    Term(
        "step_size",
        QT_TRANSLATE_NOOP("glossary", "effective step size"),
        QT_TRANSLATE_NOOP("glossary", "What an update took from a weight, divided by its gradient."),
        QT_TRANSLATE_NOOP("glossary", "With plain SGD it is the learning rate; Adam gives each weight its own."),
        ("learning_rate",),
    ),
    Term(
        "schedule",
        QT_TRANSLATE_NOOP("glossary", "schedule"),
        QT_TRANSLATE_NOOP("glossary", "A plan by which the learning rate changes from step to step."),
        see=("learning_rate",),
    ),
    Term(
        "momentum",
        QT_TRANSLATE_NOOP("glossary", "momentum"),
        QT_TRANSLATE_NOOP(
            "glossary", "A share of the step before that goes on: it rolls through flat places and dents."
        ),
        see=("optimizer", "state"),
    ),
    Term(
        "state",
        QT_TRANSLATE_NOOP("glossary", "optimizer state"),
        QT_TRANSLATE_NOOP(
            "glossary", "What an optimizer remembers of earlier gradients, as momentum or their squares."
        ),
        see=("momentum",),
    ),
    Term(
        "clipping",
        QT_TRANSLATE_NOOP("glossary", "clipping"),
        QT_TRANSLATE_NOOP("glossary", "Gradients that are too large are cut, so that one step cannot ruin everything."),
        see=("gradient",),
    ),
    Term(
        "branch",
        QT_TRANSLATE_NOOP("glossary", "branch, fork"),
        QT_TRANSLATE_NOOP(
            "glossary", "Where something is changed at an earlier step the run forks; the old future stays."
        ),
        see=("checkpoint",),
    ),
    Term(
        "checkpoint",
        QT_TRANSLATE_NOOP("glossary", "checkpoint"),
        QT_TRANSLATE_NOOP("glossary", "A step kept whole, from which others nearby are computed again, bit for bit."),
        see=("branch",),
    ),
    Term(
        "breakpoint",
        QT_TRANSLATE_NOOP("glossary", "breakpoint"),
        QT_TRANSLATE_NOOP("glossary", "A line, a stage or a condition at which a run stops by itself."),
        see=("trace",),
    ),
    Term(
        "precision",
        QT_TRANSLATE_NOOP("glossary", "precision"),
        QT_TRANSLATE_NOOP("glossary", "How many digits a number holds: about 7 in float32, 16 in float64."),
        see=("ulp", "rounding"),
    ),
    Term(
        "seed",
        QT_TRANSLATE_NOOP("glossary", "seed"),
        QT_TRANSLATE_NOOP(
            "glossary", "The number that chance begins from: the same seed gives the same weights and batches."
        ),
        see=("spread",),
    ),
    Term(
        "spread",
        QT_TRANSLATE_NOOP("glossary", "spread"),
        QT_TRANSLATE_NOOP("glossary", "How far results from several seeds lie apart: less than that tells nothing."),
        see=("seed", "sweep"),
    ),
    Term(
        "sweep",
        QT_TRANSLATE_NOOP("glossary", "sweep"),
        QT_TRANSLATE_NOOP("glossary", "Training with many values of a hyperparameter, to see which is best."),
        see=("spread",),
    ),
)
WAY = QT_TRANSLATE_NOOP("glossary", "Shift+F1 leads to the glossary.")
BY_KEY = {term.key: term for term in TERMS}


def said(text: str) -> str:
    """Return a term's text in the language spoken now."""
    return translate(CONTEXT, text) if text else ""


def brief(key: str) -> str:
    """Explain a term in one sentence."""
    return said(BY_KEY[key].brief)


def explained(tip: str, *keys: str) -> str:
    """Return a tooltip with the sentences of the terms in it, and the way to more; plain text."""
    return "\n".join([*filter(None, [tip]), *(f"{said(BY_KEY[key].title)}: {brief(key)}" for key in keys), said(WAY)])


def explain(widget: QWidget, *keys: str) -> None:
    """Let a widget's tooltip and its accessible description explain the terms in it."""
    widget.setToolTip(explained(widget.toolTip(), *keys))
    mark(widget, *keys)
    if not widget.accessibleDescription():
        widget.setAccessibleDescription(" ".join(brief(key) for key in keys))


def mark(widget: QWidget, *keys: str) -> None:
    """Say which terms a widget's own tooltips explain, for the way to the glossary."""
    widget.setProperty(PROPERTY, list(keys))


def term_at(widget: QWidget | None) -> str | None:
    """Return the key of the first term that a widget, or what it stands in, shows; None where that is none."""
    while widget is not None:
        if keys := widget.property(PROPERTY):
            return keys[0]
        widget = widget.parentWidget()
    return None


def pointed_at() -> QWidget | None:
    """Return the widget under the pointer where that explains a term, else the one that has the keyboard."""
    under = QApplication.widgetAt(QCursor.pos())
    return under if term_at(under) is not None else QApplication.focusWidget()
