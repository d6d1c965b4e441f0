class Dropout:
    """Dropout that is handed which numbers stay."""

    def __init__(self, p=0.4):
        self.p = p

    def forward(self, x, mask, training=True):
        if not training:
            return x
        self.scaled = mask / (1 - self.p)
        return x * self.scaled

    def backward(self, dout):
        return dout * self.scaled
