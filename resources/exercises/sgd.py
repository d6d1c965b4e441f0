def sgd(w, g, state, lr=0.1):
    w = w - lr * g  # hole
    return w, state
