"""What join writes: all of it or nothing, and never over what it reads."""

from pathlib import Path

import pytest

from errors import BadOption, NotWritable
from studies.joined_file import check_outputs, write_all


def list_names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_when_the_second_file_cannot_be_placed_the_first_comes_back(tmp_path: Path) -> None:
    first, second = tmp_path / "a.csv", tmp_path / "b.csv"
    first.write_text("trước", encoding="utf-8")
    with pytest.raises(NotWritable) as refused:
        write_all({first: lambda target: target.write_text("sau"), second: lambda target: None})
    assert refused.value.facts["file"] == "b.csv"
    assert first.read_text(encoding="utf-8") == "trước"
    assert list_names(tmp_path) == ["a.csv"]


def test_when_the_second_file_cannot_be_placed_a_new_first_one_goes(tmp_path: Path) -> None:
    kept = tmp_path / "b.csv"
    kept.write_text("trước", encoding="utf-8")
    with pytest.raises(NotWritable):
        write_all({tmp_path / "a.csv": lambda target: target.write_text("sau"), kept: lambda target: None})
    assert list_names(tmp_path) == ["b.csv"]
    assert kept.read_text(encoding="utf-8") == "trước"


def test_every_file_is_replaced_and_nothing_is_left_beside(tmp_path: Path) -> None:
    paths = [tmp_path / name for name in ("a.csv", "b.csv")]
    paths[0].write_text("trước", encoding="utf-8")
    write_all({path: lambda target: target.write_text("sau") for path in paths})
    assert list_names(tmp_path) == ["a.csv", "b.csv"]
    assert [path.read_text() for path in paths] == ["sau", "sau"]


@pytest.mark.parametrize("role", ["out", "report", "assignment"])
def test_an_output_over_an_input_is_refused(tmp_path: Path, role: str) -> None:
    given = {name: tmp_path / name for name in ("out.csv", "report.json", "who.csv")}
    source = given[{"out": "out.csv", "report": "report.json", "assignment": "who.csv"}[role]]
    source.write_text("số liệu", encoding="utf-8")
    (tmp_path / "lối").symlink_to(tmp_path)
    read = tmp_path / "lối" / source.name
    out, report, who = given.values()
    with pytest.raises(BadOption) as refused:
        check_outputs(out, report, {"incidents": who}, inputs=(None, read))
    assert (refused.value.reason, refused.value.facts["file"]) == ("output_is_input", source.name)


def test_the_meta_of_an_output_is_not_written_over_an_input_either(tmp_path: Path) -> None:
    with pytest.raises(BadOption) as refused:
        check_outputs(tmp_path / "a.csv", None, {}, inputs=[tmp_path / "a.csv.meta.json"])
    assert refused.value.reason == "output_is_input"


def test_one_file_under_two_spellings_is_no_two_outputs(tmp_path: Path) -> None:
    (tmp_path / "x").mkdir()
    with pytest.raises(BadOption) as refused:
        check_outputs(tmp_path / "a.csv", None, {"incidents": tmp_path / "x" / ".." / "a.csv"})
    assert refused.value.reason == "same_output"
