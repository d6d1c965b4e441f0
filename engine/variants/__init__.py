"""Known departures from torch's rules: conventions of others, and mistakes.

Each variant is a small change of one textbook function: an edit of its text, or something done to what it is given.
So it is what somebody would have written, its pairs come by themselves, and the textbook is written once. A file a
reference, or a family of them. Nothing enters but the textbook and NumPy: running somebody's code and comparing it
with a variant is done elsewhere.
"""

from .references import reference_named, reference_of, variants_of
from .rule import Rule
from .variant import Kind, Need, Reference, Shows, Variant, combined

__all__ = [
    "Kind",
    "Need",
    "Reference",
    "Rule",
    "Shows",
    "Variant",
    "combined",
    "reference_named",
    "reference_of",
    "variants_of",
]
