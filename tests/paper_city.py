"""A made-up city of 83 wards in 9 districts, crowded in the south-east, and a full map of it. Seeded."""

import random
from dataclasses import replace

import numpy as np
import shapely

from i18n.messages import load_words
from layers.palettes import STATUS, STATUS_MARK
from layers.shapes import extent, find_inset, label_points
from layers.spec import (
    Choropleth,
    Figure,
    Label,
    LegendEntry,
    Listing,
    MapShapes,
    MapSpec,
    Outline,
)
from layers.words import map_words

N_WARDS, N_PARENTS, N_CENTRE = 83, 9, 24
NOTE = "DỮ LIỆU MINH HỌA – RANH GIỚI SƠ ĐỒ, không có giá trị pháp lý"
DISTRICTS = (
    "Vĩnh Thạnh",
    "Thốt Nốt",
    "Cờ Đỏ",
    "Ô Môn",
    "Thới Lai",
    "Phong Điền",
    "Bình Thủy",
    "Ninh Kiều",
    "Cái Răng",
)
NAMES = (
    "Thạnh Lộc",
    "Trung Thạnh",
    "Thốt Nốt",
    "Tân Thạnh",
    "Thới An",
    "Tân Thới",
    "An Thới",
    "Hưng Thạnh",
    "An Bình",
    "Hưng Lợi",
    "Cái Khế",
    "Xuân Khánh",
    "Bùi Hữu Nghĩa",
    "Trường Xuân A",
    "Đông Hiệp",
)
HEADS = (
    (-0.8, -0.25),
    (-0.25, -0.62),
    (-0.4, 0.05),
    (0.12, -0.28),
    (0.05, 0.3),
    (0.4, 0.5),
    (0.48, 0.02),
    (0.6, 0.22),
    (0.85, 0.45),
)
# Rows of the legend, with how many wards have each status and the row's words.
STATUSES = (
    ("duoc_lua_chon", 3, "được lựa chọn"),
    ("dang_chuyen_hoa", 9, "đang chuyển hóa"),
    ("chuyen_hoa_thanh_cong", 3, "chuyển hóa thành công"),
    ("tot", 6, "trong đó: tốt"),
    ("chua_dat", 2, "chưa đạt"),
    ("duy_tri", 5, "duy trì"),
    ("phuc_tap_tro_lai", 2, "phức tạp trở lại"),
    ("khong_thuoc_dien", 50, "không thuộc diện"),
    ("chua_co_thong_tin", 3, "chưa có thông tin"),
)


def make_shapes() -> MapShapes:
    """Voronoi cells in a slanted oval, bent by waves; neighbours share every point of their border."""
    chance = random.Random(7)
    oval = _oval()
    seeds = _relaxed(_seeds(chance, oval), oval)
    cells = shapely.get_parts(
        shapely.voronoi_polygons(shapely.MultiPoint(seeds), extend_to=oval, ordered=True)
    )
    cells = shapely.segmentize(shapely.set_precision(shapely.intersection(cells, oval), 1e-9), 0.02)
    wards = shapely.set_precision(shapely.transform(cells, _bend), 1e-7)
    centres = shapely.get_coordinates(shapely.centroid(cells))
    heads = np.array(HEADS)
    nearest = np.linalg.norm(centres[:, None] - heads[None], axis=2).argmin(axis=1)
    parents = np.empty(N_PARENTS, dtype=object)
    parents[:] = [shapely.union_all(wards[nearest == place]) for place in range(N_PARENTS)]
    return MapShapes(tuple(f"{31000 + place:05d}" for place in range(N_WARDS)), wards, parents)


def _oval() -> shapely.Polygon:
    angles = np.linspace(0, 2 * np.pi, 240, endpoint=False)
    long_axis = 1.0 + 0.05 * np.sin(5 * angles)
    x, y = long_axis * np.cos(angles), 0.5 * long_axis * np.sin(angles)
    return shapely.Polygon(np.column_stack([0.88 * x - 0.3 * y, 0.5 * x + 0.9 * y]))


def _seeds(chance: random.Random, oval: shapely.Polygon) -> np.ndarray:
    seeds: list[tuple[float, float]] = []
    while len(seeds) < N_WARDS:
        if len(seeds) < N_CENTRE:
            x, y = chance.gauss(0.58, 0.1), chance.gauss(0.26, 0.07)
        else:
            x, y = chance.uniform(-1, 1), chance.uniform(-1, 1)
        if oval.contains(shapely.Point(x, y)):
            seeds.append((x, y))
    return np.array(seeds)


def _relaxed(seeds: np.ndarray, oval: shapely.Polygon) -> np.ndarray:
    """The outer wards spread evenly; the crowded ones stay where they are."""
    for _ in range(4):
        cells = shapely.get_parts(
            shapely.voronoi_polygons(shapely.MultiPoint(seeds), extend_to=oval, ordered=True)
        )
        middles = shapely.get_coordinates(shapely.centroid(shapely.intersection(cells, oval)))
        seeds = np.vstack([seeds[:N_CENTRE], middles[N_CENTRE:]])
    return seeds


def _bend(points: np.ndarray) -> np.ndarray:
    x, y = points[:, 0], points[:, 1]
    wave_x = 0.016 * np.sin(23 * y + 3 * x) + 0.007 * np.sin(61 * y)
    wave_y = 0.016 * np.sin(19 * x - 2 * y) + 0.007 * np.sin(53 * x)
    return np.column_stack([105.52 + 0.3 * (x + wave_x), 10.12 - 0.24 * (y + wave_y)])


def make_spec(shapes: MapShapes | None = None) -> MapSpec:
    """Every kind of thing a sheet can show: nine classes, targets, gaps, both, list, figures, note."""
    shapes = shapes or make_shapes()
    ward_class = _classes(len(shapes.ward_codes))
    targets = [place for place, class_id in enumerate(ward_class) if class_id == 1]
    gaps = [*targets[::4], 40, 55, 61]
    longitudes, latitudes, _ = label_points(shapes)
    codes = shapes.ward_codes
    names = {place: NAMES[rank] for rank, place in enumerate(targets)}
    labels = [
        Label(name, longitudes[place], latitudes[place], "ward", rank, always=True)
        for rank, (place, name) in enumerate(names.items())
    ]
    labels += [
        Label(name, parent.representative_point().x, parent.representative_point().y, "district", 50)
        for name, parent in zip(DISTRICTS, shapes.parents, strict=False)
    ]
    labels += [
        Label(NAMES[9 + place % 6], longitudes[place], latitudes[place], "ward", 100 + place)
        for place in range(len(codes))
        if place not in names
    ]
    return MapSpec(
        key="status",
        title="Bản đồ tình trạng chuyển hóa địa bàn trọng điểm, phức tạp về trật tự, an toàn xã hội",
        subtitle="Thành phố Mẫu, năm 2022 (từ 01/01/2022 đến 31/12/2022)",
        choropleth=Choropleth(
            title="Tình trạng chuyển hóa",
            subtitle="Năm 2022; cột phải: số địa bàn",
            ward_class=ward_class,
            classes=tuple(
                LegendEntry(
                    key,
                    words,
                    STATUS[key],
                    n + 6 * (key == "chuyen_hoa_thanh_cong"),
                    STATUS_MARK.get(key),
                    key == "tot",
                )
                for key, n, words in STATUSES
            ),
        ),
        outlines=(
            Outline(
                "target",
                "địa bàn của kế hoạch năm 2022",
                tuple(codes[p] for p in targets),
                tuple(range(1, 10)),
            ),
            Outline("gap", "nhiều vụ, ít camera", tuple(codes[place] for place in gaps)),
        ),
        labels=tuple(labels),
        tips=tuple(() for _ in codes),
        listing=Listing(
            "Địa bàn đang chuyển hóa",
            ("", "Xã, phường", "Quận, huyện", "Số vụ"),
            tuple(
                (str(rank + 1), f"P. {name}", f"Q. {DISTRICTS[rank]}", str(51 - 4 * rank))
                for rank, name in enumerate(names.values())
            ),
        ),
        figures=(
            Figure("9", "địa bàn đang chuyển hóa"),
            Figure("235", "vụ, bằng 20 % toàn thành phố"),
            Figure("3", "xã không có số liệu"),
        ),
        source="sổ theo dõi chương trình và số vụ theo xã, phường (minh họa), số liệu đến 31/12/2022.",
        boundaries="83 xã, phường, thị trấn, bản trước 31/10/2024.",
        note=NOTE,
        extent=extent(shapes),
        inset=find_inset(shapes),
        words=map_words(load_words("vi")),
    )


def _classes(n_wards: int) -> tuple[int, ...]:
    classes = [place for place, (_, n, _) in enumerate(STATUSES) for _ in range(n)]
    random.Random(3).shuffle(classes)
    return tuple(classes[:n_wards])


def without_extras(spec: MapSpec) -> MapSpec:
    """The same map with nothing but its classes."""
    return replace(spec, outlines=(), labels=(), listing=None, figures=(), note="", inset=None)
