"""What activations of whole rows make, each output of all z of its row, and how their gradients go back."""

from PySide6.QtCore import QCoreApplication

translate = QCoreApplication.translate


def row_sentence(activation: str, stage: str) -> str:
    """Say what an activation of whole rows does in a layer's ``activation`` or ``backward``; empty for any other.

    ``{layer}`` and ``{activation}`` are still to be filled in.
    """
    forward = _forward().get(activation, "")
    if stage == "activation" or not forward:
        return forward
    return _backward() if stage == "backward" else ""


def on_to_weights() -> str:
    """Say how the chain rule goes on to a dense layer's weights."""
    return translate("sentences", "From there it goes on as ever: times how z changes with each weight.")


def one_after_another(first: str, second: str) -> str:
    """Put two sentences one after another, as the language does."""
    return translate("sentences", "{first} {second}").format(first=first, second=second)


def _forward() -> dict[str, str]:
    return {
        "softmax": translate(
            "sentences",
            "Layer {layer} turns each row of z into shares that add up to 1: e to the power of each z, divided by the "
            "sum of these over the row. So each output depends on all z of its row.",
        ),
        "log_softmax": translate(
            "sentences",
            "Layer {layer} turns each row of z into the logarithms of shares that add up to 1: each z less the "
            "logarithm of the sum of e to the power of all z of the row. So each output depends on all of them.",
        ),
    }


def _backward() -> str:
    return translate(
        "sentences",
        "The chain rule goes back through layer {layer} by the Jacobian of {activation}: each z has moved all outputs "
        "of its row, and what the loss changes with each of these, times how that output changes with z, a line of the "
        "Jacobian an output, adds up.",
    )
