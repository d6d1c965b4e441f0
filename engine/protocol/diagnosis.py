"""What is found to keep a training from going well: a kind, the numbers that show it, and where they are to be seen."""

from collections.abc import Mapping
from typing import Any, Literal, NamedTuple

from .number_words import MINUS

Where = Literal["loss", "maps", "stage", "data", "network", "optimizer"]


class Place(NamedTuple):
    """Say where something is to be seen: in the loss plot, a heatmap, a stage of a step, or a part of the form.

    ``name`` is the weight, the value of a step, the layer or the field that is meant, and empty where there is but one.
    """

    where: Where
    name: str = ""


class Diagnosis(NamedTuple):
    """Hold what was found of an optimizer entry, or of all (None), by ``kind``: its words are ``DIAGNOSES``'.

    ``fields`` stand for the names in braces there; they are numbers and names, for whoever words them.
    """

    kind: str
    entry: int | None
    fields: Mapping[str, Any]
    place: Place


class Words(NamedTuple):
    """Hold a diagnosis in words: what is the matter, with the evidence; why it is so; what helps."""

    what: str
    why: str
    helps: str


DIAGNOSES: dict[str, Words] = {
    "not_finite": Words(
        "{name} is no finite number any more from step {step} on",
        "A number that outgrows {dtype} is infinite, infinity minus infinity is no number, and all that is computed of "
        "it is none either",
        "Go back to the step before and see what makes {name} so large; a lower learning rate or clipped gradients "
        "keep numbers small",
    ),
    "rate_too_large": Words(
        "The learning rate {rate} is too large: {steps} steps led from a loss of {begin} to {end}",
        "Each update goes so far along the gradient that the loss is higher on the other side",
        "With a rate of {better} as many steps lead to {better_end}",
    ),
    "group_rate_too_large": Words(
        "The learning rate {rate} of {weights} is too large: {steps} steps led from a loss of {begin} to {end}",
        "Each update of these goes so far along their gradient that the loss is higher on the other side",
        "With a rate of {better} for these as many steps lead to {better_end}",
    ),
    "rates_too_large": Words(
        "The learning rates of all groups of weights are too large: {steps} steps led from a loss of {begin} to {end}",
        "Each update goes so far along the gradient that the loss is higher on the other side",
        "With each of them divided by {divisor} as many steps lead to {better_end}",
    ),
    "loss_has_its_own": Words(
        "The last layer's activation, {activation}, stands before a loss that has its own",
        "{loss} takes logits, which may be any number, and this activation only lets through those from {lowest} to "
        "{highest}: the loss cannot fall below {floor}",
        "Make the last layer's activation identity",
    ),
    "out_of_reach": Words(
        "{count} of {all} targets are out of the last layer's reach: the loss cannot fall below {floor}",
        "The activation, {activation}, only makes numbers from {lowest} to {highest}, and a target is {target}",
        "Scale the targets into that range, or take another activation for the last layer, such as identity",
    ),
    "dead_units": Words(
        "{count} of {all} units of layer {layer} are dead: on none of {rows} rows is there any slope",
        "A gradient is multiplied by the slope of the activation, {activation}; where that is 0 on every row, none "
        "reaches the unit's weights any more",
        "Begin again with a lower learning rate or from another start, or take an activation that has a slope "
        "everywhere, such as leaky_relu",
    ),
    "saturated_units": Words(
        "{count} of {all} units of layer {layer} are saturated: on nearly all of {rows} rows the slope is below "
        "{slope}",
        "The activation, {activation}, is flat far from 0, and a gradient is multiplied by its slope: what is below "
        "learns hardly anything",
        "Scale the inputs, begin with smaller weights, or take an activation that does not flatten",
    ),
    "exploding": Words(
        "The gradient grows on its way back: at layer {layer} it is {ratio} times that at the last one",
        "Backwards, each layer multiplies by its weights; where they are large, the product grows with every layer",
        "Clip the gradients, begin with smaller weights, or take fewer layers",
    ),
    "vanishing": Words(
        "The gradient fades on its way back: at layer {layer} it is {ratio} of that at the last one",
        "Backwards, each layer multiplies by its weights and slopes; where they are small, hardly anything arrives",
        "Take an activation with larger slopes, such as relu, larger weights to begin with, or fewer layers",
    ),
    "unscaled_inputs": Words(
        "The columns of x are of different size: column {large} about {large_size}, column {small} about {small_size}",
        "A weight's gradient is multiplied by its input: a rate that suits one column is too large or too small for "
        "the other",
        "Scale every column to a mean of 0 and a deviation of 1",
    ),
    "bias_before_norm": Words(
        "The bias of layer {layers} never learns: its gradient is {bias} at most, the weights' gradient {weight}",
        "A batch norm comes next, and takes each column's mean away, and with it what is added to all rows alike: the "
        "gradient is 0 but for rounding, and an optimizer that divides by its size, such as Adam, moves the bias by "
        "that noise",
        "Switch the layer's bias off (bias: false); the batch norm has one of its own",
    ),
    "plateau": Words(
        "The loss hardly falls any more: in the last {steps} steps from {begin} to {end}",
        "The gradient's size is {gradient} by now: the weights stand on a plateau, in a minimum, or the steps are too "
        "small",
        "Try a larger learning rate, an optimizer with momentum, or more units; if the loss is low enough, it is done",
    ),
}


def sentences(found: Diagnosis, words: Mapping[str, Words] = DIAGNOSES) -> Words:
    """Return a diagnosis in words, its fields written as a person reads them."""
    fields = {name: _written(value) for name, value in found.fields.items()}
    return Words(*(text.format_map(fields) for text in words[found.kind]))


def _written(value: Any) -> str:
    if isinstance(value, float):
        return f"{value:.4g}".replace("-", MINUS).replace("inf", "∞").replace("nan", "NaN")
    return f"{value:,}" if isinstance(value, int) else str(value)
