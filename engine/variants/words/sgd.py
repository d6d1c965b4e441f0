"""The words of what may be in gradient descent with momentum."""

from ..variant import Said

SGD = {
    "sgd.rate_in_momentum": Said(
        "convention",
        "multiplies the gradient by the learning rate before it goes into the momentum buffer (Sutskever, Caffe, "
        "Keras), which is the same only while the rate stays",
        "multiplies the buffer by the learning rate when it takes the step",
        "keep the buffer without the rate, `b = momentum * b + g`, and step by `lr * b`",
    ),
    "sgd.averaged_momentum": Said(
        "convention",
        "keeps a running average, `momentum * b + (1 - momentum) * g`, from a start of 0",
        "keeps a sum, `momentum * b + g`",
        "remove the factor `(1 - momentum)`",
    ),
    "sgd.averaged_momentum/from first": Said(
        "convention",
        "keeps a running average, `momentum * b + (1 - momentum) * g`, from the first gradient on",
        "keeps a sum, `momentum * b + g`",
        "remove the factor `(1 - momentum)`",
    ),
    "sgd.first_step_dampened": Said(
        "convention",
        "dampens the very first gradient too",
        "begins its buffer with the whole first gradient",
        "begin with `b = g` at the first step",
    ),
    "sgd.dampening_missing": Said(
        "mistake",
        "leaves the dampening out",
        "multiplies a new gradient by `1 - dampening`",
        "multiply the gradient by `(1 - dampening)` from the second step on",
    ),
    "sgd.nesterov_without_gradient": Said(
        "mistake",
        "steps by μ·b alone in Nesterov's momentum",
        "steps by g + μ·b",
        "add the gradient: `step = g + momentum * b`",
    ),
    "sgd.heavy_ball_for_nesterov": Said(
        "mistake",
        "steps by the buffer as without Nesterov's momentum",
        "steps by g + μ·b",
        "step by `g + momentum * b` in place of `b`",
    ),
    "sgd.nesterov_for_heavy_ball": Said(
        "mistake",
        "steps by g + μ·b, Nesterov's momentum, though it is off",
        "steps by the buffer b",
        "step by `b` in place of `g + momentum * b`",
    ),
}
