def linear_forward(x, W, b):
    z = x @ W.T + b  # hole: value
    return z, (x, W)


def linear_backward(dL_dz, cache):
    x, W = cache
    dL_dW = dL_dz.T @ x  # hole: weight
    dL_db = dL_dz.sum(axis=0)  # hole: bias
    dL_dx = dL_dz @ W  # hole: input
    return dL_dx, dL_dW, dL_db
