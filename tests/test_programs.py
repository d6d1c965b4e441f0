"""What the tests themselves stand on: processes that begin with all loaded, or each would load torch anew."""

import pytest

from tests.programs import FORKED, PRELOADED, run_forked


@pytest.mark.skipif(not FORKED, reason="there are no forks here")
def test_a_forked_process_has_loaded_torch_and_all_else_that_is_named() -> None:
    code = f"import sys; print(sorted({{'torch', *{PRELOADED}}} - set(sys.modules)))"
    assert run_forked(code).stdout == "[]\n"
