def dropout_forward(x, mask, p=0.5):
    y = x * mask / (1 - p)  # hole: value
    return y, (mask, p)


def dropout_backward(dL_dy, cache):
    mask, p = cache
    return dL_dy * mask / (1 - p)  # hole
