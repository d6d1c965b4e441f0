"""The words of what may be in dropout, an embedding, a softmax, and losses of distributions."""

from ..variant import Said

REUSES = "multiplies by what the forward pass multiplied by"
OF_THE_FORWARD_PASS = "keep the forward pass's mask, and write `dx = dout * mask / (1 - p)`"

KINDS = {
    "dropout.scaled_at_eval": Said(
        "convention",
        "lets the numbers be in training, and shrinks them in evaluation (the paper)",
        "enlarges what stays in training, and lets all be in evaluation",
        "divide by 1 − p in training, and return `x` in evaluation",
    ),
    "dropout.keep_probability": Said(
        "convention",
        "takes p for the probability with which a number stays",
        "takes it for the probability with which a number is dropped",
        "write 1 − p for p, or give torch 1 − p",
    ),
    "dropout.not_scaled": Said(
        "mistake",
        "enlarges nothing in training, and shrinks nothing in evaluation",
        "divides what stays by 1 − p in training",
        "divide the mask by 1 − p",
    ),
    "dropout.not_scaled/gradient": Said(
        "mistake",
        "leaves the scale out of the gradient",
        REUSES,
        OF_THE_FORWARD_PASS,
    ),
    "dropout.scaled_twice": Said(
        "mistake",
        "divides what stays by 1 − p twice",
        "divides by it once",
        "divide once: the mask, or what it leaves",
    ),
    "dropout.scaled_twice/evaluation": Said(
        "mistake",
        "divides what stays in training, and shrinks in evaluation as well",
        "lets all be in evaluation",
        "return `x` in evaluation",
    ),
    "dropout.mask_turned": Said(
        "mistake",
        "drops the numbers whose mask is 1",
        "keeps those numbers",
        "multiply by the mask itself",
    ),
    "flatten.first_axis_fastest": Said(
        "mistake",
        "has the numbers of a row in the order of the first axis first, in value and gradient",
        "has the last axis run fastest",
        'leave out `order="F"`',
    ),
    "flatten.first_axis_fastest/value": Said(
        "mistake",
        "has the numbers of a row in the order of the first axis first",
        "has the last axis run fastest",
        'leave out `order="F"`',
    ),
    "flatten.first_axis_fastest/gradient": Said(
        "mistake",
        "puts the gradients back in the order of the first axis first",
        "puts each where its number stood",
        'leave out `order="F"`',
    ),
    "residual.skip_missing": Said(
        "mistake",
        "leaves out the input beside what is inside, in value and gradient",
        "adds the input",
        "add `x` to the value, and `dout` to the gradient",
    ),
    "residual.skip_missing/value": Said(
        "mistake",
        "leaves out the input beside what is inside",
        "adds the input",
        "add `x` to the value",
    ),
    "residual.skip_missing/gradient": Said(
        "mistake",
        "leaves out what comes back past the inside",
        "adds up both paths",
        "add `dout` to the gradient",
    ),
    "residual.inside_missing": Said(
        "mistake",
        "leaves out what comes back through the inside",
        "adds up both paths",
        "add the inside's gradient",
    ),
    "residual.paths_multiplied": Said(
        "mistake",
        "multiplies the two paths' gradients",
        "adds them up: the value is a sum",
        "write `+` for `*`",
    ),
    "residual.subtracted": Said(
        "mistake",
        "subtracts the input from what is inside",
        "adds the input",
        "write `x + f(x)`",
    ),
    "dropout.mask_not_reused": Said(
        "mistake",
        "draws another mask in the backward pass",
        REUSES,
        OF_THE_FORWARD_PASS,
    ),
    "dropout.mask_not_reused/none": Said(
        "mistake",
        "hands the gradient on as it is, without the mask",
        REUSES,
        OF_THE_FORWARD_PASS,
    ),
    "dropout.mask_not_reused/scale": Said(
        "mistake",
        "divides the gradient by 1 − p, without the mask",
        REUSES,
        OF_THE_FORWARD_PASS,
    ),
    "dropout.not_scaled/value": Said(
        "mistake",
        "enlarges nothing in training, while the gradient is enlarged",
        "divides what stays by 1 − p in training",
        "divide the mask by 1 − p",
    ),
    "embedding.counted_from_one": Said(
        "mistake",
        "counts the rows of the table from 1",
        "counts them from 0",
        "write `weight[x]` for `weight[x - 1]`",
    ),
    "embedding.repeats_lost": Said(
        "mistake",
        "keeps one gradient alone of a row that was looked up several times",
        "adds up those of all its times",
        "write `np.add.at(dW, x, dout)` for `dW[x] = dout` or `dW[x] += dout`",
    ),
    "softmax.jacobian_diagonal": Said(
        "mistake",
        "takes a·(1 − a) for the derivative: of each output by its own z alone",
        "adds up how all outputs of a row change with each z",
        "write `a * (dout - (dout * a).sum(axis=1, keepdims=True))`",
    ),
    "softmax.jacobian_diagonal/logarithm": Said(
        "mistake",
        "takes 1 − p for the derivative: of each output by its own z alone",
        "adds up how all outputs of a row change with each z",
        "write `dout - p * dout.sum(axis=1, keepdims=True)`",
    ),
    "softmax.sum_not_weighted": Said(
        "mistake",
        "sums what comes from behind without its share a",
        "sums it times a",
        "write `(dout * a).sum(axis=1, keepdims=True)`",
    ),
    "softmax.not_divided": Said(
        "mistake",
        "does not divide the powers of e by their sum",
        "divides each by the sum of its row",
        "divide by `sum(axis=1, keepdims=True)`",
    ),
    "log_softmax.sum_missing": Said(
        "mistake",
        "subtracts p alone",
        "subtracts p times the sum of what comes from behind",
        "write `dout - p * dout.sum(axis=1, keepdims=True)`",
    ),
    "log_softmax.logarithm_missing": Said(
        "mistake",
        "subtracts the sum of the powers of e itself",
        "subtracts its logarithm",
        "take the logarithm of the sum",
    ),
    "nll.on_probabilities": Said(
        "convention",
        "takes probabilities, and their logarithm itself",
        "takes log probabilities",
        "give it `log_softmax`, and take no logarithm in it",
    ),
    "kl_div.on_probabilities": Said(
        "convention",
        "takes probabilities, and their logarithm itself",
        "takes log probabilities",
        "give it `log_softmax`, and take no logarithm in it",
    ),
    "kl_div.entropy_missing": Said(
        "mistake",
        "leaves out y·ln y in the value: it is the cross entropy",
        "has y·(ln y − a)",
        "add `y * log(y)` to the value",
    ),
    "binary_cross_entropy.slope_missing": Said(
        "mistake",
        "has a − y for the gradient, which is that of logits",
        "divides it by a·(1 − a)",
        "divide by `a * (1 - a)`",
    ),
    "binary_cross_entropy.log_plus_eps": Said(
        "convention",
        "adds a small number to the probability before the logarithm",
        "takes the logarithm of the probability itself, and −100 at least",
        "write `maximum(log(p), -100)`",
    ),
    "binary_cross_entropy.clipped": Said(
        "convention",
        "keeps the probability a small number away from 0 and 1 before the logarithm (Keras)",
        "takes the logarithm of the probability itself, and −100 at least",
        "write `maximum(log(p), -100)`",
    ),
}
