"""What happens in a stage, and what a part of the update is, in one plain sentence for who learns it."""

from collections.abc import Mapping

from PySide6.QtCore import QCoreApplication

from ..stages.stage_words import parse
from .kind_sentences import kind_sentence
from .row_sentences import on_to_weights, one_after_another, row_sentence

translate = QCoreApplication.translate
NONE: Mapping[int | str, str] = {}

DENSE = "Linear"


def sentence(
    stage: str,
    optimizer: str,
    point: bool = False,
    layer_kinds: Mapping[int | str, str] = NONE,
    activations: Mapping[int | str, str] = NONE,
) -> str:
    """Say what happens in a stage, by ``Stage.name`` and the optimizer's name.

    ``point``: of a test function. ``layer_kinds`` and ``activations``: of each layer, by its number; those left out
    are dense, and have one that goes number by number.
    """
    layer, kind = parse(stage)
    if point:
        return _point_sentence(kind).format(optimizer=optimizer)
    layer_kind, activation = (of.get(layer or 0, usual) for of, usual in ((layer_kinds, DENSE), (activations, "")))
    own = kind_sentence(layer_kind, kind) if layer_kind != DENSE else ""
    if of_rows := row_sentence(activation, kind):
        own = one_after_another(of_rows, own or on_to_weights()) if kind == "backward" else of_rows
    text = own or _general_sentence(kind, optimizer)
    return text.format(layer=layer, kind=layer_kind, optimizer=optimizer, activation=activation)


def _general_sentence(kind: str, optimizer: str) -> str:
    """Return the sentence of a dense layer whose activation goes number by number; its fields are to be filled in."""
    texts = {
        "forward": translate(
            "sentences",
            "Layer {layer} weighs its inputs and adds them up: each unit's z is the sum of all inputs, each times "
            "its weight, plus the unit's bias where it has one.",
        ),
        "activation": translate(
            "sentences",
            "Layer {layer} turns each sum z into the unit's output a. Without a bend here, many layers could do no "
            "more than one.",
        ),
        "loss": translate(
            "sentences",
            "The loss turns the distance between the network's answers and the right ones into a single number: the "
            "one that training makes small.",
        ),
        "backward": translate(
            "sentences",
            "The chain rule goes back through layer {layer}: how the loss changes with each output, times how the "
            "output changes with z, times how z changes with each weight.",
        ),
        "update": update_sentence(optimizer),
    }
    return texts.get(kind, "")


def _point_sentence(kind: str) -> str:
    texts = {
        "loss": translate(
            "sentences",
            "The function turns the point's two coordinates into a single number, its height there: the one that "
            "training makes small.",
        ),
        "backward": translate(
            "sentences",
            "The chain rule by hand, a factor a line: how the height changes with x, and how it changes with y.",
        ),
        "update": translate("sentences", "{optimizer} turns the gradient at the point into a step, and takes it."),
    }
    return texts.get(kind, "")


def update_sentence(optimizer: str) -> str:
    """Return the sentence of an optimizer's update, with ``{layer}`` and ``{optimizer}`` still to be filled in."""
    texts = {
        "SGD": translate(
            "sentences",
            "SGD moves each weight of layer {layer} a little against its gradient, by the learning rate times the "
            "gradient; with momentum, the direction of the steps before counts too.",
        ),
        "Adam": translate(
            "sentences",
            "Adam moves each weight of layer {layer} along the running mean m of its gradients, divided by their usual "
            "size √v: so every weight takes steps of about the learning rate.",
        ),
        "AdamW": translate(
            "sentences",
            "AdamW first shrinks each weight of layer {layer} a little, apart from the gradient, and then takes Adam's "
            "step: the mean gradient m over its usual size √v.",
        ),
        "Adafactor": translate(
            "sentences",
            "Adafactor moves each weight of layer {layer} along its gradient, divided by what is usual in its row and "
            "its column, and by a share of the weights' own size.",
        ),
        "Muon": translate(
            "sentences",
            "Muon moves all weights of layer {layer} as one matrix: along the running mean of its gradients, made "
            "orthogonal, so that no direction is neglected.",
        ),
        "LBFGS": translate(
            "sentences",
            "LBFGS moves the weights of layer {layer} together with all others: it follows several directions, found "
            "from how the gradient changed in the last ones.",
        ),
    }
    general = translate(
        "sentences", "{optimizer} turns the gradient of each weight of layer {layer} into a step, and takes it."
    )
    return texts.get(optimizer, general)


def end_sentence(point: bool = False) -> str:
    if point:
        return translate(
            "sentences", "The step is over: the point has moved, and the next step begins where it is now."
        )
    return translate(
        "sentences", "The step is over: the weights have moved, and the next step begins with the new ones."
    )


def part_name(kind: str) -> str:
    """Return a part of the update, as short as a bar's label."""
    names = {
        "gradient": translate("parts", "gradient"),
        "clipping": translate("parts", "clipping"),
        "weight_decay": translate("parts", "weight decay"),
        "momentum": translate("parts", "momentum"),
        "bias_correction": translate("parts", "bias correction"),
        "scaling": translate("parts", "scaling"),
        "orthogonality": translate("parts", "made orthogonal"),
        "curvature": translate("parts", "curvature"),
        "decoupled_decay": translate("parts", "decoupled decay"),
        "else": translate("parts", "all else"),
        "rounding": translate("parts", "rounding"),
        "delta": translate("parts", "change Δw"),
    }
    return names.get(kind, kind)


def part_sentence(kind: str) -> str:
    texts = {
        "gradient": translate("parts", "The learning rate times the gradient: all that plain descent would do."),
        "clipping": translate(
            "parts", "The gradients together, or this one, were too large: the optimizer was given less of it."
        ),
        "weight_decay": translate("parts", "A share of the weight is added to its gradient, which pulls it to 0."),
        "momentum": translate("parts", "What earlier gradients add to this one: the step keeps its course."),
        "bias_correction": translate(
            "parts", "The running mean began at 0 and is still too small: the correction makes up for it."
        ),
        "scaling": translate(
            "parts", "Divided by the gradient's usual size √v, large gradients get smaller steps and small ones larger."
        ),
        "orthogonality": translate(
            "parts", "All weights of the layer as one matrix, made orthogonal: it moves as far in every direction."
        ),
        "curvature": translate(
            "parts",
            "How the gradient changed in the last iterations tells how far it is to the minimum: in a step, several "
            "directions found from that are followed.",
        ),
        "decoupled_decay": translate("parts", "Shrinks the weight by the rate times weight decay, on its own."),
        "else": translate("parts", "All that the optimizer made of it besides: its parts are not known here."),
        "rounding": translate(
            "parts", "What floating-point numbers could not hold: computed exactly, the parts would add up without it."
        ),
        "delta": translate("parts", "All parts added up: by this much the weight has changed."),
    }
    return texts.get(kind, "")
