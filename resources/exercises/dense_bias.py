def linear_forward(x, W, b):
    z = x @ W.T + b
    return z, (x, W)


def linear_backward(dL_dz, cache):
    x, W = cache
    dL_dW = dL_dz.T @ x
    dL_db = dL_dz.sum(axis=0)  # hole
    dL_dx = dL_dz @ W
    return dL_dx, dL_dW, dL_db
