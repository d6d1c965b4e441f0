def sgd(w, g, lr=0.05, weight_decay=0.0):
    return (1 - lr * weight_decay) * w - lr * g
