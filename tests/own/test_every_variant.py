"""A known departure, written as somebody's own code, is given its own name and a line of the file.

A sample: ``python -m tests.own.long variants`` tries all.
"""

from pathlib import Path

import pytest

from engine.own.session import Wanted
from engine.verify import Asked, verify_file
from tests.products import one_in

from .variant_files import KINDS, written

EVERY = 12


@pytest.mark.parametrize(
    ("kind", "reference"), one_in(2, [(kind, name) for kind, names in KINDS.items() for name in names])
)
def test_a_variant_is_given_its_name(kind: str, reference: str, tmp_path: Path) -> None:
    for variant, file in list(written(kind, reference, tmp_path))[::EVERY]:
        name = None if kind == "optimizer" else reference
        record = verify_file(file, Wanted(name), Asked(reference, steps=12), apart=False)
        assert record.named is not None, record
        assert {record.named.id} & {variant.id, *variant.same_as}, record
        assert record.named.line is not None
        assert record.verdict == variant.kind
