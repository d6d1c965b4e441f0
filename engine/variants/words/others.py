"""The words of what may be in Adagrad, RMSprop and Adadelta."""

from ..variant import Said

OTHERS = {
    "adagrad.eps_inside_root": Said(
        "convention",
        "takes the root of G + ε (Keras)",
        "adds ε to the root of G",
        "write `sqrt(G) + eps` for `sqrt(G + eps)`",
    ),
    "adagrad.no_root": Said(
        "mistake",
        "divides by the sum of squares",
        "divides by its root",
        "write `sqrt(G) + eps` for `G + eps`",
    ),
    "adagrad.not_accumulated": Said(
        "mistake",
        "begins a new sum of squares at every step",
        "adds every gradient's square to one sum",
        "write `G = G + g * g` for `G = g * g`, and keep G from step to step",
    ),
    "adagrad.without_square": Said(
        "mistake",
        "sums the gradients in G",
        "sums their squares",
        "write `g * g` for `g` in the sum",
    ),
    "adagrad.without_square/size": Said(
        "mistake",
        "sums the gradients' sizes in G",
        "sums their squares",
        "write `g * g` for `abs(g)` in the sum",
    ),
    "adagrad.after_step": Said(
        "mistake",
        "adds the square of the gradient after the step",
        "adds it before the step",
        "update G before it is used",
    ),
    "rmsprop.eps_inside_root": Said(
        "convention",
        "takes the root of v + ε (Keras, TensorFlow)",
        "adds ε to the root of v",
        "write `sqrt(v) + eps` for `sqrt(v + eps)`",
    ),
    "rmsprop.starts_at_one": Said(
        "convention",
        "begins with a mean of squares of 1 (TensorFlow 1)",
        "begins with 0",
        "begin with `v = zeros_like(w)`",
    ),
    "rmsprop.bias_corrected": Said(
        "convention",
        "corrects the bias of v, as Adam does",
        "leaves v as it is",
        "use `v` in place of `v / (1 - alpha**t)`",
    ),
    "rmsprop.not_averaged": Said(
        "mistake",
        "adds the whole square of the gradient to v",
        "takes the share 1 − α of it",
        "multiply the square of the gradient by `(1 - alpha)`",
    ),
    "rmsprop.accumulated": Said(
        "mistake",
        "adds up the squares of all gradients, as Adagrad does",
        "averages them, and forgets",
        "write `v = alpha * v + (1 - alpha) * g * g`",
    ),
    "rmsprop.alpha_reversed": Said(
        "mistake",
        "keeps the share 1 − α of v, and takes the share α of the new square",
        "keeps the share α, and takes 1 − α of the new square",
        "exchange the factors: `v = alpha * v + (1 - alpha) * g * g`",
    ),
    "rmsprop.no_root": Said(
        "mistake",
        "divides by the mean of squares",
        "divides by its root",
        "write `sqrt(v) + eps` for `v + eps`",
    ),
    "rmsprop.without_square": Said(
        "mistake",
        "averages the gradient in v",
        "averages the square of the gradient",
        "write `g * g` for `g` in v",
    ),
    "rmsprop.without_square/size": Said(
        "mistake",
        "averages the gradient's size in v",
        "averages the square of the gradient",
        "write `g * g` for `abs(g)` in v",
    ),
    "rmsprop.after_step": Said(
        "mistake",
        "updates the mean of squares after the step",
        "updates it before the step",
        "update v before it is used",
    ),
    "rmsprop.rate_in_momentum": Said(
        "convention",
        "multiplies by the learning rate before the step goes into the momentum buffer (TensorFlow, Keras), which is "
        "the same only while the rate stays",
        "multiplies the buffer by the learning rate when it takes the step",
        "keep the buffer without the rate, and step by `lr * b`",
    ),
    "rmsprop.momentum_missing": Said(
        "mistake",
        "leaves the momentum out",
        "steps by the momentum buffer",
        "step by `b = momentum * b + g / rms`",
    ),
    "rmsprop.centered_missing": Said(
        "mistake",
        "does not subtract the square of the mean gradient though it is centered",
        "divides by the root of v − ḡ²",
        "subtract `g_bar * g_bar` from v in the root",
    ),
    "rmsprop.mean_without_square": Said(
        "mistake",
        "subtracts the mean gradient",
        "subtracts its square",
        "write `g_bar * g_bar` for `g_bar`",
    ),
    "adadelta.no_rate": Said(
        "convention",
        "has its rate fixed at 1, as the paper has none",
        "multiplies the step by a learning rate, 1 unless given",
        "multiply the step by `lr`",
    ),
    "adadelta.update_before_root": Said(
        "mistake",
        "accumulates the step's square before it takes the root of that mean",
        "uses the mean of the steps before",
        "take `sqrt(u + eps)` before u is updated",
    ),
    "adadelta.update_of_gradient": Said(
        "mistake",
        "accumulates the square of the gradient in u",
        "accumulates the square of the step",
        "write `dw * dw` for `g * g` in u",
    ),
    "adadelta.rate_in_update": Said(
        "convention",
        "accumulates the square of the step as it is taken, with the learning rate",
        "accumulates it without the rate",
        "multiply by `lr` only where the weight is updated",
    ),
    "adadelta.eps_outside_root": Said(
        "convention",
        "adds ε to both roots",
        "adds ε under both roots",
        "write `sqrt(u + eps) / sqrt(v + eps)`",
    ),
    "adadelta.no_root": Said(
        "mistake",
        "scales the gradient by the ratio of the mean squares",
        "scales it by the ratio of their roots",
        "take the root of `u + eps` and of `v + eps`",
    ),
    "adadelta.roots_swapped": Said(
        "mistake",
        "multiplies by the root of v and divides by that of u",
        "multiplies by the root of u and divides by that of v",
        "exchange `u` and `v` in the step",
    ),
    "adadelta.never_moves": Said(
        "mistake",
        "never moves: a step made of the steps before, which are 0, is 0",
        "adds ε to the mean of squared steps, so that the first is not 0",
        "write `sqrt(u + eps)` for `sqrt(u)`",
    ),
    "adadelta.update_missing": Said(
        "mistake",
        "divides by the root of v alone",
        "multiplies by the root of u, the mean of squared steps, too",
        "multiply the step by `sqrt(u + eps)`",
    ),
    "adadelta.not_averaged": Said(
        "mistake",
        "adds the whole squares to v and u",
        "takes the share 1 − ρ of them",
        "multiply the squares by `(1 - rho)`",
    ),
    "adadelta.not_averaged/v": Said(
        "mistake",
        "adds the whole square of the gradient to v",
        "takes the share 1 − ρ of it",
        "multiply the square of the gradient by `(1 - rho)`",
    ),
    "adadelta.not_averaged/u": Said(
        "mistake",
        "adds the whole square of the step to u",
        "takes the share 1 − ρ of it",
        "multiply the square of the step by `(1 - rho)`",
    ),
}
