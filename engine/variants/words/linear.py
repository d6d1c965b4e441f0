"""The words of what may be in a dense layer."""

from ..variant import Said

LINEAR = {
    "linear.transposed": Said(
        "mistake",
        "multiplies by Wᵀ in the gradient of x",
        "multiplies by W there, where the layer itself has x·Wᵀ",
        "write `dz @ W` for `dz @ W.T`, where W is (out, in)",
    ),
    "linear.transposed/dW": Said(
        "mistake",
        "has the gradient of W transposed",
        "has it shaped as W",
        "write `dz.T @ x` for `x.T @ dz`, where W is (out, in)",
    ),
    "linear.bias_not_summed": Said(
        "mistake",
        "does not sum the bias's gradient over the rows",
        "sums it over the rows, as each row adds the same bias",
        "write `dz.sum(axis=0)` for `dz`",
    ),
    "linear.bias_not_summed/first row": Said(
        "mistake",
        "takes the bias's gradient from the first row alone",
        "sums it over the rows, as each row adds the same bias",
        "write `dz.sum(axis=0)` for `dz[0]`",
    ),
    "linear.bias_not_summed/last row": Said(
        "mistake",
        "takes the bias's gradient from the last row alone",
        "sums it over the rows, as each row adds the same bias",
        "write `dz.sum(axis=0)` for `dz[-1]`",
    ),
    "linear.bias_not_summed/outputs": Said(
        "mistake",
        "sums the bias's gradient over the outputs",
        "sums it over the rows, as each row adds the same bias",
        "write `dz.sum(axis=0)` for `dz.sum(axis=1)`",
    ),
    "linear.bias_not_summed/all": Said(
        "mistake",
        "sums the bias's gradient over rows and outputs",
        "sums it over the rows, as each row adds the same bias",
        "write `dz.sum(axis=0)` for `dz.sum()`",
    ),
    "linear.bias_averaged": Said(
        "mistake",
        "averages the bias's gradient over the rows",
        "sums it over the rows: the loss's gradient has the mean already",
        "write `dz.sum(axis=0)` for `dz.mean(axis=0)`",
    ),
    "linear.weight_averaged": Said(
        "mistake",
        "divides the gradient of W by the number of rows, that of b not",
        "divides neither: the loss's gradient has the mean already",
        "remove the division by the number of rows",
    ),
    "linear.bias_missing": Said("mistake", "leaves the bias out", "adds the bias", "add `b` to `x @ W.T`"),
    "linear.dx_without_weight": Said(
        "mistake",
        "hands on the gradient without the weights",
        "multiplies it by W",
        "write `dx = dz @ W`, where W is (out, in)",
    ),
    "linear.updated_weight": Said(
        "mistake",
        "goes back through the weights that it has just updated",
        "goes back through those of the forward pass",
        "compute `dx` before the weights are updated",
    ),
    "linear.activation_missing": Said(
        "mistake",
        "leaves the activation's derivative out",
        "multiplies the gradient by it",
        "multiply `da` by the derivative of the activation at `z`",
    ),
    "linear.mean_over_rows": Said(
        "convention",
        "divides the gradients of W and b by the number of rows, where the loss's gradient does not",
        "divides in the loss's gradient",
        "divide the loss's gradient by the number of rows, and not those of W and b",
    ),
}
