"""A session's file is believed in nothing: what is not exactly what it says is refused, all of it."""

import io
import json
import random
import time
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.kept_run.files import read_past, read_start
from engine.kept_run.take_up import take_up
from engine.run.lockstep import Lockstep
from engine.session_file import (
    ABOUT,
    FORMAT,
    SCHEMA,
    Archive,
    Damaged,
    array_member,
    check_schema,
    json_member,
    rows_of,
    values_of,
    zip_pieces,
)
from engine.spec import check
from tests.engine.experiments import raw_article
from tests.engine.kept_run.past_of import BUDGET, written

MUTANTS = 150


@pytest.fixture(scope="module")
def session(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    run = Lockstep(check(raw_article(optimizers=[{"name": "Adam", "params": {}}])), budget=BUDGET, judge_at_once=False)
    run.advance(130)
    run.seek(20)
    run.set_params(0, {"lr": 0.5})
    run.advance(9)
    return written(run, tmp_path_factory.mktemp("session") / "whole.lockstep").read_bytes()


def open_whole(file: Path) -> None:
    """Read all, and take it up as the engine does."""
    past, spec = read_past(file), read_start(file)
    take_up(Lockstep(spec, budget=BUDGET, changes=past.changes), past)


def repacked(content: bytes, change: Callable[[dict[str, bytes]], None], how: int = zipfile.ZIP_STORED) -> bytes:
    """The file with its members changed, and sound as a zip."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    change(members)
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", how) as archive:
        for name, own in members.items():
            archive.writestr(name, own)
    return made.getvalue()


def assert_refused(content: bytes, tmp_path: Path) -> None:
    file = tmp_path / "other.lockstep"
    file.write_bytes(content)
    with pytest.raises(Damaged):
        open_whole(file)


def test_a_sound_file_of_schema_1_opens(session: bytes, tmp_path: Path) -> None:
    file = tmp_path / "sound.lockstep"
    file.write_bytes(session)
    with Archive(file) as archive:
        assert archive.json(ABOUT)["schema"] == 1
    open_whole(file)


@pytest.mark.parametrize("name", ["../evil.npy", "/etc/passwd", "a/../b.json", "C:\\x.json", "part_0\\0.npy"])
def test_no_name_leads_anywhere(name: str, session: bytes, tmp_path: Path) -> None:
    assert_refused(repacked(session, lambda members: members.update({name: b"{}"})), tmp_path)


def test_members_of_unknown_names_are_not_read(session: bytes, tmp_path: Path) -> None:
    file = tmp_path / "more.lockstep"
    file.write_bytes(repacked(session, lambda members: members.update({"later/thing.json": b"no JSON"})))
    open_whole(file)


def test_nothing_compressed_is_taken(session: bytes, tmp_path: Path) -> None:
    """So that nothing in a file is larger than the file."""
    assert_refused(repacked(session, lambda _: None, zipfile.ZIP_DEFLATED), tmp_path)


def test_a_newer_schema_is_named_and_another_format_is_none() -> None:
    with pytest.raises(Damaged) as told:
        check_schema({"format": FORMAT, "schema": SCHEMA + 1})
    assert told.value.code == "newer_session"
    for about in ({}, [], None, {"format": "zip"}, {"format": FORMAT, "schema": True}, {"format": FORMAT, "schema": 0}):
        with pytest.raises(Damaged):
            check_schema(about)


def test_an_array_that_says_it_is_larger_than_it_is_takes_no_memory(tmp_path: Path) -> None:
    file = tmp_path / "large.lockstep"
    header = b"{'descr': '<f8', 'fortran_order': False, 'shape': (1000000000000,), }"
    header += b" " * (-(len(header) + 11) % 64) + b"\n"
    content = b"\x93NUMPY\x01\x00" + len(header).to_bytes(2, "little") + header
    file.write_bytes(b"".join(zip_pieces([("a.npy", (content,))])))
    with Archive(file) as archive, pytest.raises(Damaged):
        archive.array("a.npy")


@pytest.mark.parametrize("kind", ["object", "complex128", "datetime64[s]", "U3"])
def test_arrays_of_other_than_numbers_are_neither_written_nor_read(kind: str, tmp_path: Path) -> None:
    array, file = np.zeros(2, kind), tmp_path / "odd.lockstep"
    with pytest.raises(TypeError):
        b"".join(zip_pieces([array_member("a.npy", array)]))
    made = io.BytesIO()
    np.save(made, array, allow_pickle=True)
    file.write_bytes(b"".join(zip_pieces([("a.npy", (made.getvalue(),))])))
    with Archive(file) as archive, pytest.raises(Damaged):
        archive.array("a.npy")


def test_what_numpy_reads_is_what_was_written(tmp_path: Path) -> None:
    array = np.arange(24, dtype=np.float32).reshape(2, 3, 4)
    file = tmp_path / "plain.lockstep"
    file.write_bytes(b"".join(zip_pieces([array_member("a.npy", array), json_member("b.json", {"c": 1})])))
    with np.load(file, allow_pickle=False) as archive:
        assert np.array_equal(archive["a"], array)


values = st.recursive(
    st.one_of(
        st.integers(-(2**62), 2**62),
        st.floats(),
        st.booleans(),
        st.none(),
        st.text(max_size=5),
        st.sampled_from([np.float32(0.1), np.arange(6.0).reshape(2, 3).T, np.zeros((0, 3)), np.array(2.5)]),
    ),
    lambda inner: st.one_of(
        st.lists(inner, max_size=3), st.tuples(inner, inner), st.dictionaries(st.text(max_size=4), inner, max_size=3)
    ),
    max_leaves=8,
)


@given(st.lists(values, max_size=4))
def test_values_come_back_as_they_were(given_values: list[Any]) -> None:
    again = [value for rows in rows_of(given_values) for value in values_of(rows)]
    assert len(again) == len(given_values)
    for one, other in zip(again, given_values, strict=True):
        assert_alike(one, other)


def assert_alike(one: Any, other: Any) -> None:
    assert type(one) is type(other)
    if isinstance(one, np.ndarray):
        assert (one.tobytes(), one.dtype, one.shape) == (other.tobytes(), other.dtype, other.shape)
        assert one.flags.c_contiguous == other.flags.c_contiguous
    elif isinstance(one, dict):
        assert list(one) == list(other)
        for key in one:
            assert_alike(one[key], other[key])
    elif isinstance(one, list | tuple):
        assert len(one) == len(other)
        for left, right in zip(one, other, strict=True):
            assert_alike(left, right)
    else:
        assert one == other or one != one


def mutated(session: bytes, draw: random.Random) -> bytes:
    """The file with bytes of it, or numbers and words in a member that is sound otherwise, exchanged at random."""
    if draw.random() < 0.4:
        content = bytearray(session)
        for _ in range(draw.randint(1, 4)):
            content[draw.randrange(len(content))] = draw.randrange(256)
        return bytes(content[: draw.randrange(len(content))] if draw.random() < 0.3 else content)

    def change(members: dict[str, bytes]) -> None:
        name = draw.choice(list(members))
        if name.endswith(".json") and draw.random() < 0.8:
            value = json.loads(members[name])
            members[name] = json.dumps(mutated_value(value, draw)).encode()
        elif draw.random() < 0.3:
            del members[name]
        else:
            own = bytearray(members[name])
            own[draw.randrange(len(own))] = draw.randrange(256)
            members[name] = bytes(own)

    return repacked(session, change)


ODD: list[Any] = [None, -1, 0, 1, 1 << 70, 1e308, "", "part_0/0.npy", [], {}, [[]], True, float("nan")]


def mutated_value(value: Any, draw: random.Random) -> Any:
    if isinstance(value, dict) and value and draw.random() < 0.9:
        key = draw.choice(list(value))
        return {**value, key: mutated_value(value[key], draw)}
    if isinstance(value, list) and value and draw.random() < 0.9:
        place = draw.randrange(len(value))
        return [*value[:place], mutated_value(value[place], draw), *value[place + 1 :]]
    return draw.choice(ODD)


def open_mutant(session: bytes, seed: int, file: Path) -> str:
    """Read a mutant as it is read everywhere: it opens whole, or is refused, and in no long time."""
    file.write_bytes(mutated(session, random.Random(seed)))
    began = time.process_time()
    try:
        open_whole(file)
    except Damaged:
        found = "refused"
    else:
        found = "opened"
    assert time.process_time() - began < 1, seed
    return found


def test_mutants_are_refused_or_open_whole(session: bytes, tmp_path: Path) -> None:
    found = [open_mutant(session, seed, tmp_path / "mutant.lockstep") for seed in range(MUTANTS)]
    assert found.count("refused") > MUTANTS / 2
