def gradient_descent(weight, grad, lr=0.05):
    return weight - lr * grad
