"""Every figure and target of the five reports, written down by hand from the reading of each report.

One row is one number as it is printed, at the place for which it was told. The program's own data are not
looked at here: what differs from this table is wrong there, or the reading was.
"""

from typing import NamedTuple

CAN_THO = "Thành phố Cần Thơ"
BINH_THUY = "Quận Bình Thuỷ, Thành phố Cần Thơ"
CAI_RANG = "Quận Cái Răng, Thành phố Cần Thơ"
HUNG_THANH = "Phường Hưng Thạnh, Quận Cái Răng, Thành phố Cần Thơ"
O_MON = "Quận Ô Môn, Thành phố Cần Thơ"
NINH_KIEU = "Quận Ninh Kiều, Thành phố Cần Thơ"
THANH_HOA = "Tỉnh Thanh Hóa"
NGOC_LAC = "Huyện Ngọc Lặc, Tỉnh Thanh Hóa"
BEN_CAT = "Thị xã Bến Cát, Tỉnh Bình Dương"


class Told(NamedTuple):
    """what: a part of the words that stand beside the number, in lower case; printed: with its qualifier."""

    place: str
    what: str
    printed: str
    unit: str


S0 = (
    Told(CAN_THO, "chuyển hóa thành công", "9", "địa bàn"),
    Told(CAN_THO, "chuyển hóa tốt", "6", "địa bàn"),
    Told(CAN_THO, "trật tự xã hội, giảm", "khoảng 50", "%"),
    Told(CAN_THO, "cố ý gây thương tích, giảm", "trên 10", "%"),
    Told(CAN_THO, "trộm cắp tài sản, giảm", "trên 41", "%"),
    Told(CAN_THO, "tuần tra", "8.548", "cuộc"),
    Told(CAN_THO, "giáo dục", "1.209", "đối tượng"),
    Told(CAN_THO, "tuyên truyền", "hàng ngàn cuộc", "cuộc"),
)
S1 = (
    Told(CAN_THO, "mô hình dân vận khéo", "30", "mô hình"),
    Told(CAN_THO, "trật tự xã hội toàn thành phố, giảm", "32", "%"),
    Told(BINH_THUY, "mô hình cấp quận", "11", "mô hình"),
    Told(BINH_THUY, "nhà trọ, nhà nghỉ, khách sạn", "1.327", "cơ sở"),
    Told(BINH_THUY, "tin nhận được", "31", "tin"),
    Told(BINH_THUY, "tin có giá trị", "28", "tin"),
    Told(BINH_THUY, "vụ làm rõ từ tin báo", "6", "vụ"),
    Told(BINH_THUY, "đối tượng từ tin báo", "18", "đối tượng"),
    Told(BINH_THUY, "camera an ninh", "2.523", "camera"),
    Told(BINH_THUY, "phạm pháp hình sự", "28", "vụ"),
    Told(BINH_THUY, "trộm cắp", "21", "vụ"),
    Told(BINH_THUY, "nghi vấn", "76", "vụ"),
    Told(BINH_THUY, "giải tán nhóm", "hàng chục lượt", "lượt"),
    Told(CAI_RANG, "tuyên truyền lưu động", "3.204", "cuộc"),
    Told(CAI_RANG, "tiến bộ", "208", "người"),
    Told(CAI_RANG, "việc làm", "39", "người"),
    Told(HUNG_THANH, "camera", "trên 700", "camera"),
    Told(O_MON, "điện thoại", "93", "nhóm"),
    Told(O_MON, "thành viên", "2.790", "thành viên"),
    Told(O_MON, "gửi đi", "trên 1.700", "tin"),
    Told(O_MON, "nhắn về", "trên 8.200", "tin"),
    Told(O_MON, "đường dây nóng", "trên 200", "đối tượng"),
)
S3 = (Told(NGOC_LAC, "thời gian", "3", "tháng"),)
S4 = (
    Told(BEN_CAT, "câu lạc bộ phòng chống tội phạm – số lượng", "8", "câu lạc bộ"),
    Told(BEN_CAT, "câu lạc bộ phòng chống tội phạm – thành viên", "245", "thành viên"),
    Told(BEN_CAT, "câu lạc bộ chủ nhà trọ – số lượng", "29", "câu lạc bộ"),
    Told(BEN_CAT, "câu lạc bộ chủ nhà trọ – thành viên", "622", "thành viên"),
    Told(BEN_CAT, "công nhân xung kích tự quản – số lượng", "172", "đội"),
    Told(BEN_CAT, "công nhân xung kích tự quản – thành viên", "2.810", "thành viên"),
    Told(BEN_CAT, "khu dân cư an toàn", "3", "khu dân cư"),
    Told(BEN_CAT, "giao lộ, ngõ hẻm", "1.202", "camera"),
    Told(BEN_CAT, "tương tác", "trên 130.000", "lượt"),
    Told(BEN_CAT, "tin nhắn", "trên 100.000", "tin nhắn"),
    Told(BEN_CAT, "theo dõi", "trên 34.000", "lượt"),
    Told(BEN_CAT, "nguồn tin nhận được", "648", "tin"),
    Told(BEN_CAT, "nguồn tin có giá trị", "350", "tin"),
    Told(BEN_CAT, "bắt, giải quyết", "206", "vụ"),
    Told(BEN_CAT, "hòa giải", "214", "vụ"),
)
COMPUTED = (
    Told(BINH_THUY, "tỷ lệ: tin có giá trị", "90,3", "%"),
    Told(BEN_CAT, "tỷ lệ: nguồn tin có giá trị", "54,0", "%"),
)
FIGURES = (*S0, *S1, *S3, *S4, *COMPUTED)

NEVER_ADDED = {
    BINH_THUY: {"28", "21", "76", "31"},
    CAI_RANG: {"208", "39"},
    CAN_THO: {"9", "6"},
    BEN_CAT: {"648", "350"},
}

# Named without any number: not told, so not 0.
UNTOLD = {
    (CAN_THO, "Camera an ninh"),
    (CAN_THO, "Zalo tiếp nhận tin báo, tố giác tội phạm"),
    (CAI_RANG, "Kết nối Zalo - Bảo đảm ANTT"),
    (NINH_KIEU, "Camera phòng chống tội phạm"),
    (NINH_KIEU, "5 trong 1"),
    (NINH_KIEU, "Tuần tra nhân dân"),
    (NINH_KIEU, "Nhà trọ tự quản về ANTT"),
    (THANH_HOA, "Zalo"),
    (THANH_HOA, "Facebook"),
    (THANH_HOA, "Tổ tự quản về an ninh, trật tự"),
}

SELECTED = {
    "can-tho-2022": "9 địa bàn",
    "can-tho-2021": "chưa có thông tin",
    "thanh-hoa-2023": "88 địa bàn",
    "ngoc-lac-2024": "3 địa bàn",
    "ben-cat-2022": "chưa có thông tin",
}
REGISTERS = {
    "can-tho-2022": "Trọng điểm, phức tạp về trật tự, an toàn xã hội",
    "can-tho-2021": "Trọng điểm, phức tạp về trật tự, an toàn xã hội",
    "thanh-hoa-2023": "Trọng điểm, phức tạp về an ninh, trật tự",
    "ngoc-lac-2024": "Trọng điểm, phức tạp về trật tự, an toàn xã hội",
    "ben-cat-2022": "chưa có thông tin",
}
AREAS = {
    "can-tho-2022": {
        ("31150", "Phường An Bình", "Quận Ninh Kiều"),
        ("31177", "Phường An Thới", "Quận Bình Thuỷ"),
        ("31192", "Phường Hưng Thạnh", "Quận Cái Răng"),
        ("31159", "Phường Thới An", "Quận Ô Môn"),
        ("31207", "Phường Thốt Nốt", "Quận Thốt Nốt"),
        ("31306", "Xã Tân Thới", "Huyện Phong Điền"),
        ("31268", "Xã Tân Thạnh", "Huyện Thới Lai"),
        ("31225", "Xã Trung Thạnh", "Huyện Cờ Đỏ"),
        ("31252", "Xã Thạnh Lộc", "Huyện Vĩnh Thạnh"),
    },
    "can-tho-2021": set(),
    "thanh-hoa-2023": {
        ("14806", "Phường Quảng Thành", "Thành phố Thanh Hóa"),
        ("14803", "Phường Quảng Thắng", "Thành phố Thanh Hóa"),
        ("16438", "Thị trấn Tân Phong", "Huyện Quảng Xương"),
        ("15187", "Thị trấn Kim Tân", "Huyện Thạch Thành"),
    },
    "ngoc-lac-2024": {
        ("15061", "Thị trấn Ngọc Lặc", "Huyện Ngọc Lặc"),
        ("15118", "Xã Kiên Thọ", "Huyện Ngọc Lặc"),
        ("15115", "Xã Nguyệt Ấn", "Huyện Ngọc Lặc"),
    },
    "ben-cat-2022": set(),
}

DURING_AND_AFTER = ", trong và sau chuyển hóa"
TARGETS = {
    "can-tho-2022": (
        ("đã chuyển hóa thành công", "ít nhất 60 %"),
        ("không phức tạp trở lại", "ít nhất 85 %"),
    ),
    "can-tho-2021": (),
    "thanh-hoa-2023": (
        ("đã chuyển hóa thành công", "đủ 100 %"),
        ("không phức tạp trở lại", "đủ 100 %"),
    ),
    "ngoc-lac-2024": (
        ("phạm tội về trật tự xã hội", "giảm ít nhất 5 %" + DURING_AND_AFTER),
        ("khám phá án", "ít nhất 80 %" + DURING_AND_AFTER),
        ("trong tổng số án khởi tố", "ít nhất 95 %" + DURING_AND_AFTER),
        ("tái phạm", "dưới 15 %" + DURING_AND_AFTER),
        ("tin báo", "đủ 100 %" + DURING_AND_AFTER),
        ("hộ dân", "đủ 100 %" + DURING_AND_AFTER),
        ("mô hình", "ít nhất 1 mô hình" + DURING_AND_AFTER + "; chỉ tính mô hình hoạt động hiệu quả"),
        ("xã hội đen", "không có" + DURING_AND_AFTER),
        ("tín dụng đen", "không có" + DURING_AND_AFTER),
        ("điểm tệ nạn xã hội giảm", "ít hơn trước" + DURING_AND_AFTER),
        ("điểm tệ nạn phức tạp mới", "không có" + DURING_AND_AFTER),
        ("hệ thống chính trị", "có xác nhận bằng văn bản" + DURING_AND_AFTER),
    ),
    "ben-cat-2022": (),
}
DOCUMENTS = {
    "can-tho-2022": ("Ban Chỉ đạo 138 thành phố Cần Thơ", "2022-02-11"),
    "can-tho-2021": ("chưa có thông tin", "chưa có thông tin"),
    "thanh-hoa-2023": ("Công an tỉnh Thanh Hóa", "chưa có thông tin"),
    "ngoc-lac-2024": ("Ban Chỉ đạo 138 huyện Ngọc Lặc", "chưa có thông tin"),
    "ben-cat-2022": ("chưa có thông tin", "chưa có thông tin"),
}
