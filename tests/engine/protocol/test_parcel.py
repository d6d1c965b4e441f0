"""Messages with large arrays arrive whole; others as ever, whoever receives them."""

import threading
from multiprocessing import Pipe
from typing import Any

import numpy as np
import pytest

from engine.protocol import receive_message, send_message
from engine.protocol.parcel import LARGE, PIECE
from engine.spec import Matrix


def sent(message: Any) -> Any:
    """What arrives at the other end of a pipe, which holds less than is sent."""
    ours, theirs = Pipe()
    with ours, theirs:
        sender = threading.Thread(target=send_message, args=(ours, message))
        sender.start()
        received = receive_message(theirs)
        sender.join()
        assert not theirs.poll()
        return received


def matrix(rows: int) -> Matrix:
    return Matrix(np.arange(rows * 2.0), np.full(rows, 2))


@pytest.mark.parametrize("rows", [3, LARGE // 16, PIECE // 16, PIECE // 8 + 1])
def test_a_message_arrives_as_it_was_sent(rows: int) -> None:
    message = {"words": "and numbers", "x": matrix(rows), "other": [matrix(1), None]}
    assert sent(message) == message


def test_one_array_that_stands_twice_is_sent_once() -> None:
    x = matrix(LARGE)
    first, second = sent((x, x))
    assert first is second


def test_what_took_a_pass_over_the_numbers_goes_with_them() -> None:
    x = matrix(LARGE)
    x.facts  # noqa: B018
    assert sent(x)._facts == x.facts


def test_a_small_message_needs_no_other_receiver() -> None:
    ours, theirs = Pipe()
    with ours, theirs:
        send_message(ours, ("small", matrix(2)))
        assert theirs.recv() == ("small", matrix(2))


def test_arrays_that_arrived_cannot_be_changed() -> None:
    received = sent(matrix(LARGE))
    with pytest.raises(ValueError, match="read-only"):
        received.values[0] = 1
