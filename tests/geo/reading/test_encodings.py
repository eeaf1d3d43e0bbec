"""Old Vietnamese encodings: their letters, how a column's encoding is told, and files in each of them."""

import random
import zipfile
from pathlib import Path
from typing import cast

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from errors import AppError, BadOption, UnknownEncoding
from geo.matching.gazetteer import load_gazetteer
from geo.matching.syllables import is_syllable
from geo.reading.encoding_choice import choose_encoding
from geo.reading.encoding_tables import Codec, decode, encode, restore_capitals
from geo.reading.encodings import check_encoding, decode_columns
from geo.reading.read import read_boundaries, read_table
from i18n.messages import LANGUAGES, load_words

OLD: tuple[Codec, ...] = ("tcvn3", "vni", "cp1258", "utf-8")
SMALL = "àảãáạăằẳẵắặâầẩẫấậđèẻẽéẹêềểễếệìỉĩíịòỏõóọôồổỗốộơờởỡớợùủũúụưừửữứựỳỷỹýỵ"
LETTERS = SMALL + SMALL.upper()
TYPED = [*LETTERS, *map(chr, range(0x20, 0x7F))]


def make_names() -> list[str]:
    units = load_gazetteer()
    return units.loc[units["unit_set"] == "2021-12-31", "name"].tolist()


def refused(encoding: str, text: str) -> tuple[str, str]:
    frame = pd.DataFrame({"ten": [encode(text, "tcvn3")]})
    with pytest.raises(AppError) as caught:
        decode_columns(frame, file="a.csv", raw=True, encoding=encoding)
    return caught.value.code, caught.value.reason


# Letters


def test_there_are_134_letters() -> None:
    assert len(set(LETTERS)) == 134


@pytest.mark.parametrize("encoding", OLD)
def test_each_letter_returns_from_each_encoding(encoding: Codec) -> None:
    assert [decode(encode(letter, encoding), encoding) for letter in LETTERS] == list(LETTERS)


@pytest.mark.parametrize("encoding", ["vni", "cp1258", "utf-8"])
@given(text=st.lists(st.sampled_from(TYPED)).map("".join))
def test_letters_among_ascii_return_unchanged(encoding: Codec, text: str) -> None:
    assert decode(encode(text, encoding), encoding) == text


@given(text=st.lists(st.sampled_from(TYPED)).map("".join))
def test_letters_among_ascii_return_from_tcvn3_but_for_a_capital_that_meets_its_own_tone(text: str) -> None:
    """`Aµ` is À; no syllable has A before à."""
    decoded = decode(encode(text, "tcvn3"), "tcvn3")
    assert decode(encode(decoded, "tcvn3"), "tcvn3") == decoded
    if len(decoded) == len(text):
        assert decoded == text


@pytest.mark.parametrize(
    ("true", "tcvn3", "vni"),
    [
        ("Phường An Bình", "Ph\xadêng An B×nh", "Phöôøng An Bình"),
        ("Thị trấn Ngọc Lặc", "ThÞ trÊn Ngäc LÆc", "Thò traán Ngoïc Laëc"),
        ("Quận Thốt Nốt", "QuËn Thèt Nèt", "Quaän Thoát Noát"),
        ("Thành phố Cần Thơ", "Thµnh phè CÇn Th¬", "Thaønh phoá Caàn Thô"),
        ("Mỹ Phước, Ỷ Ỹ ỷ", "Mü Ph\xadíc, Yû Yü û", "Myõ Phöôùc, YÛ YÕ yû"),
        ("ĐỨC HÒA", "§¦øC HOßA", "ÑÖÙC HOØA"),
    ],
)
def test_words_look_as_the_old_programs_wrote_them(true: str, tcvn3: str, vni: str) -> None:
    assert (encode(true, "tcvn3"), encode(true, "vni")) == (tcvn3, vni)
    assert (decode(tcvn3, "tcvn3"), decode(vni, "vni")) == (true, true)


def test_a_small_mark_after_a_vni_capital_is_the_capital() -> None:
    assert decode("Aáp Ñaøo", "vni") == "Ấp Đào"


def test_letters_that_came_through_windows_are_the_same_bytes() -> None:
    assert decode("Phường Cái Khế – “A”".encode().decode("latin-1"), "utf-8") == "Phường Cái Khế – “A”"
    assert decode("Tá»• 1 â€“ 2", "utf-8") == "Tổ 1 – 2"
    assert decode("Tæ 1 \x96 2", "tcvn3") == decode("Tæ 1 – 2", "tcvn3") == "Tổ 1 – 2"


def test_cp1258_is_put_together() -> None:
    assert encode("Phường", "cp1258").encode("latin-1") == b"Ph\xfd\xf5\xccng"
    assert decode("Ph\xfd\xf5\xccng", "cp1258") == "Phường"


@pytest.mark.parametrize(
    ("text", "restored"),
    [
        ("Xã Nhơn ái", "Xã Nhơn Ái"),
        ("HUYệN ĐÔNG ANH", "HUYỆN ĐÔNG ANH"),
        ("Thị trấn ái Nghĩa", "Thị trấn ái Nghĩa"),
        ("ấp", "ấp"),
        ("Tề Lỗ", "Tề Lỗ"),
    ],
)
def test_capitals_lost_in_tcvn3_return_where_the_other_words_show_them(text: str, restored: str) -> None:
    assert restore_capitals(text) == restored


def test_syllables_follow_the_spelling_rules() -> None:
    possible = ["Nghiêng", "hoà", "hòa", "quý", "Khế", "ĐƯỜNG", "giếng", "yên"]
    impossible = ["ph­êng", "b×nh", "Hôpital", "tậch", "càt", "fế", "Kraïng", "hòà"]
    assert [is_syllable(word) for word in possible + impossible] == [True] * 8 + [False] * 8


# One column


@pytest.mark.slow
def test_eight_hundred_columns_of_thirty_names_are_all_told_right() -> None:
    names, chance = make_names(), random.Random(20211231)
    for turn in range(800):
        encoding = OLD[turn % 4]
        column = chance.sample(names, 30)
        choice = choose_encoding([encode(name, encoding) for name in column])
        assert (choice.encoding, choice.clear) == (encoding, True)


def test_unicode_columns_stay_whatever_their_names() -> None:
    names, chance = make_names(), random.Random(7)
    narrow = [name.split(" ", 1)[1] for name in names if max(name) <= "ÿ" and not name.isascii()]
    for _ in range(80):
        frame = pd.DataFrame({"ten": chance.sample(narrow, chance.randint(1, 30))})
        decoded, findings = decode_columns(frame, file="a.xlsx")
        pd.testing.assert_frame_equal(decoded, frame)
        assert findings == ()


def test_no_small_column_is_clearly_taken_for_something_else() -> None:
    names, chance = make_names(), random.Random(11)
    for turn in range(400):
        encoding, column = OLD[turn % 4], chance.sample(names, chance.randint(1, 4))
        choice = choose_encoding([encode(name, encoding) for name in column])
        if choice.clear and choice.encoding != "ascii":
            texts = [decode(encode(name, encoding), choice.codec) for name in column]
            assert texts == column


def test_columns_without_unit_names_are_told_by_spelling() -> None:
    kinds = ["Trộm cắp tài sản", "Cố ý gây thương tích", "Đánh bạc", "Lừa đảo chiếm đoạt tài sản"]
    for encoding in OLD:
        choice = choose_encoding([encode(kind, encoding) for kind in kinds])
        assert (choice.encoding, choice.clear, choice.share) == (encoding, True, 1.0)


def test_one_letter_beyond_the_byte_means_unicode() -> None:
    assert choose_encoding(["An Hoà", "Cái Khế", "C¸i KhÕ"]).encoding == "unicode"
    assert choose_encoding(["Ph\xadêng C¸i KhÕ – 1", "Ph\xadêng An Hßa"]).encoding == "tcvn3"


def test_plain_columns_need_nothing() -> None:
    choice = choose_encoding(["31117", "Long Tan"], header="MA_XA")
    assert (choice.encoding, choice.clear, choice.candidates) == ("ascii", True, ())


def test_the_font_decides_a_column_that_could_be_either() -> None:
    assert choose_encoding(["Hoà"]).clear is False
    told = choose_encoding(["Hoà"], fonts=["VNI-Times", "VNI-Helve"])
    assert (told.encoding, told.clear) == ("vni", True)
    assert choose_encoding(["Tæ"], fonts=[".VnTimeH"]).encoding == "tcvn3"


def test_a_font_left_over_from_old_text_does_not_spoil_true_letters() -> None:
    names = ["Phường An Hoà", "Phường Tân Phú", "Xã Nhân Chính", "Xã Thanh Hà"]
    assert choose_encoding(names, fonts=[".VnTime"]).codec == "cp1252"
    assert choose_encoding(["An Hoà"], fonts=[".VnTime", "Arial"]).codec == "cp1252"


def test_an_unclear_column_shows_three_values_for_each_candidate() -> None:
    choice = choose_encoding(["Hoà", "Toà", "Loà", "Khoà"])
    assert choice.clear is False
    assert choice.candidates == ("vni", "cp1252")
    assert choice.samples == {"cp1252": ("Hoà", "Toà", "Loà"), "vni": ("Hồ", "Tồ", "Lồ")}


def test_samples_are_values_that_tell_the_candidates_apart() -> None:
    choice = choose_encoding(["Tí", "Khí", "Chí", "Hoà"])
    assert choice.clear is False
    assert choice.samples == {
        "vni": ("Hồ", "Tí", "Khí"),
        "cp1252": ("Hoà", "Tí", "Khí"),
        "tcvn3": ("Hoà", "Tớ", "Khớ"),
    }


# A whole table


def test_an_hoa_never_becomes_another_place() -> None:
    frame = pd.DataFrame({"ten": ["An Hoà", None, 5], "ma": ["00123", "1", "2"]}, dtype=object)
    decoded, findings = decode_columns(frame, file="a.xlsx")
    assert decoded["ten"].tolist() == ["An Hoà", None, 5]
    assert findings == ()
    either = pd.DataFrame({"ten": ["Hoà", "Toà", "Loà", "Khoà"]})
    pd.testing.assert_frame_equal(decode_columns(either, file="a.xlsx")[0], either)


def test_old_letters_too_few_to_tell_are_asked_about_where_they_make_no_sense_as_they_stand() -> None:
    with pytest.raises(UnknownEncoding) as caught:
        decode_columns(pd.DataFrame({"Tªn": [1, 2]}), file="a.xlsx")
    assert caught.value.facts["samples"] == {"cp1252": ("Tªn",), "tcvn3": ("Tên",)}


def test_split_accents_are_put_together_and_nothing_else() -> None:
    decoded, findings = decode_columns(pd.DataFrame({"Te\u0302n": ["Ca\u0301i"]}), file="a.xlsx")
    assert (decoded.columns.tolist(), decoded["Tên"].tolist(), findings) == (["Tên"], ["Cái"], ())


def test_columns_of_several_encodings_are_each_read_in_their_own() -> None:
    names = ["Phường Cái Khế", "Phường An Hòa", "Phường Thới Bình", "Phường Hưng Lợi"]
    grid = pd.DataFrame({code: [encode(name, code) for name in names] for code in OLD} | {"n": [1, 2, 3, 4]})
    decoded, findings = decode_columns(grid.set_axis(range(5), axis=1), file="a.xlsx")
    for place in range(4):
        assert decoded[place].tolist() == names
    assert decoded[4].tolist() == [1, 2, 3, 4]
    assert [finding.facts["encoding"] for finding in findings] == list(OLD)
    assert {finding.severity for finding in findings} == {"info"}
    assert findings[0].seen == "Phường Cái Khế, Phường An Hòa, Phường Thới Bình, Phường Hưng Lợi"


def test_a_small_column_and_the_headers_follow_the_clear_ones() -> None:
    names = ["Phường Cái Khế", "Phường An Hòa", "Phường Thới Bình"]
    frame = pd.DataFrame(
        {encode("Tên xã", "vni"): [encode(name, "vni") for name in names], "khu": ["Hoà", "", ""]}
    )
    decoded, findings = decode_columns(frame, file="a.dbf", raw=True)
    assert decoded.to_dict("list") == {"Tên xã": names, "khu": ["Hồ", "", ""]}
    assert [finding.facts["encoding"] for finding in findings] == ["vni"]


def test_old_cells_among_true_ones_are_read_where_they_make_no_sense_as_they_stand() -> None:
    cells = ["Phường Cái Khế", "Ph\xadêng An Hßa", "X· Nh¬n ¸i", "Hưng Lợi"]
    decoded, findings = decode_columns(pd.DataFrame({"ten": cells}), file="a.xlsx")
    assert decoded["ten"].tolist() == ["Phường Cái Khế", "Phường An Hòa", "Xã Nhơn Ái", "Hưng Lợi"]
    assert [finding.code for finding in findings] == ["EncodingGuessed"]


def test_a_short_ambiguous_column_is_asked_about_with_samples() -> None:
    frame = pd.DataFrame({"ten": ["Hoà", "Toà", "Loà", "Khoà"]})
    with pytest.raises(UnknownEncoding) as caught:
        decode_columns(frame, file="a.csv", raw=True)
    assert caught.value.reason == "unclear"
    assert caught.value.facts == {
        "file": "a.csv",
        "column": "ten",
        "choices": "vni, cp1252",
        "samples": {"vni": ("Hồ", "Tồ", "Lồ"), "cp1252": ("Hoà", "Toà", "Loà")},
        "shown": "vni: Hồ, Tồ, Lồ; cp1252: Hoà, Toà, Loà",
    }


def test_what_a_person_says_overrules() -> None:
    frame = pd.DataFrame({"ten": ["Hoà", "Toà", "Loà"]})
    said, findings = decode_columns(frame, file="a.csv", raw=True, encoding="VNI")
    assert (said["ten"].tolist(), findings) == (["Hồ", "Tồ", "Lồ"], ())
    said, _ = decode_columns(frame, file="a.csv", raw=True, encoding="windows-1252")
    assert said["ten"].tolist() == ["Hoà", "Toà", "Loà"]


def test_what_a_person_says_leaves_true_letters_alone() -> None:
    frame = pd.DataFrame({"ten": ["Cái Khế", "Ph\xadêng", "Long"]})
    said, _ = decode_columns(frame, file="a.xlsx", encoding="abc")
    assert said["ten"].tolist() == ["Cái Khế", "phường".capitalize(), "Long"]


def test_an_encoding_that_is_none_or_does_not_fit_is_refused() -> None:
    assert refused("viscii", "Cái Khế") == ("BadOption", "encoding")
    assert refused("utf-8", "Cái Khế") == ("UnknownEncoding", "contradicted")
    with pytest.raises(BadOption) as caught:
        check_encoding("viscii")
    assert caught.value.facts == {"value": "viscii", "choices": "utf-8, tcvn3, vni, cp1258, cp1252"}


def test_every_refusal_has_its_words() -> None:
    shown = "vni: Hồ"
    for language in LANGUAGES:
        words = load_words(language)
        unclear = UnknownEncoding("unclear", file="a.csv", column="ten", choices="cp1252, vni", shown=shown)
        for said in ("a.csv", "ten", "cp1252, vni", shown, "--encoding"):
            assert said in words.error(unclear)
        contradicted = UnknownEncoding("contradicted", file="a.csv", encoding="utf-8", seen="x¸")
        assert "utf-8" in words.error(contradicted)
        assert "viscii" in words.error(BadOption("encoding", value="viscii", choices="utf-8"))


# Files

NAMES = ["Phường Cái Khế", "Phường An Hòa", "Phường Thới Bình", "Phường Hưng Lợi"]


def save_table(folder: Path, encoding: Codec, *, header: str = "Mã xã,Tên xã,Số vụ") -> Path:
    rows = [header, *(f"{31117 + place},{name},{place + 5}" for place, name in enumerate(NAMES))]
    path = folder / "bang.csv"
    path.write_bytes(encode("\n".join(rows), encoding).encode("latin-1"))
    return path


@pytest.mark.parametrize("encoding", ["tcvn3", "vni", "cp1258"])
def test_an_old_csv_is_read_in_its_letters(encoding: Codec, tmp_path: Path) -> None:
    table = read_table(save_table(tmp_path, encoding))
    assert table.frame.to_dict("list") == {
        "Mã xã": ["31117", "31118", "31119", "31120"],
        "Tên xã": NAMES,
        "Số vụ": ["5", "6", "7", "8"],
    }
    assert [finding.facts["encoding"] for finding in table.findings] == [encoding]


def test_old_letters_that_someone_saved_as_utf8_are_still_read(tmp_path: Path) -> None:
    path = save_table(tmp_path, "tcvn3")
    path.write_bytes(path.read_bytes().decode("latin-1").encode("utf-8"))
    assert read_table(path).frame["Tên xã"].tolist() == NAMES


def test_a_csv_follows_the_person(tmp_path: Path) -> None:
    path = tmp_path / "bang.csv"
    path.write_bytes("ten,so\nHoà,1\nToà,2\nLoà,3\n".encode("latin-1"))
    with pytest.raises(UnknownEncoding):
        read_table(path)
    assert read_table(path, encoding="vni").frame["ten"].tolist() == ["Hồ", "Tồ", "Lồ"]
    assert read_table(path, encoding="latin-1").frame["ten"].tolist() == ["Hoà", "Toà", "Loà"]


def rewrite_example(into: Path, encoding: Codec, cpg: str | None) -> tuple[Path, list[str]]:
    """The bundled boundaries with their letters in another encoding, and the true ward names."""
    source = Path(__file__).parents[3] / "data" / "boundaries" / "can_tho_2024.zip"
    true = read_boundaries(source).frame["TEN_XA"].tolist()
    with zipfile.ZipFile(source) as archive:
        archive.extractall(into)
    (dbf,) = into.glob("*.dbf")
    content = dbf.read_bytes()
    start, width = int.from_bytes(content[8:10], "little"), int.from_bytes(content[10:12], "little")
    widths = [content[at + 16] for at in range(32, start - 1, 32)]
    body = bytearray(content[:start])
    for row in range(start, start + width * len(true), width):
        body += content[row : row + 1]
        at = row + 1
        for size in widths:
            text = content[at : at + size].decode("utf-8").rstrip(" ")
            body += encode(text, encoding).encode("latin-1").ljust(size)
            at += size
    dbf.write_bytes(bytes(body) + b"\x1a")
    dbf.with_suffix(".cpg").unlink(missing_ok=True)
    if cpg is not None:
        dbf.with_suffix(".cpg").write_text(cpg)
    return dbf.with_suffix(".shp"), true


@pytest.mark.parametrize(
    ("encoding", "cpg", "guessed"),
    [
        ("tcvn3", None, ["tcvn3"]),
        ("vni", "UTF-8", ["vni"]),
        ("vni", "ISO-8859-1", ["vni"]),
        ("tcvn3", "1252", ["tcvn3"]),
        ("tcvn3", "1258", ["tcvn3"]),
        ("cp1258", "1258", []),
        ("cp1258", "ANSI 1252", ["cp1258"]),
        ("cp1258", None, ["cp1258"]),
        ("utf-8", "1258", ["utf-8"]),
    ],
)
def test_an_old_shapefile_is_read_whatever_its_cpg_says(
    encoding: Codec, cpg: str | None, guessed: list[str], tmp_path: Path
) -> None:
    shp, true = rewrite_example(tmp_path, encoding, cpg)
    layer = read_boundaries(shp)
    assert layer.frame["TEN_XA"].tolist() == true
    assert [
        finding.facts["encoding"] for finding in layer.findings if finding.code == "EncodingGuessed"
    ] == guessed


def test_a_shapefile_follows_the_person(tmp_path: Path) -> None:
    shp, true = rewrite_example(tmp_path, "tcvn3", None)
    assert read_boundaries(shp, encoding="abc").frame["TEN_XA"].tolist() == true
    as_is = read_boundaries(shp, encoding="cp1252").frame["TEN_XA"].iloc[0]
    assert as_is == encode(true[0], "tcvn3")
    with pytest.raises(UnknownEncoding) as caught:
        read_boundaries(shp, encoding="utf-8")
    assert caught.value.reason == "contradicted"


# Real files


@pytest.mark.real_data
@pytest.mark.parametrize("encoding", ["tcvn3", "vni"])
def test_every_made_name_is_decoded_exactly(encoding: str, real_data: Path) -> None:
    truth = pd.read_csv(real_data / "vietnam" / "ugly" / "made_cantho_names_truth.csv", dtype=str)
    decoded, findings = decode_columns(truth[[encoding]], file="truth.csv")
    assert decoded[encoding].tolist() == truth["true"].tolist()
    assert [finding.facts["encoding"] for finding in findings] == [encoding]
    codec = cast(Codec, encoding)
    small_capital = {"Xã Nhơn Ái": "X· Nh¬n ¸i"} if encoding == "tcvn3" else {}
    for true, old in zip(truth["true"], truth[encoding], strict=True):
        assert small_capital.get(true, encode(true, codec)) == old


@pytest.mark.real_data
@pytest.mark.parametrize(
    ("file", "crs"),
    [
        ("made_cantho_tcvn3_vn2000_tm3_105_noprj.zip", "EPSG:5897"),
        ("made_cantho_utf8_nfd_wrongcpg.zip", None),
    ],
)
def test_the_made_shapefiles_hold_the_true_names(file: str, crs: str | None, real_data: Path) -> None:
    ugly = real_data / "vietnam" / "ugly"
    truth = pd.read_csv(ugly / "made_cantho_names_truth.csv", dtype=str)
    layer = read_boundaries(ugly / file, crs=crs)
    names = dict(zip(layer.frame["MAXA"], layer.frame["TENXA"], strict=True))
    assert names == dict(zip(truth["gso_code"], truth["true"], strict=True))
    assert "EncodingGuessed" in [finding.code for finding in layer.findings]


@pytest.mark.real_data
def test_names_without_accents_stay_as_they_are(real_data: Path) -> None:
    ugly = real_data / "vietnam" / "ugly"
    layer = read_boundaries(ugly / "cantho2006_xaphuong_region_afgooye_nocpg.zip", crs="EPSG:3148")
    assert layer.frame["PHUONG_XA"].iloc[0] == "Xa Vinh Trinh"
    assert "EncodingGuessed" not in [finding.code for finding in layer.findings]
