"""The words of what may be in any optimizer."""

from ..variant import Said

ANY = {
    "any.ascent": Said(
        "mistake", "adds the step to the weight", "subtracts it", "subtract the step where the weight is updated"
    ),
    "any.rate_missing": Said(
        "mistake",
        "does not multiply the step by the learning rate",
        "multiplies the step by the learning rate",
        "multiply the step by `lr`",
    ),
    "any.rate_twice": Said(
        "mistake",
        "multiplies the step by the learning rate twice",
        "multiplies it once",
        "remove one of the two factors `lr`",
    ),
    "any.rate_twice/in momentum": Said(
        "mistake",
        "multiplies by the learning rate twice: the gradient in the velocity, and the step",
        "multiplies by it once, in the step",
        "leave `lr` out of the velocity",
    ),
    "any.stale_gradient": Said(
        "mistake",
        "uses the gradient of the step before",
        "uses the gradient of this step",
        "compute the gradient before the update, and keep none from the step before",
    ),
    "any.accumulated_gradient": Said(
        "mistake",
        "uses the sum of all gradients so far",
        "uses the gradient of this step alone, as gradients are cleared after each step",
        "set the gradient to 0 before each backward pass",
    ),
    "any.state_shared": Said(
        "mistake",
        "keeps one state for several parameters, so each takes up where the one before it ended",
        "keeps a state for each parameter",
        "keep a state for each parameter, for example in a dict under the parameter's name",
    ),
    "any.state_shared/memory": Said(
        "mistake",
        "keeps what it remembers for all parameters as one, so each takes up where the one before it ended",
        "remembers it for each parameter",
        "keep it for each parameter, for example in a dict under the parameter's name",
    ),
    "any.state_shared/counter": Said(
        "mistake",
        "counts a step for each parameter that it updates",
        "counts the steps of each parameter by itself",
        "count once a step, not once a parameter",
    ),
    "any.state_reset": Said(
        "mistake",
        "begins with a new state at every step",
        "keeps the state from step to step",
        "create the state once, before the first step, and hand it on from step to step",
    ),
    "any.l2_for_decoupled": Said(
        "convention",
        "adds the weight decay to the gradient, as Adam does (an L2 penalty)",
        "takes it from the weight, apart from the gradient, as AdamW does",
        "replace `g = g + weight_decay * weight` by `weight = (1 - lr * weight_decay) * weight`",
    ),
    "any.decoupled_for_l2": Said(
        "convention",
        "takes the weight decay from the weight, apart from the gradient, as AdamW does",
        "adds it to the gradient (an L2 penalty)",
        "replace `weight = (1 - lr * weight_decay) * weight` by `g = g + weight_decay * weight`",
    ),
    "any.decay_without_rate": Said(
        "convention",
        "shrinks the weight by the weight decay alone, as AdamW's paper does",
        "multiplies the weight decay by the learning rate",
        "multiply the weight decay by `lr`",
    ),
    "any.decay_without_rate/l2": Said(
        "convention",
        "takes the weight decay from the weight, apart from the gradient and without the learning rate",
        "adds it to the gradient (an L2 penalty)",
        "replace `weight = (1 - weight_decay) * weight` by `g = g + weight_decay * weight`",
    ),
    "any.decay_after_step": Said(
        "convention",
        "takes the weight decay from the weight after the step",
        "takes it from the weight before the step",
        "shrink the weight before the step is subtracted",
    ),
    "any.decay_after_step/l2": Said(
        "convention",
        "takes the weight decay from the weight, after the step",
        "adds it to the gradient, before the step (an L2 penalty)",
        "replace `weight = (1 - lr * weight_decay) * weight` by `g = g + weight_decay * weight` before the step",
    ),
    "any.decay_doubled": Said(
        "convention",
        "adds 2λ·w to the gradient, as from a penalty λ·w² (Keras)",
        "adds λ·w, as from a penalty λ/2·w²",
        "remove the factor 2, or give half the weight decay",
    ),
    "any.decay_doubled/decoupled": Said(
        "convention",
        "adds 2λ·w to the gradient, as from a penalty λ·w² (Keras)",
        "takes λ·w times the learning rate from the weight, apart from the gradient",
        "replace `g = g + 2 * weight_decay * weight` by `weight = (1 - lr * weight_decay) * weight`",
    ),
    "any.decay_missing": Said(
        "mistake",
        "leaves the weight decay out",
        "applies the weight decay",
        "add `g = g + weight_decay * weight` before the gradient is used",
    ),
    "any.decay_missing/decoupled": Said(
        "mistake",
        "leaves the weight decay out",
        "applies the weight decay",
        "add `weight = (1 - lr * weight_decay) * weight` before the step",
    ),
    "any.decay_sign": Said(
        "mistake",
        "makes the weight grow by the weight decay",
        "makes it shrink",
        "change the sign of the weight decay",
    ),
    "any.eps_missing": Said("mistake", "has no ε", "has an ε in the divisor", "add `eps` to the divisor"),
}
