"""The words of what may be in a loss or its derivative."""

from ..variant import Said

REDUCED = {
    "mean": "is averaged over rows and outputs",
    "sum": "is summed over rows and outputs",
    "per row": "is summed over the outputs and averaged over the rows",
    "over rows": "is averaged over the outputs and summed over the rows",
}
REDUCED_ROWS = {  # of a loss that has one number a row
    "mean of rows": "is averaged over the rows",
    "sum of rows": "is summed over the rows",
    "over classes": "is averaged over rows and classes",
}
AGREE = "let value and gradient be divided by the same number"
MEANS = "averages both over rows and outputs"
MEANS_OF_ROWS = "averages both over the rows"


def _of_two_reductions(reduced: dict[str, str], torch_does: str) -> dict[str, Said]:
    """Return the words of a value reduced in one way and a gradient in another, for each two: whole sentences."""
    return {
        f"loss.gradient_of_other_reduction/{value}, {gradient}": Said(
            "mistake", f"has a value that {of_value}, and a gradient that {of_gradient}", torch_does, AGREE
        )
        for value, of_value in reduced.items()
        for gradient, of_gradient in reduced.items()
        if value != gradient
    }


LOSSES = {
    **_of_two_reductions(REDUCED, MEANS),
    **_of_two_reductions(REDUCED_ROWS, MEANS_OF_ROWS),
    "loss.sum_for_mean": Said(
        "convention", "sums the loss, in value and gradient", "averages it", "divide value and gradient by their number"
    ),
    "loss.per_row": Said(
        "convention",
        "sums over the outputs and averages over the rows, in value and gradient",
        "averages over outputs and rows",
        "divide value and gradient by the number of outputs too",
    ),
    "loss.over_rows": Said(
        "convention",
        "averages over the outputs and sums over the rows, in value and gradient",
        "averages over outputs and rows",
        "divide value and gradient by the number of rows too",
    ),
    "loss.half": Said(
        "convention",
        "has a factor ½, in value and gradient",
        "has none",
        "remove the factor ½ from value and gradient",
    ),
    "loss.half_in_value": Said(
        "mistake",
        "has a factor ½ in the value, and the gradient of a loss without it",
        "has no factor ½",
        "remove the factor ½ from the value",
    ),
    "loss.factor_2_missing": Said(
        "mistake",
        "leaves out the factor 2 in the gradient",
        "has it: the derivative of e² is 2·e",
        "multiply the gradient by 2",
    ),
    "l1.size_missing": Said(
        "mistake",
        "averages the errors with their signs",
        "averages their sizes, so that none cancels another",
        "write `abs(a - y)` for `a - y` in the value",
    ),
    "huber.not_clipped": Said(
        "mistake",
        "has the error itself in the gradient, however large it is",
        "holds it within bounds beyond which the loss is a line",
        "clip the error in the gradient",
    ),
    "huber.not_clipped/value": Said(
        "mistake",
        "squares every error, however large it is",
        "is a line for large errors",
        "take the line where the error is large",
    ),
    "loss.sign": Said(
        "mistake",
        "has the gradient with the other sign",
        "subtracts the target from the output",
        "write `a - y` for `y - a` in the gradient",
    ),
    "loss.sign/value": Said(
        "mistake",
        "has the value with the other sign",
        "has a loss that falls as the output comes nearer",
        "change the sign of the value",
    ),
    "loss.sign/both": Said(
        "mistake",
        "has value and gradient with the other sign",
        "has a loss that falls as the output comes nearer",
        "change the sign of value and gradient",
    ),
    "cross_entropy.softmax_twice": Said(
        "mistake",
        "takes the softmax twice",
        "takes it once, of the logits",
        "give the loss logits, or take no softmax in it",
    ),
    "cross_entropy.softmax_twice/value": Said(
        "mistake",
        "takes the softmax twice in the value",
        "takes it once, of the logits",
        "take one softmax in the value",
    ),
    "cross_entropy.softmax_twice/gradient": Said(
        "mistake",
        "takes the softmax twice in the gradient",
        "takes it once, of the logits",
        "take one softmax in the gradient",
    ),
    "cross_entropy.not_divided_by_rows": Said(
        "mistake",
        "does not divide the gradient by the number of rows, though the value is a mean",
        "divides value and gradient by the number of rows",
        "divide the gradient by `len(y)`",
    ),
    "cross_entropy.divided_by_classes": Said(
        "convention",
        "divides by the number of classes too, in value and gradient",
        "divides by the number of rows alone",
        "write `sum(…) / len(y)` for a mean over all numbers",
    ),
    "cross_entropy.on_probabilities": Said(
        "convention",
        "takes probabilities",
        "takes logits, and takes the softmax itself",
        "take `log_softmax` of the logits in the loss",
    ),
    "cross_entropy.on_probabilities/gradient by logits": Said(
        "convention",
        "takes probabilities, and gives the gradient by the logits that they come from",
        "takes logits, and takes the softmax itself",
        "take `log_softmax` of the logits in the loss",
    ),
    "cross_entropy.log_plus_eps": Said(
        "convention",
        "adds a small number to the probability before the logarithm",
        "computes `log_softmax`, which needs none",
        "compute `z - max(z) - log(sum(exp(z - max(z))))`",
    ),
    "cross_entropy.clipped": Said(
        "convention",
        "keeps the probability a small number away from 0 and 1 before the logarithm (Keras)",
        "computes `log_softmax`, which needs none",
        "compute `z - max(z) - log(sum(exp(z - max(z))))`",
    ),
    "cross_entropy.target_missing": Said(
        "mistake",
        "has the probabilities alone for the gradient",
        "subtracts 1 at the true class",
        "subtract 1 from the probability of the true class",
    ),
    "bce.on_probabilities": Said(
        "convention",
        "takes probabilities, as `binary_cross_entropy` does",
        "takes logits in `binary_cross_entropy_with_logits`",
        "compare it with `binary_cross_entropy`, or take the logits",
    ),
    "bce.on_probabilities/gradient by logits": Said(
        "convention",
        "takes probabilities, and gives the gradient by the logits that they come from",
        "takes logits in `binary_cross_entropy_with_logits`",
        "take the logits, and the sigmoid in the loss",
    ),
    "bce.log_plus_eps": Said(
        "convention",
        "adds a small number to the probability before the logarithm",
        "computes `logsigmoid`, which needs none",
        "compute `(1 - y) * z - logsigmoid(z)`",
    ),
    "bce.clipped": Said(
        "convention",
        "keeps the probability a small number away from 0 and 1 before the logarithm (Keras)",
        "computes `logsigmoid`, which needs none",
        "compute `(1 - y) * z - logsigmoid(z)`",
    ),
    "bce.sigmoid_twice": Said(
        "mistake",
        "takes the sigmoid twice",
        "takes it once, of the logits",
        "give the loss logits, or take no sigmoid in it",
    ),
    "bce.sigmoid_twice/value": Said(
        "mistake",
        "takes the sigmoid twice in the value",
        "takes it once, of the logits",
        "take one sigmoid in the value",
    ),
    "bce.sigmoid_twice/gradient": Said(
        "mistake",
        "takes the sigmoid twice in the gradient",
        "takes it once, of the logits",
        "take one sigmoid in the gradient",
    ),
    "bce.slope_twice": Said(
        "mistake",
        "multiplies the gradient by the sigmoid's slope, p·(1 − p)",
        "has p − y: the slope has cancelled",
        "leave out `p * (1 - p)`",
    ),
    "bce.term_missing": Said(
        "mistake",
        "leaves out the term of the targets that are 0",
        "has both terms, y·ln p + (1 − y)·ln(1 − p)",
        "add `(1 - y) * log(1 - p)`",
    ),
    "bce.term_missing/value": Said(
        "mistake",
        "leaves out the term of the targets that are 0, in the value",
        "has both terms, y·ln p + (1 − y)·ln(1 − p)",
        "add `(1 - y) * log(1 - p)` to the value",
    ),
}
