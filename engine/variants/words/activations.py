"""The words of what may be in an activation or its derivative."""

from ..variant import Said

ACTIVATIONS = {
    "activation.of_z": Said(
        "mistake",
        "takes the input z in a derivative that is a formula of the output a",
        "takes the output a there",
        "give the derivative the output, `f(z)`, in place of `z`",
    ),
    "activation.of_z/of a": Said(
        "mistake",
        "takes the output a in a derivative that is a formula of the input z",
        "takes the input z there",
        "give the derivative the input, `z`, in place of `f(z)`",
    ),
    "activation.missing": Said(
        "mistake",
        "has 1 for the derivative",
        "multiplies by the derivative",
        "multiply by the activation's derivative",
    ),
    "activation.missing/value": Said(
        "mistake",
        "hands its input on as it is",
        "applies the activation",
        "apply the activation to `z`",
    ),
    "activation.sign": Said(
        "mistake",
        "has the derivative with the other sign",
        "has it without",
        "change the sign of the derivative",
    ),
    "sigmoid.sign_in_power": Said(
        "mistake",
        "raises e to the power z",
        "raises e to the power −z",
        "write `exp(-z)` for `exp(z)`",
    ),
    "sigmoid.factor_missing": Said(
        "mistake",
        "has a alone for the derivative",
        "has a·(1 − a)",
        "write `a * (1 - a)` for `a`",
    ),
    "sigmoid.factor_missing/1 - a": Said(
        "mistake",
        "has 1 − a alone for the derivative",
        "has a·(1 − a)",
        "write `a * (1 - a)` for `1 - a`",
    ),
    "tanh.not_squared": Said("mistake", "has 1 − a for the derivative", "has 1 − a²", "write `1 - a * a` for `1 - a`"),
    "relu.one_at_zero": Said(
        "convention",
        "has 1 for the derivative at 0",
        "has 0 there",
        "write `z > 0` for `z >= 0`",
    ),
    "relu.half_at_zero": Said(
        "convention",
        "has ½ for the derivative at 0",
        "has 0 there",
        "write `z > 0` for the step function with ½ at 0",
    ),
    "leaky.one_at_zero": Said(
        "convention",
        "has 1 for the derivative at 0",
        "has the slope of the negative side there",
        "write `z > 0` for `z >= 0`",
    ),
    "leaky.slope_missing": Said(
        "mistake",
        "is 0 where z is negative",
        "is z times a small slope there",
        "write `slope * z` for 0 where `z` is negative, and `slope` in the derivative",
    ),
    "leaky.slope_missing/derivative": Said(
        "mistake",
        "has 0 for the derivative where z is negative",
        "has the slope there",
        "write `slope` for 0 in the derivative where `z` is negative",
    ),
    "leaky.slope_missing/value": Said(
        "mistake",
        "is 0 where z is negative, while its derivative has the slope",
        "is z times the slope there",
        "write `slope * z` for 0 where `z` is negative",
    ),
    "elu.alpha_missing": Said(
        "mistake",
        "has a for the derivative where z is negative",
        "has a + α there",
        "write `a + alpha` for `a` in the derivative",
    ),
    "elu.one_missing": Said(
        "mistake",
        "is α·eᶻ where z is negative",
        "is α·(eᶻ − 1) there",
        "subtract 1 from `exp(z)`",
    ),
    "gelu.tanh": Said(
        "convention",
        "is the approximation by tanh, in value and derivative",
        'is exact, with the error function, unless asked for `approximate="tanh"`',
        "use `0.5 * z * (1 + erf(z / sqrt(2)))` and its derivative",
    ),
    "gelu.sigmoid": Said(
        "convention",
        "is the approximation z·σ(1.702 z), in value and derivative",
        "is exact, with the error function",
        "use `0.5 * z * (1 + erf(z / sqrt(2)))` and its derivative",
    ),
    "gelu.derivative_of_other": Said(
        "mistake",
        "has the exact value and the derivative of the approximation by tanh",
        "has value and derivative of the exact form",
        "take the derivative of the exact form: `cdf + z * pdf`",
    ),
    "gelu.derivative_of_other/value": Said(
        "mistake",
        "has the value of the approximation by tanh and the exact derivative",
        "has value and derivative of the exact form",
        "use `0.5 * z * (1 + erf(z / sqrt(2)))`",
    ),
    "gelu.density_missing": Said(
        "mistake",
        "has Φ(z) alone for the derivative",
        "has Φ(z) + z·φ(z)",
        "add `z * pdf` to the derivative",
    ),
    "silu.term_missing": Said(
        "mistake",
        "has σ′(z) for the derivative",
        "has σ(z) + z·σ′(z)",
        "write `s + z * s * (1 - s)` for `s * (1 - s)`",
    ),
    "silu.term_missing/sigmoid": Said(
        "mistake",
        "has σ(z) alone for the derivative",
        "has σ(z) + z·σ′(z)",
        "add `z * s * (1 - s)` to the derivative",
    ),
    "softplus.no_threshold": Said(
        "convention",
        "is ln(1 + eᶻ) for every z",
        "is z itself above 20",
        "return `z` where `z` is above 20, and 1 in the derivative",
    ),
}
