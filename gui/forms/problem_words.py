"""The test functions as the form tells of them: their formulas, what they are like, and where to start on them."""

from PySide6.QtCore import QCoreApplication

translate = QCoreApplication.translate

FORMULAS = {
    "rosenbrock": r"L = \left(1 - x\right)^{2} + 100 \left(y - x^{2}\right)^{2}",
    "beale": r"L = \left(1.5 - x + x y\right)^{2} + \left(2.25 - x + x y^{2}\right)^{2} "
    r"+ \left(2.625 - x + x y^{3}\right)^{2}",
    "himmelblau": r"L = \left(x^{2} + y - 11\right)^{2} + \left(x + y^{2} - 7\right)^{2}",
    "saddle": r"L = x^{2} - y^{2}",
    "quadratic": r"L = \frac{1}{2} \left(x^{2} + \kappa y^{2}\right)",
}
SPOKEN = {
    "rosenbrock": "L = (1 − x)² + 100 (y − x²)²",
    "beale": "L = (1.5 − x + xy)² + (2.25 − x + xy²)² + (2.625 − x + xy³)²",
    "himmelblau": "L = (x² + y − 11)² + (x + y² − 7)²",
    "saddle": "L = x² − y²",
    "quadratic": "L = ½ (x² + κ y²)",
}
STARTS = {
    "rosenbrock": (-1.5, 2.0),
    "beale": (1.0, 1.0),
    "himmelblau": (0.0, 0.0),
    "saddle": (-1.5, 0.01),
    "quadratic": (2.5, 1.0),
}


def about(function: str) -> str:
    """Say what a test function does to an optimizer, in a sentence."""
    texts = {
        "rosenbrock": translate(
            "problems", "A long bent valley: easy to get into, hard to follow to its lowest point (1, 1)."
        ),
        "beale": translate("problems", "A wide plain between steep walls; lowest at (3, 0.5)."),
        "himmelblau": translate(
            "problems",
            "Four equally low points, one of them (3, 2): which is found depends on the start and the steps.",
        ),
        "saddle": translate(
            "problems", "It rises along x and falls along y for ever: near y = 0 there is hardly a slope to follow."
        ),
        "quadratic": translate(
            "problems", "A bowl, κ times as curved along y as along x: the larger κ, the harder for plain descent."
        ),
    }
    return texts.get(function, "")
