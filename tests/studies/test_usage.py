"""Commands written wrongly: one line in the reader's words, and nothing else."""

import pytest

from tests.studies.test_cli import refused

SITING = ("siting", "--boundaries", "a.zip", "--cameras", "b.csv", "--incidents", "c.csv", "--out", "d.csv")
WRONG = {
    "an option left out": (
        ("measure",),
        "Lệnh thiếu --joined. Hãy ghi thêm; --help sau tên lệnh in mọi tùy chọn.",
    ),
    "a radius of nothing": (
        (*SITING, "-k", "5", "--radius", "0"),
        "Giá trị 0 của --radius nhỏ quá. Hãy ghi số từ 1 trở lên.",
    ),
    "too few draws": (
        (
            "measure",
            "--joined",
            "a.csv",
            "--indicator",
            "n_incidents",
            "--out",
            "b.csv",
            "--permutations",
            "5",
        ),
        "Giá trị 5 của --permutations nhỏ quá. Hãy ghi số từ 99 trở lên.",
    ),
    "a number of cameras in another notation": (
        (*SITING, "-k", "1e6"),
        "Giá trị «1e6» của -k không phải số nguyên. Hãy ghi một số nguyên, ví dụ 5.",
    ),
    "half a camera": (
        (*SITING, "-k", "2.5"),
        "Giá trị «2.5» của -k không phải số nguyên. Hãy ghi một số nguyên, ví dụ 5.",
    ),
    "a radius in words": (
        (*SITING, "-k", "5", "--radius", "năm mươi"),
        "Giá trị «năm mươi» của --radius không dùng được. Hãy ghi một số, ví dụ 50.",
    ),
    "a misspelt option": (
        ("measure", "--indicatr", "x"),
        "Lệnh này không có tùy chọn --indicatr. Có thể là --indicator; --help sau tên lệnh in mọi tùy chọn.",
    ),
    "an option of another world": (
        ("measure", "--zzzz"),
        "Lệnh này không có tùy chọn --zzzz. --help sau tên lệnh in mọi tùy chọn.",
    ),
    "a command that is none": (
        ("programme", "bay"),
        "Không có lệnh «bay». Các lệnh: list, show, new, export; --help sau tên lệnh in mọi tùy chọn.",
    ),
    "a group of commands alone": (
        ("programme",),
        "Chưa rõ lệnh nào. Các lệnh: list, show, new, export; --help sau tên lệnh in mọi tùy chọn.",
    ),
    "an option without its value": (
        ("measure", "--joined"),
        "Sau --joined phải có một giá trị. Hãy ghi thêm rồi chạy lại.",
    ),
    "English asked for": (
        ("siting", "--lang", "en"),
        "The command lacks --boundaries. Add it; --help after the command lists every option.",
    ),
}


@pytest.mark.parametrize("name", WRONG)
def test_what_is_wrong_and_the_way_out_are_told(name: str) -> None:
    arguments, line = WRONG[name]
    assert refused(*arguments) == f"{line}\n"


def test_a_command_that_does_not_exist_is_named() -> None:
    line = refused("do-phu")
    assert line.startswith("Không có lệnh «do-phu». Các lệnh: import, ")
    assert "do-phu" in line
