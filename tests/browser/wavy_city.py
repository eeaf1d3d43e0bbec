"""A made-up city with irregular wards that fit together exactly, and maps of it. Seeded."""

import random
from dataclasses import replace
from itertools import cycle

import numpy as np
import shapely

from layers import palettes
from layers.shapes import extent, label_points
from layers.spec import (
    Choropleth,
    CrossKey,
    Figure,
    Label,
    LegendEntry,
    Listing,
    MapShapes,
    MapSpec,
    MapWords,
    Marker,
    MarkerKind,
    Markers,
    Outline,
    Zone,
)

HOSTILE = '<img src=x onerror="window.__xss=1">'
HOSTILE_CODE = "31<img src=x onerror=window.__xss=1>"
NOTE = "DỮ LIỆU MINH HỌA – RANH GIỚI SƠ ĐỒ, không có giá trị pháp lý"
WORDS = MapWords(
    language="vi",
    legend="Chú giải",
    whole_area="Về toàn thành phố",
    inset="Phóng to: trung tâm",
    north="B",
    kilometre="km",
    metre="m",
    both="cả hai",
    source="Nguồn",
    boundaries="Ranh giới",
    exported="",
    crs="",
)
N_WARDS = 83
N_INCIDENTS = 5000
CELLS = ((0, 1, 2), (3, 4, 5), (6, 7, 8))
N_PARENTS = 9
TARGETS = tuple(range(4, N_WARDS, 9))
GAPS = (4, 20, 31, 40, 66)


def make_city(n_wards: int = N_WARDS) -> MapShapes:
    """Voronoi cells, denser in the south-east, cut to a slanted oval and bent by two waves."""
    chance = random.Random(5)
    seeds = np.array([[chance.random() ** 0.7, chance.random() ** 1.3] for _ in range(n_wards * 6)])
    oval = shapely.affinity.rotate(
        shapely.affinity.scale(shapely.Point(0.5, 0.5).buffer(0.5, 64), 1, 0.55), -32
    )
    seeds = seeds[shapely.contains_xy(oval, seeds[:, 0], seeds[:, 1])][:n_wards]
    cells = shapely.get_parts(shapely.voronoi_polygons(shapely.MultiPoint(seeds), extend_to=oval))
    cells = shapely.segmentize(shapely.intersection(cells, oval), 0.006)
    wards = np.array([shapely.transform(cell, _bend) for cell in cells], dtype=object)
    middle = seeds[:N_PARENTS] if n_wards > N_PARENTS else seeds
    at = shapely.get_coordinates(shapely.centroid(cells))
    nearest = np.linalg.norm(at[:, None] - middle[None], axis=2).argmin(axis=1)
    parents = [shapely.union_all(wards[nearest == place]) for place in sorted(set(nearest))]
    codes = [f"{31000 + place:05d}" for place in range(len(wards))]
    codes[1] = HOSTILE_CODE
    return MapShapes(tuple(codes), wards, np.array(parents, dtype=object))


def _bend(points: np.ndarray) -> np.ndarray:
    x, y = points[:, 0], points[:, 1]
    bent_x = x + 0.006 * np.sin(41 * y) + 0.003 * np.sin(97 * y + 3 * x)
    bent_y = y + 0.006 * np.sin(37 * x + 1) + 0.003 * np.sin(89 * x)
    return np.column_stack([105.2 + 0.75 * bent_x, 9.85 + 0.75 * bent_y])


def rate_map(shapes: MapShapes) -> MapSpec:
    """Five numeric classes, zero and unknown, with targets and gaps."""
    words = ("từ 16 trở lên", "12 – dưới 16", "8 – dưới 12", "4 – dưới 8", "dưới 4")
    fills = tuple(reversed(palettes.INCIDENTS))
    rows = [LegendEntry(word, word, fill, 0) for word, fill in zip(words, fills, strict=True)]
    rows += [
        LegendEntry("zero", "0 vụ", palettes.ZERO, 0, "zero"),
        LegendEntry("unknown", "chưa có thông tin", None, 0),
    ]
    pattern = cycle([3, 4, 2, 1, 3, 0, 2, 4, 3, 6, 2, 3, 5])
    return _make_map(
        shapes, "rate", "Số vụ trên 10.000 dân", rows, [next(pattern) for _ in shapes.ward_codes]
    )


def status_map(shapes: MapShapes) -> MapSpec:
    """Every mark."""
    words = (
        "được lựa chọn",
        "đang chuyển hóa",
        "chuyển hóa thành công",
        "trong đó: tốt",
        "chưa đạt",
        "duy trì",
    )
    keys = ("duoc_lua_chon", "dang_chuyen_hoa", "chuyen_hoa_thanh_cong", "tot", "chua_dat", "duy_tri")
    rows = [
        LegendEntry(key, word, palettes.STATUS[key], 0, palettes.STATUS_MARK[key], key == "tot")
        for key, word in zip(keys, words, strict=True)
    ]
    rows.append(
        LegendEntry("phuc_tap", "phức tạp trở lại", palettes.STATUS["phuc_tap_tro_lai"], 0, "triangle")
    )
    rows.append(LegendEntry("khong", "không thuộc diện", palettes.OUT_OF_SCOPE, 0))
    rows.append(LegendEntry("unknown", "chưa có thông tin", None, 0))
    pattern = cycle([7, 7, 0, 7, 2, 3, 7, 7, 4, 7, 5, 7, 6, 7, 7, 8])
    classes = [next(pattern) for _ in shapes.ward_codes]
    for ward in TARGETS:
        classes[ward] = 1
    return _make_map(shapes, "status", "Tình trạng chuyển hóa", rows, classes)


def both_map(shapes: MapShapes) -> MapSpec:
    """Two measures at once: nine classes in a grid and the unknown."""
    codes = [row + column for row in "CBA" for column in "123"]
    rows = [LegendEntry(code, f"nhóm {code}", palettes.BIVARIATE[code], 0, code=code) for code in codes]
    rows.append(LegendEntry("unknown", "chưa có thông tin", None, 0))
    pattern = cycle([6, 7, 3, 4, 8, 0, 1, 5, 2, 6, 9])
    spec = _make_map(shapes, "both", "Số vụ và camera", rows, [next(pattern) for _ in shapes.ward_codes])
    thirds = ("ít\ndưới 3", "vừa\n3 – 4,5", "nhiều\ntừ 4,5")
    cross = CrossKey("số vụ", "camera trên km²", tuple(reversed(thirds)), thirds, CELLS)
    return replace(spec, choropleth=replace(spec.choropleth, cross=cross))


def places_map(shapes: MapShapes) -> MapSpec:
    """An internal map: what cameras see, thousands of incidents, cameras, gaps and proposed sites."""
    chance = np.random.default_rng(11)
    west, south, east, north = extent(shapes)
    corner, size = np.array([west, south]), np.array([east - west, north - south])
    spots = corner + size * (0.7 + 0.1 * chance.standard_normal((6 * N_INCIDENTS, 2)))
    inside = shapely.contains_xy(shapely.union_all(shapes.wards), spots[:, 0], spots[:, 1])
    spots = spots[inside][: N_INCIDENTS + 90]
    incidents, cameras, others = spots[:N_INCIDENTS], spots[-90:-20], spots[-20:]
    discs = shapely.buffer(shapely.points(cameras[:60]), 0.012)
    twice = [one.intersection(other) for place, one in enumerate(discs) for other in discs[place + 1 :]]
    return replace(
        rate_map(shapes),
        key="places",
        markers=(
            _mark("incident", "vụ việc", incidents, "Trộm cắp"),
            _mark("camera", "camera đang hoạt động", cameras[:60], "Camera 4"),
            _mark("camera_off", "camera không hoạt động", cameras[60:], HOSTILE),
            _mark("gap", "nơi nhiều vụ ngoài vùng quan sát", others[:8], "Khoảng trống", numbered=True),
            _mark("site", "vị trí đề xuất", others[8:], "Vị trí đề xuất", numbered=True),
        ),
        zones=(
            Zone("seen", "vùng quan sát", shapely.union_all(discs)),
            Zone("seen_twice", "từ hai camera trở lên", shapely.union_all(twice)),
        ),
    )


def _mark(kind: MarkerKind, words: str, spots: np.ndarray, tip: str, *, numbered: bool = False) -> Markers:
    places = tuple(
        Marker(float(x), float(y), (tip, f"{kind} {place}"), place if numbered else None)
        for place, (x, y) in enumerate(spots, start=1)
    )
    return Markers(kind, words, places)


def _make_map(
    shapes: MapShapes, key: str, title: str, rows: list[LegendEntry], classes: list[int]
) -> MapSpec:
    names = [f"Thới Bình {place}" if place % 3 else f"An Hòa {place}" for place in range(len(shapes.wards))]
    names[0] = HOSTILE
    longitude, latitude, _ = label_points(shapes)
    targets, gaps = TARGETS, GAPS
    labels = [
        Label(name, float(longitude[ward]), float(latitude[ward]), "ward",
              ward if ward in targets else 2000 + ward, ward in targets)
        for ward, name in enumerate(names)
    ]  # fmt: skip
    for place, parent in enumerate(shapes.parents):
        middle = shapely.point_on_surface(parent)
        labels.append(Label(f"Quận {place + 1}", middle.x, middle.y, "district", 1000 + place))
    return MapSpec(
        key=key,
        title=f"Bản đồ {title.lower()}",
        subtitle="Thành phố Lượn Sóng, năm 2022 (từ 01/01/2022 đến 31/12/2022)",
        choropleth=Choropleth(title, "Năm 2022; cột phải: số địa bàn", tuple(classes), _count(rows, classes)),
        outlines=(
            Outline("target", "đang chuyển hóa", _codes(shapes, targets), tuple(range(1, len(targets) + 1))),
            Outline("gap", "nhiều vụ, ít camera", _codes(shapes, gaps)),
        ),
        labels=tuple(sorted(labels, key=lambda label: label.rank)),
        tips=tuple(
            (name, f"{title}: {rows[id_].words}", "Camera an ninh: 12")
            for name, id_ in zip(names, classes, strict=True)
        ),
        listing=Listing(
            "Địa bàn đang chuyển hóa",
            ("STT", "Xã, phường", "Số vụ"),
            tuple((str(place), names[ward], str(60 - ward // 2)) for place, ward in enumerate(targets, 1)),
        ),
        figures=(Figure("9", "địa bàn đang chuyển hóa"), Figure("235", "vụ, bằng 20 % toàn thành phố")),
        source="sổ theo dõi (minh họa).",
        boundaries=f"{len(shapes.wards)} địa bàn, bản chưa rõ.",
        note=NOTE,
        extent=extent(shapes),
        inset=None,
        words=WORDS,
    )


def _codes(shapes: MapShapes, wards: tuple[int, ...]) -> tuple[str, ...]:
    return tuple(shapes.ward_codes[ward] for ward in wards if ward < len(shapes.ward_codes))


def _count(rows: list[LegendEntry], classes: list[int]) -> tuple[LegendEntry, ...]:
    """An indented row's wards count in the row above it too."""
    counts = [classes.count(place) for place in range(len(rows))]
    for place, row in enumerate(rows):
        if row.indent:
            counts[place - 1] += counts[place]
    return tuple(replace(row, count=count) for row, count in zip(rows, counts, strict=True))
