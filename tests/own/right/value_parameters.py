def step(parameters, learning_rate=0.05):
    for p in parameters:
        p.data += -learning_rate * p.grad
