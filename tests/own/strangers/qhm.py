def quasi_hyperbolic(w, g, b, lr=0.1, beta=0.9):
    b = beta * b + (1 - beta) * g
    return w - lr * (0.3 * g + 0.7 * b), b
