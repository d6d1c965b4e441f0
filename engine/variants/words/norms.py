"""The words of what may be in a normalization."""

from ..variant import Said

NO_MEAN_PATH = (
    "mistake",
    "leaves out the path through the mean in the gradient of x",
    "adds up three paths: as it is, through the mean, and through the variance",
    "subtract the mean of `dx_hat / sigma` too",
)
NO_VAR_PATH = (
    "mistake",
    "leaves out the path through the variance in the gradient of x",
    "adds up three paths: as it is, through the mean, and through the variance",
    "subtract `x_hat * mean(dx_hat * x_hat) / sigma` too",
)
GAMMA_MISSING = (
    "mistake",
    "leaves gamma out of the gradient of x",
    "multiplies the gradient by gamma first",
    "begin with `dx_hat = dout * gamma`",
)
UNBIASED_IN_VALUE = (
    "mistake",
    "divides the squares by n − 1, and in the gradient by n",
    "divides by n in both",
    "divide by n in both: `x.var()`, without `ddof=1`",
)
OUTSIDE = (
    "convention",
    "adds epsilon to the root",
    "adds it under the root, to the variance",
    "write `sqrt(var + eps)` for `sqrt(var) + eps`",
)

NORMS = {
    "batch_norm.no_mean_path": Said(*NO_MEAN_PATH),
    "batch_norm.no_var_path": Said(*NO_VAR_PATH),
    "batch_norm.gamma_missing": Said(*GAMMA_MISSING),
    "batch_norm.unbiased": Said(
        "convention",
        "normalizes a batch by the variance of n − 1",
        "divides the squares of a batch by n, and those of the running variance alone by n − 1",
        "normalize by `x.var(axis=0)`, without `ddof=1`",
    ),
    "batch_norm.unbiased_in_value": Said(*UNBIASED_IN_VALUE),
    "batch_norm.eps_outside_root": Said(*OUTSIDE),
    "batch_norm.biased_running_var": Said(
        "convention",
        "averages the variance of n in the running variance",
        "averages that of n − 1 there, though it normalizes by that of n",
        "update the running variance with `var * n / (n - 1)`",
    ),
    "batch_norm.momentum_reversed": Said(
        "convention",
        "takes momentum for the share of the running average that is kept: 0.9 of its own is torch's 0.1",
        "takes it for the share of the new batch",
        "write `(1 - momentum) * running + momentum * new`, or give torch 1 − momentum",
    ),
    "batch_norm.batch_at_eval": Said(
        "mistake",
        "normalizes by the batch's own statistics in evaluation too",
        "normalizes by the running ones there",
        "use the running mean and variance where it is not trained",
    ),
    "layer_norm.no_mean_path": Said(*NO_MEAN_PATH),
    "layer_norm.no_var_path": Said(*NO_VAR_PATH),
    "layer_norm.gamma_missing": Said(*GAMMA_MISSING),
    "layer_norm.over_rows": Said(
        "mistake",
        "normalizes each column over the rows, as batch norm does",
        "normalizes each row by itself, over its columns",
        "take mean and variance with `axis=1` and `keepdims=True`",
    ),
    "layer_norm.over_rows/gradient": Said(
        "mistake",
        "goes back over the rows, as batch norm does, though it normalizes each row by itself",
        "goes back over the columns of each row",
        "sum with `axis=1` and `keepdims=True` in the gradient of x, and divide by the number of columns",
    ),
    "layer_norm.unbiased": Said(
        "convention",
        "normalizes by the variance of n − 1",
        "divides the squares by n",
        "normalize by `x.var(axis=1)`, without `ddof=1`",
    ),
    "layer_norm.unbiased_in_value": Said(*UNBIASED_IN_VALUE),
    "layer_norm.eps_outside_root": Said(*OUTSIDE),
    "rms_norm.mean_subtracted": Said(
        "mistake",
        "subtracts the mean first, as layer norm does",
        "divides x by the root of its mean square, and subtracts nothing",
        "write `sqrt(mean(x * x) + eps)`, and divide x itself by it",
    ),
    "rms_norm.sum_for_mean": Said(
        "mistake",
        "divides by the root of the sum of squares",
        "divides by the root of their mean",
        "write `mean` for `sum`",
    ),
    "rms_norm.no_root_path": Said(
        "mistake",
        "leaves out the path through the root in the gradient of x",
        "adds up two paths: as it is, and through the root",
        "subtract `x_hat * mean(dx_hat * x_hat) / rms` too",
    ),
    "rms_norm.eps_outside_root": Said(*OUTSIDE),
    "rms_norm.gamma_missing": Said(*GAMMA_MISSING),
}
