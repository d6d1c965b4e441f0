def sgd(params, grads, lr=0.1):
    for p, g in zip(params, grads):
        p -= lr * g
