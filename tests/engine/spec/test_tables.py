"""Files of data: read as Python and NumPy read them, and every fault told by line and column."""

import csv
import io
import pickle
import random
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.spec import DataFile, ExperimentError
from engine.spec.data import Data
from engine.spec.faults import told
from engine.spec.tables import guess_dialect, preview, read_table
from tests.drawing import is_long

NUMBERS = st.floats(allow_nan=False, allow_infinity=False, width=64)
HEADED = "width,length,kind\n1.5,2,setosa\n1.7,2.5,virginica\n2.5,3,setosa\n"


def write(folder: Path, text: str | bytes, name: str = "data.csv") -> Path:
    file = folder / name
    file.write_bytes(text if isinstance(text, bytes) else text.encode())
    return file


def read(file: Path, folder: Path | None = None, **asked: Any) -> Data:
    return read_table(file, DataFile.model_validate({"file": file.name, "y": [0], **asked}), folder).data


def refused(file: Path, **asked: Any) -> list[str]:
    with pytest.raises(ExperimentError) as error:
        read(file, **asked)
    return list(told(error.value.faults))


# --- as Python and NumPy read it ---------------------------------------------------------------


@st.composite
def tables(draw: st.DrawFn) -> tuple[list[list[float]], str, str, bool, bool]:
    width = draw(st.integers(2, 5))
    rows = draw(st.lists(st.lists(NUMBERS, min_size=width, max_size=width), min_size=1, max_size=12))
    separator = draw(st.sampled_from([",", ";", "\t", "|", " "]))
    decimal = draw(st.sampled_from([".", ","]))
    return rows, separator, decimal, draw(st.booleans()), draw(st.booleans())


@given(tables(), st.sampled_from(["\n", "\r\n", "\r"]), st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "gb18030"]))
def test_numbers_come_back_to_the_bit_from_every_dialect(table: Any, end: str, encoding: str) -> None:
    rows, separator, decimal, header, quoted = table
    text = io.StringIO()
    quoting = csv.QUOTE_ALL if quoted else csv.QUOTE_MINIMAL
    writer = csv.writer(text, delimiter=separator, quoting=quoting, lineterminator=end)
    if header:
        writer.writerow([f"column {place}" for place in range(len(rows[0]))])
    writer.writerows([[repr(number).replace(".", decimal) for number in row] for row in rows])
    with TemporaryDirectory() as place:
        folder = Path(place)
        file = write(folder, text.getvalue().encode(encoding))
        asked = {"separator": separator, "decimal": decimal, "header": header}
        named = {} if encoding.startswith("utf") else {"encoding": encoding}
        data = read(file, **asked, **named)
    np.testing.assert_array_equal(data.x.as_type("float64"), np.array(rows)[:, 1:])
    np.testing.assert_array_equal(np.signbit(data.y.as_type("float64"))[:, 0], np.signbit(np.array(rows)[:, 0]))


@given(tables(), st.booleans())
def test_what_numpy_writes_is_read_alike_in_memory_and_mapped(table: Any, single: bool) -> None:
    rows, separator, _, header, _ = table
    numbers = np.array(rows, np.float32 if single and np.abs(rows).max() < 1e38 else np.float64)
    with TemporaryDirectory() as place:
        folder = Path(place)
        np.savetxt(
            folder / "data.csv", numbers, "%.17g", separator,
            header=separator.join("abcde"[: len(rows[0])]) if header else "", comments="",
        )  # fmt: skip
        file = folder / "data.csv"
        plain, kept = (read(file, place, separator=separator, header=header) for place in (None, folder))
        np.testing.assert_array_equal(plain.x.array, numbers[:, 1:])
        assert plain.x.array.tolist() == kept.x.array.tolist()


@given(st.lists(st.text("ab ,;\"'\n\t€班", max_size=6).filter(str.strip), min_size=1, max_size=8))
def test_names_of_classes_are_what_the_csv_module_wrote(names: list[str]) -> None:
    text = io.StringIO()
    csv.writer(text).writerows([("x", "kind"), *((place, name) for place, name in enumerate(names))])
    with TemporaryDirectory() as place:
        folder = Path(place)
        data = read(write(folder, text.getvalue()), x=["x"], y=["kind"], classes=True, separator=",")
    assert [data.class_name(number) for number in data.y] == [name.replace("\n", " ").strip() for name in names]
    assert list(data.classes or ()) == sorted(set(data.classes or ()))


def test_many_rows_are_mapped_and_travel_as_a_name(tmp_path: Path) -> None:
    numbers = np.random.default_rng(0).integers(0, 256, (20_000, 11))
    np.savetxt(tmp_path / "data.csv", numbers, "%d", ",")
    data = read(tmp_path / "data.csv", tmp_path)
    assert data.x.is_mapped
    assert data.x.values.dtype == np.float32  # which has the very same numbers
    np.testing.assert_array_equal(data.x.array, numbers[:, 1:])
    double = data.x.as_type("float64")
    np.testing.assert_array_equal(double, numbers[:, 1:])
    assert (double.dtype, double.flags.writeable, data.x.as_type("float64") is double) == (np.float64, False, True)
    assert (tmp_path / "x.float64").is_file()  # mapped as well
    pickled = pickle.dumps(data)
    assert len(pickled) < 400_000  # x alone would be 800,000
    again = pickle.loads(pickled)
    assert again == data
    np.testing.assert_array_equal(again.x.array, numbers[:, 1:])


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("a,b\n1,2\n3,4\n", (",", ".", True)),
        ("1,5;2\n2,5;3\n", (";", ",", False)),
        ("a;b\n1,5;2\n", (";", ",", True)),
        ("1\t2\n3\t4\n", ("\t", ".", False)),
        ("1.5 2\n3  4\n", (" ", ".", False)),
        ('"1,5","2,5"\n"3,5","4,5"\n', (",", ",", False)),
        ("x|y\n1|2\n", ("|", ".", True)),
        ("1999,2000\n1,2\n", (",", ".", False)),
    ],
)
def test_dialects_are_guessed(text: str, found: tuple[str, str, bool]) -> None:
    assert guess_dialect(text.splitlines())[1:] == found


# --- columns, classes, standardising -------------------------------------------------------------


def test_columns_are_named_or_numbered_and_x_may_be_all_others(tmp_path: Path) -> None:
    file = write(tmp_path, HEADED)
    for x in (["width", "length"], [0, 1], ["width", 1], None):
        data = read(file, x=x, y=["kind"], classes=True)
        assert data.x.tolist() == [[1.5, 2], [1.7, 2.5], [2.5, 3]]
        assert data.y.tolist() == [0, 1, 0]
        assert data.classes == ("setosa", "virginica")
    assert read(file, x=[1], y=[0]).y.tolist() == [[1.5], [1.7], [2.5]]


def test_classes_that_are_listed_have_their_places_as_numbers(tmp_path: Path) -> None:
    file = write(tmp_path, HEADED)
    assert read(file, y=[2], classes=["virginica", "x", "setosa"]).y.tolist() == [2, 0, 2]
    assert refused(file, y=[2], classes=["setosa", "virginia"]) == [
        'data.y[0] has "virginica" in line 3, which is none of the classes setosa, virginia – did you mean virginia?'
    ]


def test_numbers_that_are_classes_are_in_the_order_of_numbers(tmp_path: Path) -> None:
    data = read(write(tmp_path, "x,y\n1,10\n2,9\n3,10\n"), y=["y"], classes=True)
    assert (data.classes, data.y.tolist()) == (("9", "10"), [1, 0, 1])


def test_x_is_standardised_by_the_rows_that_train_alone(tmp_path: Path) -> None:
    numbers = np.random.default_rng(1).normal(5, 3, (40, 3))
    numbers[:, 1] = 7
    np.savetxt(tmp_path / "data.csv", numbers, "%.17g", ",")
    data = read(tmp_path / "data.csv", y=[2], standardize=True, test={"share": 0.25, "seed": 1})
    x, _ = data.arrays("float64")
    np.testing.assert_allclose(x.mean(axis=0), 0, atol=1e-14)
    np.testing.assert_allclose(x.std(axis=0), [1, 0])
    tested, _ = data.arrays("float64", "test")
    assert abs(tested[:, 0].mean()) > 1e-3
    assert data.source is not None
    assert data.source.standard is not None
    assert data.source.standard.deviation[1] == 1


def test_arrays_of_numpy_are_taken_by_column_and_by_name(tmp_path: Path) -> None:
    numbers = np.arange(24).reshape(4, 2, 3)
    np.save(tmp_path / "a.npy", numbers)
    np.save(tmp_path / "f.npy", np.asfortranarray(numbers.reshape(4, 6)))
    np.savez_compressed(tmp_path / "a.npz", x=numbers.astype("u1"), y=np.array(["b", "a", "b", "c"]))
    for name in ("a.npy", "f.npy"):
        data = read(tmp_path / name, x=[5, 0], y=[1])
        assert data.x.tolist() == numbers.reshape(4, 6)[:, [5, 0]].tolist()
    data = read(tmp_path / "a.npz", x=["x"], y=["y"], classes=True)
    assert data.x.tolist() == numbers.reshape(4, 6).tolist()
    assert (data.y.tolist(), data.classes) == ([1, 0, 1, 2], ("a", "b", "c"))


# --- faults --------------------------------------------------------------------------------------

FAULTS = [
    ("", {}, ["data.file holds no rows"]),
    ("a,b\n", {"y": ["a"]}, ["data.file holds a header and no rows"]),
    ("a,b\n1,2\n3\n", {}, ["data.file has 1 cells in line 3, and 2 in the first: is the separator another one?"]),
    ("a,b\n1,2\n3,\n", {}, ["data.x[0] has an empty cell in line 3, column b, where a number is needed"]),
    ("1,2\n3,nan\n4,1e999\n", {}, [
        'data.x[0] has "nan" in line 2, column 1, where a finite number is needed',
        'data.x[0] has "1e999" in line 3, column 1, where a finite number is needed',
    ]),
    ("a,b\n1,2\n", {"y": ["B"], "x": ["a", 7, 0]}, [
        'data.y[0] is no column of the file: "B"; there is a, b – did you mean b?',
        "data.x[1] is no column of the file: 7; it has 2, numbered from 0",
        "data.x[2] is chosen already: 0",
    ]),
    ("a,a\n1,2\n", {"y": ["a"]}, ['data.y[0] is the name of several columns: "a"; a number from 0 says which']),
    ("1,2\n", {"y": ["a"], "header": False}, [
        'data.y[0] is a name, and the file has no header: "a"; its columns are numbered from 0 to 1'
    ]),
    (b"a,b\n1,\xe9\n", {}, [
        "data.file is no text in utf-8: line 2 has other bytes. Save it as UTF-8, or name its encoding (data.encoding)"
    ]),
    (b"a,b\n1,\x00\n", {}, ["data.file is no text: line 2 has bytes that are no characters"]),
    ("1,2\n1_0,2\n", {}, None),
    ("1,2\n\u0661,2\n", {}, None),
]  # fmt: skip


@pytest.mark.parametrize(("text", "asked", "lines"), FAULTS)
def test_faults_name_line_column_and_what_would_be_accepted(
    tmp_path: Path, text: str | bytes, asked: dict[str, Any], lines: list[str] | None
) -> None:
    found = refused(write(tmp_path, text), **asked)
    assert found == lines if lines is not None else "where a number with the decimal mark" in found[0]


def test_the_first_twenty_faults_are_told_and_how_many_more(tmp_path: Path) -> None:
    lines = refused(write(tmp_path, "a,b\n" + "x,1\n" * 30))
    assert len(lines) == 21
    assert lines[-1] == "and 10 more"


def test_other_files_are_refused_in_words(tmp_path: Path) -> None:
    np.save(tmp_path / "objects.npy", np.array([[1], [None]]), allow_pickle=True)
    assert refused(tmp_path / "objects.npy") == [
        "data.file holds objects of Python, which would run code to be read, and is not read: save numbers"
    ]
    np.savez(tmp_path / "some.npz", x=np.ones((3, 2)), y=np.ones((2, 1)), o=np.array([None]))
    assert refused(tmp_path / "some.npz", x=["x"], y=["y"]) == ["data.y has 2 rows, but x has 3"]
    assert "there is x, y, o" in refused(tmp_path / "some.npz", x=["z"], y=["y"])[0]
    assert "objects of Python" in refused(tmp_path / "some.npz", x=["o"], y=["y"])[0]
    assert refused(tmp_path / "none.csv") == ["data.file cannot be read: No such file or directory"]
    assert "is not one of .csv" in refused(write(tmp_path, "1,2\n", "data.xlsx"))[0]
    assert refused(tmp_path) != []


# --- whatever a file holds -------------------------------------------------------------------------

MUTATIONS = 20_000 if is_long() else 400


def _seeds(folder: Path) -> list[tuple[str, bytes, dict[str, Any]]]:
    numbers = np.random.default_rng(0).normal(size=(6, 3))
    np.save(folder / "a.npy", numbers)
    np.savez(folder / "a.npz", x=numbers, y=np.arange(6))
    np.savez_compressed(folder / "c.npz", x=numbers, y=np.array(list("abcabc")))
    files = [("a.npy", {}), ("a.npz", {"x": ["x"], "y": ["y"]}), ("c.npz", {"y": ["y"], "classes": True})]
    made = [(name, (folder / name).read_bytes(), asked) for name, asked in files]
    text = 'a;b;"kind; of"\n1,5;2;"set ""o"" sa"\n1,7;2,5;vir\n\n2;3;set\n'
    return [
        *made,
        ("a.csv", HEADED.encode(), {"y": ["kind"], "classes": True}),
        ("b.csv", text.encode(), {"y": [2], "classes": True}),
        ("c.csv", HEADED.encode("utf-16"), {"y": [2], "classes": True}),
        ("d.tsv", b"1\t2\n3\t4\n5\t6\n", {"y": [1], "standardize": True}),
    ]


def _mutated(content: bytes, drawn: random.Random) -> bytes:
    mutated = bytearray(content)
    for _ in range(drawn.choice((1, 1, 2, 5))):
        begin = drawn.randrange(len(mutated) + 1)
        end = min(begin + drawn.choice((0, 1, 1, 4, 40)), len(mutated))
        match drawn.randrange(4):
            case 0:
                mutated[begin:end] = bytes(drawn.randrange(256) for _ in range(end - begin))
            case 1:
                del mutated[begin:end]
            case 2:
                mutated[begin:begin] = drawn.choice((b'"', b"\n", b",", b"\0", b"\xff\xfe", b"9" * 400, b"nan", b";;"))
            case _:
                mutated[begin:begin] = mutated[begin:end] * 3
    return bytes(mutated)


def test_whatever_a_file_holds_it_is_read_whole_or_refused(tmp_path: Path) -> None:
    drawn = random.Random(20)
    seeds = _seeds(tmp_path)
    (tmp_path / "kept").mkdir()
    for number in range(MUTATIONS):
        name, content, asked = seeds[number % len(seeds)]
        file = write(tmp_path, _mutated(content, drawn), f"mutated-{name}")
        asked = {"y": [0], **asked}
        try:
            data = read(file, tmp_path / "kept" if number % 2 else None, **asked)
        except ExperimentError as error:
            _ = [str(fault) for fault in error.faults]
        else:
            assert len(data.x) == len(data.y) > 0
            assert np.isfinite(data.x.array).all()
        try:
            preview(file)
        except ExperimentError as error:
            _ = [str(fault) for fault in error.faults]
