# any.decay_doubled 3
def sgd(w, dw, lr=0.01, reg=0.0):
    penalised = dw + 2 * reg * w
    return w - lr * penalised
