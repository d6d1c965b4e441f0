"""What layers that are not dense make of their inputs, and how their gradients go back, in a sentence each."""

from PySide6.QtCore import QCoreApplication

translate = QCoreApplication.translate


def kind_sentence(kind: str, stage: str) -> str:
    """Say what a kind of layer does in its ``forward`` or ``backward``, with ``{layer}`` still to be filled in.

    A kind without a sentence of its own is named, with ``{kind}``; empty where the stage is none of a kind's.
    """
    if stage == "forward":
        return _forward().get(kind) or translate("sentences", "Layer {layer} makes z of its inputs, as {kind} does.")
    return _backward().get(kind, "") if stage == "backward" else ""


def path_title(kind: str) -> str:
    """Name a path of a gradient by the variable that holds it in the layer's file."""
    titles = {
        "direct": translate("paths", "direct"),
        "through_mean": translate("paths", "through the mean"),
        "through_variance": translate("paths", "through the variance"),
        "through_square": translate("paths", "through the mean square"),
        "through_skip": translate("paths", "past the inside"),
        "through_inside": translate("paths", "through the inside"),
    }
    return titles.get(kind, kind.replace("_", " "))


def _forward() -> dict[str, str]:
    return {
        "LayerNorm": translate(
            "sentences",
            "Layer {layer} takes each row's mean from it and divides by the row's standard deviation; then each column "
            "is scaled and shifted by numbers that are learned.",
        ),
        "BatchNorm1d": translate(
            "sentences",
            "Layer {layer} takes each column's mean over the batch from it and divides by the column's standard "
            "deviation; then it is scaled and shifted by numbers that are learned. Running averages of both are kept, "
            "by which the network is evaluated.",
        ),
        "Dropout": translate(
            "sentences",
            "Layer {layer} sets some of its inputs to 0, drawn anew in each step, and enlarges the others by as much, "
            "so that their sum stays about the same. What is evaluated is left as it is.",
        ),
        "Flatten": translate(
            "sentences",
            "Layer {layer} lays the numbers of each row end to end, whatever axes they had. Nothing is computed.",
        ),
        "Embedding": translate(
            "sentences",
            "Layer {layer} looks up a vector for each whole number of x: number i is row i of the weight, which is "
            "learned.",
        ),
        "RMSNorm": translate(
            "sentences",
            "Layer {layer} divides each row by the root of its mean square; then each column is scaled by a number "
            "that is learned. The mean stays.",
        ),
        "Residual": translate(
            "sentences",
            "Layer {layer} adds its input, which skipped the layers inside, to what they made of it: they need only "
            "learn what to add.",
        ),
    }


def _backward() -> dict[str, str]:
    return {
        "LayerNorm": translate(
            "sentences",
            "The chain rule goes back through layer {layer} on three paths, which add up: a number moves its own "
            "output, and through the mean and the variance those of its whole row.",
        ),
        "BatchNorm1d": translate(
            "sentences",
            "The chain rule goes back through layer {layer} on three paths, which add up: a number moves its own "
            "output, and through the mean and the variance those of its column in all rows. A bias in the layer below "
            "moves the mean as well, and so nothing: its gradient is 0.",
        ),
        "Dropout": translate(
            "sentences",
            "The chain rule goes back through layer {layer}: where a number was set to 0 nothing goes back, and "
            "elsewhere as much more as it was enlarged.",
        ),
        "Flatten": translate(
            "sentences",
            "Each gradient goes back through layer {layer} to where its number stood.",
        ),
        "Embedding": translate(
            "sentences",
            "Each gradient is added to the row of the weight that layer {layer} looked up for it: where a number "
            "stands several times its row gets all of them, and a row that was not looked up gets 0.",
        ),
        "RMSNorm": translate(
            "sentences",
            "The chain rule goes back through layer {layer} on two paths, which add up: a number moves its own output, "
            "and through the mean square those of its whole row.",
        ),
        "Residual": translate(
            "sentences",
            "The chain rule goes back through layer {layer} on two paths, which add up: past the layers inside, as it "
            "comes, and through them. However little comes back through them, the layer below hears of the rest.",
        ),
    }
