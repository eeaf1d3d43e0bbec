"""What a camera looks at, who owns it, and which files of cameras are refused whole."""

import numpy as np
import pandas as pd
import pytest

from errors import ForbiddenContent
from geo.frames import Joined, Source
from geo.reading.columns import TableColumns
from geo.reading.forbidden import refuse_operational
from geo.rows.facts import join_table, list_roles
from geo.versions.crosswalk import Crosswalk
from geo.versions.sharing import COUNTS, share_out
from tests.mau import make_table, make_wards, middle

WARDS = make_wards()
X, Y = middle("00001")


def join(cells: dict[str, list[object]], *, points: bool = True) -> tuple[Joined, list[str]]:
    n = len(next(iter(cells.values())))
    place: dict[str, list[object]] = {"longitude": [X] * n, "latitude": [Y] * n} if points else {}
    joined, findings, _ = join_table(WARDS, make_table(place | cells), "cameras", TableColumns())
    return joined, [finding.code for finding in findings if finding.code != "VersionUnknown"]


def test_a_camera_keeps_its_type_owner_placement_view_and_last_check() -> None:
    joined, codes = join(
        {
            "Loại camera": ["Cố định", "PTZ", "", "bay"],
            "Chủ quản": ["hộ dân", "Công an phường", "", "ông Ba"],
            "Kiểu lắp đặt": ["cột", "ngã tư", "", "trên cây"],
            "Hướng": ["đông bắc", "270°", "360", "400"],
            "Góc nhìn": ["90", "90 độ", "", "-5"],
            "Tầm xa": ["50 m", "30", "", "xa"],
            "Ngày kiểm tra": ["31/10/2022", "", 44635, "2022"],
        }
    )
    assert codes == [
        "UnknownCameraType", "UnknownOwnerKind", "UnknownPlacement", "OutOfRange", "OutOfRange", "NotANumber",
        "NotADate",
    ]  # fmt: skip
    rows = joined.rows
    assert rows["camera_type"].tolist() == ["fixed", "ptz", None, None]
    assert rows["owner_kind"].tolist() == ["residents", "police", None, None]
    assert rows["placement"].tolist() == ["pole", "junction", None, None]
    np.testing.assert_array_equal(rows["direction_deg"], [45, 270, 0, np.nan])
    np.testing.assert_array_equal(rows["angle_deg"], [90, 90, np.nan, np.nan])
    np.testing.assert_array_equal(rows["range_m"], [50, 30, np.nan, np.nan])
    assert rows["checked_on"].tolist() == [
        pd.Timestamp(2022, 10, 31), pd.NaT, pd.Timestamp(2022, 3, 15), pd.NaT]  # fmt: skip


def test_a_file_without_attributes_has_them_all_unknown() -> None:
    joined, codes = join({"trang_thai": ["hoạt động"]})
    assert codes == []
    unknown = ["n_connected", "n_live", "n_stored", "stored_days", "camera_type", "owner_kind", "placement",
               "direction_deg", "angle_deg", "range_m", "checked_on"]  # fmt: skip
    assert joined.rows[unknown].isna().all(axis=None)
    assert joined.rows["n_working"].tolist() == [1.0]


def test_working_and_connected_are_told_apart_in_words_and_in_numbers() -> None:
    points, _ = join({"Đang hoạt động": ["có", "có", "không"], "Kết nối": ["đã kết nối", "Chưa kết nối", ""]})
    assert points.rows["n_working"].tolist() == [1.0, 1.0, 0.0]
    np.testing.assert_array_equal(points.rows["n_connected"], [1.0, 0.0, np.nan])
    listed, codes = join(
        {"ma_xa": ["00001", "00002"], "so_camera": ["12", "5"], "so_ket_noi": ["7", "6"]}, points=False
    )
    assert codes == ["MoreConnected"]
    assert listed.rows["n_connected"].tolist() == [7.0, 6.0]


@pytest.mark.parametrize(
    ("header", "cell"),
    [
        ("ghi_chu", "Camera nghiệp vụ"),
        ("ghi_chu", "camera nghiep vu cua doi"),
        ("Loại camera", "nghiệp vụ"),
        ("Chủ quản", "Phòng nghiệp vụ Công an thành phố"),
        ("mo_ta", "thuộc hệ thống nghiệp vụ công an"),
        ("Độ mật", "Mật"),
        ("ghi_chu", "TUYỆT MẬT"),
        ("Camera nghiệp vụ", 2),
        ("camera_nghiep_vu", "có"),
    ],
)
def test_one_operational_police_camera_refuses_the_whole_file(header: str, cell: object) -> None:
    table = make_table({"longitude": [X] * 2, "latitude": [Y] * 2, header: ["", cell]})
    for attempt in (
        lambda: join_table(WARDS, table, "cameras", TableColumns()),
        lambda: list_roles(table, "cameras", TableColumns(longitude="longitude", latitude="latitude")),
    ):
        with pytest.raises(ForbiddenContent) as refusal:
            attempt()
        assert refusal.value.reason == "operational_cameras"
        assert refusal.value.facts == {"file": "bang.csv", "column": header, "rows": "2", "n": 1}


@pytest.mark.parametrize(
    ("header", "cell"),
    [
        ("ghi_chu", "Không bao gồm camera nghiệp vụ"),
        ("Camera nghiệp vụ", "không"),
        ("Camera nghiệp vụ", 0),
        ("ghi_chu", "mật độ dân cư cao"),
        ("ghi_chu", "mất tín hiệu"),
        ("Chủ quản", "Công an phường"),
        ("ghi_chu", "đào tạo nghiệp vụ du lịch"),
    ],
)
def test_security_cameras_are_not_mistaken_for_operational_ones(header: str, cell: object) -> None:
    refuse_operational(make_table({"longitude": [X], "latitude": [Y], header: [cell]}))


def test_incidents_may_speak_of_operational_work() -> None:
    cells: dict[str, list[object]] = {"ma_xa": ["00001"], "so_vu": ["1"], "ghi_chu": ["camera nghiệp vụ"]}
    joined, _, _ = join_table(WARDS, make_table(cells), "incidents", TableColumns())
    assert joined.rows["n"].tolist() == [1.0]


def test_a_camera_is_watched_live_or_not_and_stores_so_many_days() -> None:
    points, codes = join(
        {
            "Xem trực tuyến": ["có người trực", "Không", "trực tuyến", "", "chỉ lưu trữ", "đôi khi"],
            "Số ngày lưu": ["30 ngày", "15", "trên 30 ngày", "", "dưới 30 ngày", "1 tháng"],
        }
    )
    np.testing.assert_array_equal(points.rows["n_live"], [1, 0, 1, np.nan, 0, np.nan])
    np.testing.assert_array_equal(points.rows["stored_days"], [30, 15, 30, np.nan, np.nan, np.nan])
    assert points.rows["n_stored"].isna().all()
    assert codes == ["NotANumber", "NotANumber"]


def test_days_no_camera_could_store_are_unknown() -> None:
    points, codes = join({"Thời gian lưu": ["-1", "3660", "3661", "30.5"]})
    np.testing.assert_array_equal(points.rows["stored_days"], [np.nan, 3660, np.nan, 30.5])
    assert codes == ["OutOfRange"]


def test_a_ward_tells_how_many_are_watched_and_how_many_store_long_enough() -> None:
    listed, codes = join(
        {
            "ma_xa": ["00001", "00002", "00003"],
            "Số camera": ["12", "5", "3"],
            "Số camera trực tuyến": ["7", "6", ""],
            "Lưu trữ từ 30 ngày": ["12", "trên 3", "4"],
        },
        points=False,
    )
    np.testing.assert_array_equal(listed.rows["n_live"], [7, 6, np.nan])
    np.testing.assert_array_equal(listed.rows["n_stored"], [12, 3, 4])
    assert listed.rows["stored_days"].isna().all()
    assert codes == ["MoreLive", "MoreStored"]


def test_counts_of_a_divided_ward_are_shared_out_and_its_days_stored_stay() -> None:
    assert set(COUNTS) == {"n", "n_working", "n_connected", "n_live", "n_stored"}
    listed, _ = join(
        {"ma_xa": ["00001"], "so_camera": ["10"], "truc_tuyen": ["4"], "luu_tru_30_ngay": ["6"],
         "so_ngay_luu": ["45"]},
        points=False,
    )  # fmt: skip
    parts = pd.DataFrame(
        {
            "old_code": ["00001"] * 2, "new_code": ["00001", "00002"], "whole": False,
            "weight_population": [0.25, 0.75], "weight_area": np.nan,
        }
    )  # fmt: skip
    rows, _ = share_out(listed, Crosswalk(parts, "cũ", "mới", Source()), WARDS, "population")
    assert rows["ward_code"].tolist() == ["00001", "00002"]
    assert rows["n_live"].tolist() == [1.0, 3.0]
    assert rows["n_stored"].tolist() == [1.5, 4.5]
    assert rows["stored_days"].tolist() == [45.0, 45.0]
