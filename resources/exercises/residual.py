def residual_forward(x, inside):
    return x + inside.forward(x)  # hole: value


def residual_backward(dL_dz, inside):
    through_skip = dL_dz  # hole
    through_inside = inside.backward(dL_dz)  # hole
    return through_skip + through_inside
