# residual.inside_missing 11
class ResidualBlock:
    def __init__(self, block):
        self.block = block

    def forward(self, x):
        return x + self.block.forward(x)

    def backward(self, dout):
        self.block.backward(dout)
        return dout
