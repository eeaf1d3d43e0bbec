"""KML, MapInfo and FlatGeobuf give the wards that a shapefile gives, and open nothing but themselves."""

import http.server
import json
import threading
import zipfile
from collections.abc import Callable
from pathlib import Path

import geopandas as gpd
import numpy as np
import pyogrio
import pytest
import shapely

from errors import AppError, SeveralChoices, UnknownCrs, UnreadableFile
from geo.boundaries.registry import list_entries
from geo.reading.read import list_layers, read_boundaries, read_kind, read_table
from i18n.messages import LANGUAGES, load_words
from tests.mau import CODES, NAMES, make_wards

DRIVERS = {".kml": "LIBKML", ".tab": "MapInfo File", ".mif": "MapInfo File", ".fgb": "FlatGeobuf"}
SQUARE = "105,10 105.01,10 105.01,10.01 105,10.01 105,10"
WARD = (
    "<Placemark><name>{name}</name>{more}<Polygon><outerBoundaryIs><LinearRing>"
    f"<coordinates>{SQUARE}</coordinates></LinearRing></outerBoundaryIs></Polygon></Placemark>"
)
KML = '<?xml version="1.0" encoding="UTF-8"?><kml xmlns="http://www.opengis.net/kml/2.2">{}</kml>'
VN2000_MIF = (
    "CoordSys Earth Projection 8, 9999, 28, -191.90441429, -39.30318279, -111.45032835, "
    '0.00928836, -0.01975479, 0.00427372, 0.252906278, 0, "m", 105, 0, 0.9999, 500000, 0'
)


def save(folder: Path, ending: str, frame: gpd.GeoDataFrame | None = None) -> Path:
    """The six wards of Thành phố Mẫu with their codes and names."""
    wards = make_wards().frame
    plain = gpd.GeoDataFrame(
        {"MA_XA": list(CODES), "TEN_XA": list(NAMES)}, geometry=wards.geometry.to_numpy(), crs="EPSG:4326"
    )
    path = folder / f"mau{ending}"
    sent = plain if frame is None else frame
    pyogrio.write_dataframe(sent, path, driver=DRIVERS[ending], encoding="UTF-8")
    return path


def write_kml(folder: Path, inside: str, name: str = "a.kml") -> Path:
    path = folder / name
    path.write_text(KML.format(inside), encoding="utf-8")
    return path


def write_mif(folder: Path, names: bytes, *, charset: str = "WindowsLatin1", crs: str = VN2000_MIF) -> Path:
    """One square ward of 100 m on VN-2000, with its name as bytes."""
    path = folder / "xa.mif"
    corners = "585000 1110000\n585100 1110000\n585100 1110100\n585000 1110100\n585000 1110000"
    path.write_text(
        f'Version 300\nCharset "{charset}"\nDelimiter ","\n{crs}\nColumns 1\n  TEN_XA Char(40)\nData\n\n'
        f"Region 1\n  5\n{corners}\n"
    )
    path.with_suffix(".mid").write_bytes(b'"' + names + b'"\n')
    return path


def zip_up(folder: Path, name: str = "mau.zip") -> Path:
    members = sorted(path for path in folder.iterdir() if path.suffix not in (".zip", ".kmz"))
    with zipfile.ZipFile(folder / name, "w") as archive:
        for path in members:
            archive.write(path, f"ranh giới/{path.name}")
    return folder / name


def refused(call: Callable[[], object]) -> tuple[str, str]:
    """Class and reason; both languages must have the words."""
    with pytest.raises(AppError) as caught:
        call()
    for language in LANGUAGES:
        words = load_words(language)
        assert words.has(f"error.{caught.value.code}.{caught.value.reason}")
        assert str(caught.value.facts["file"]) in words.error(caught.value)
    return caught.value.code, caught.value.reason


# The same wards


@pytest.mark.parametrize("ending", DRIVERS)
@pytest.mark.parametrize("zipped", [False, True], ids=["loose", "zipped"])
def test_every_format_gives_the_six_wards(ending: str, *, zipped: bool, tmp_path: Path) -> None:
    path = save(tmp_path, ending)
    layer = read_boundaries(zip_up(tmp_path) if zipped else path)
    rows = layer.frame.sort_values("MA_XA")
    assert rows["MA_XA"].tolist() == list(CODES)
    assert rows["TEN_XA"].tolist() == list(NAMES)
    expected = make_wards().frame.geometry.to_numpy()
    assert shapely.equals_exact(rows.geometry.to_numpy(), expected, tolerance=1e-6, normalize=True).all()
    codes = [(finding.code, finding.facts["encoding"]) for finding in layer.findings]
    assert codes == ([("EncodingGuessed", "utf-8")] if ending in (".tab", ".mif") else [])
    assert (layer.layer, read_kind(path), list_layers(path)) == ("mau", "vector", ["mau"])
    assert layer.crs is not None
    assert layer.crs.is_geographic


def test_nothing_is_written_beside_the_file(tmp_path: Path) -> None:
    for ending in DRIVERS:
        save(tmp_path, ending)
    before = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    for ending in DRIVERS:
        read_boundaries(tmp_path / f"mau{ending}")
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == before


def test_endings_in_capitals_belong_together(tmp_path: Path) -> None:
    save(tmp_path, ".tab")
    for part in list(tmp_path.iterdir()):
        part.rename(part.with_name(part.name.upper()))
    assert len(read_boundaries(tmp_path / "MAU.TAB").frame) == 6


def test_a_zip_may_hold_several_kinds_and_a_person_chooses(tmp_path: Path) -> None:
    save(tmp_path, ".tab")
    save(tmp_path, ".kml")
    write_kml(tmp_path, WARD.format(name="Xã Một", more=""), "mot.kml")
    path = zip_up(tmp_path)
    assert list_layers(path) == ["ranh giới/mau.kml/mau", "ranh giới/mau.tab", "mot"]
    assert refused(lambda: read_boundaries(path)) == ("SeveralChoices", "layers")
    assert len(read_boundaries(path, layer="ranh giới/mau.tab").frame) == 6
    assert read_boundaries(path, layer="mot").frame["Name"].tolist() == ["Xã Một"]


def test_two_geopackages_with_layers_of_one_name_can_both_be_chosen(tmp_path: Path) -> None:
    wards = gpd.GeoDataFrame(geometry=make_wards().frame.geometry.to_numpy(), crs="EPSG:4326")
    for name, n_wards in (("cu", 6), ("moi", 4)):
        pyogrio.write_dataframe(wards.iloc[:n_wards], tmp_path / f"{name}.gpkg", layer="xa")
    path = zip_up(tmp_path)
    assert list_layers(path) == ["ranh giới/cu.gpkg/xa", "ranh giới/moi.gpkg/xa"]
    assert len(read_boundaries(path, layer="ranh giới/moi.gpkg/xa").frame) == 4


def test_the_folder_of_boundaries_offers_the_new_kinds(tmp_path: Path) -> None:
    for ending in DRIVERS:
        save(tmp_path, ending)
    zip_up(tmp_path, "mau.kmz")
    kinds = {entry.path.suffix for entry in list_entries(tmp_path)}
    assert kinds == {".kml", ".tab", ".mif", ".fgb", ".kmz"}


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("a.fgb", b"PK\x03\x04 a zip", "wrong_ending"),
        ("a.fgb", b"no such thing", "corrupt"),
        ("a.fgb", b"fgb\x03fgb\x01 and then nothing", "corrupt"),
        ("a.tab", b"ma\tten\n1\tMot\n", "wrong_ending"),
        ("a.mif", b"<OGRVRTDataSource/>", "wrong_ending"),
        ("a.kml", b"<OGRVRTDataSource/>", "bad_kml"),
        ("a.kml", b"no xml", "bad_kml"),
        ("a.kml", b"<kml></kml>junk", "bad_kml"),
        ("a.kml", b"<kml></kml><OGRVRTDataSource/>", "bad_kml"),
        ("a.kml", b"<kml><Document/></kml>", "empty"),
        ("a.kmz", b"<kml/>", "corrupt"),
        ("a.dat", b"\x03", "mapinfo_part"),
        ("a.mid", b'"1"', "mapinfo_part"),
        ("a.dbf", b"\x03", "shapefile_part"),
    ],
)
def test_false_endings_and_lone_parts_are_refused(
    name: str, content: bytes, reason: str, tmp_path: Path
) -> None:
    (tmp_path / name).write_bytes(content)
    assert refused(lambda: read_boundaries(tmp_path / name)) == ("UnreadableFile", reason)


# KML


def test_kml_attributes_come_as_text_and_html_stays_html(tmp_path: Path) -> None:
    more = (
        "<description><![CDATA[<b>Xã</b><script>alert(1)</script>]]></description><visibility>1</visibility>"
        '<ExtendedData><Data name="MA_XA"><value>00123</value></Data>'
        '<Data name="TEN_HUYEN"><value>Huyện Cờ Đỏ</value></Data></ExtendedData>'
    )
    path = write_kml(tmp_path, f"<Document>{WARD.format(name='Xã Đông Hiệp', more=more)}</Document>")
    frame = read_boundaries(path).frame.drop(columns="geometry")
    assert frame.to_dict("records") == [
        {
            "Name": "Xã Đông Hiệp",
            "description": "<b>Xã</b><script>alert(1)</script>",
            "MA_XA": "00123",
            "TEN_HUYEN": "Huyện Cờ Đỏ",
        }
    ]


def test_folders_of_kml_are_layers_or_one(tmp_path: Path) -> None:
    folders = "".join(
        f"<Folder><name>{parent}</name>{''.join(WARD.format(name=name, more='') for name in names)}</Folder>"
        for parent, names in (("Quận Đông", ("Một", "Hai")), ("Huyện Tây", ("Ba",)), ("Trống", ()))
    )
    path = write_kml(tmp_path, f"<Document><name>Mẫu</name>{folders}</Document>")
    assert list_layers(path) == ["Quận Đông", "Huyện Tây", "*"]
    with pytest.raises(SeveralChoices) as caught:
        read_boundaries(path)
    assert caught.value.reason == "folders"
    assert caught.value.facts == {"file": "a.kml", "choices": "Quận Đông, Huyện Tây, *"}
    assert read_boundaries(path, layer="Huyện Tây").frame["Name"].tolist() == ["Ba"]
    together = read_boundaries(path, layer="*").frame
    assert together["Name"].tolist() == ["Một", "Hai", "Ba"]
    assert together["Folder"].tolist() == ["Quận Đông", "Quận Đông", "Huyện Tây"]


def test_a_kmz_is_read_and_its_pictures_are_left(tmp_path: Path) -> None:
    document = KML.format(f"<Document>{WARD.format(name='Xã Một', more='')}</Document>")
    with zipfile.ZipFile(tmp_path / "mau.kmz", "w") as archive:
        archive.writestr("doc.kml", document)
        archive.writestr("images/icon.png", b"\x89PNG")
    layer = read_boundaries(tmp_path / "mau.kmz")
    assert (layer.file, layer.layer) == ("mau.kmz", "doc")
    assert layer.frame["Name"].tolist() == ["Xã Một"]


def test_network_links_are_told_and_not_followed(tmp_path: Path) -> None:
    write_kml(tmp_path, WARD.format(name="Nơi khác", more=""), "other.kml")
    link = f"<NetworkLink><Link><href>{tmp_path / 'other.kml'}</href></Link></NetworkLink>"
    path = write_kml(tmp_path, f"<Document>{link}{link}{WARD.format(name='Ở đây', more='')}</Document>")
    layer = read_boundaries(path)
    assert layer.frame["Name"].tolist() == ["Ở đây"]
    assert [(finding.code, finding.facts["n"]) for finding in layer.findings] == [("NetworkLinks", 2)]
    alone = write_kml(tmp_path, f"<Document>{link}</Document>")
    assert refused(lambda: read_boundaries(alone)) == ("UnreadableFile", "only_links")


@pytest.mark.parametrize(
    "content",
    [
        '<!DOCTYPE kml [<!ENTITY x SYSTEM "file:///etc/hostname">]><kml><Placemark><name>&x;</name>'
        "</Placemark></kml>",
        '<!DOCTYPE kml [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;">]><kml><Document>&b;</Document></kml>',
        "<kml>" + "<Folder>" * 20_000 + "</Folder>" * 20_000 + "</kml>",
    ],
    ids=["entity", "entities in entities", "deep"],
)
def test_hostile_kml_is_refused(content: str, tmp_path: Path) -> None:
    path = tmp_path / "a.kml"
    path.write_text(content)
    assert refused(lambda: read_boundaries(path)) == ("UnreadableFile", "bad_kml")


def test_kml_points_are_places_in_degrees(tmp_path: Path) -> None:
    point = (
        "<Placemark><name>Camera 1</name><Point><coordinates>105.78,10.03,5</coordinates></Point></Placemark>"
    )
    table = read_table(write_kml(tmp_path, f"<Document>{point}</Document>"))
    assert table.points
    assert table.frame.to_dict("records") == [{"Name": "Camera 1", "longitude": 105.78, "latitude": 10.03}]


# MapInfo


@pytest.mark.parametrize("sign", [1, -1])
def test_mapinfo_with_its_own_datum_lands_where_vn2000_does(sign: int, tmp_path: Path) -> None:
    """Which way the rotations turn is written both ways; it moves a place by less than a metre."""
    crs = VN2000_MIF if sign == 1 else VN2000_MIF.replace("0.00928836", "-0.00928836")
    layer = read_boundaries(write_mif(tmp_path, b"Xa Mot", crs=crs))
    corner = layer.frame.geometry.get_coordinates().to_numpy()
    off_m = np.abs(corner - (105.77719769, 10.03655956)).sum(axis=1).min() * 111_000
    assert off_m < 1.0


@pytest.mark.parametrize(
    ("charset", "content"),
    [
        ("WindowsLatin1", "Ph­êng C¸i KhÕ".encode("latin-1")),
        ("WindowsVietnamese", "Ph­êng C¸i KhÕ".encode("latin-1")),
        ("Neutral", "Phường Cái Khế".encode()),
    ],
    ids=["TCVN3 said to be Latin", "TCVN3 said to be cp1258", "UTF-8 said to be nothing"],
)
def test_letters_of_mapinfo_are_found_out(charset: str, content: bytes, tmp_path: Path) -> None:
    path = write_mif(tmp_path, content, charset=charset)
    assert read_boundaries(path).frame["TEN_XA"].tolist() == ["Phường Cái Khế"]


def test_mapinfo_without_a_place_on_earth_asks_for_the_system(tmp_path: Path) -> None:
    crs = 'CoordSys NonEarth Units "m" Bounds (0, 0) (1000000, 2000000)'
    path = write_mif(tmp_path, b"Xa Mot", crs=crs)
    assert refused(lambda: read_boundaries(path)) == ("UnknownCrs", "missing")
    assert len(read_boundaries(path, crs="EPSG:5897").frame) == 1


@pytest.mark.parametrize(
    ("ending", "part"), [(".tab", ".dat"), (".tab", ".map"), (".tab", ".id"), (".mif", ".mid")]
)
def test_a_missing_part_is_named(ending: str, part: str, tmp_path: Path) -> None:
    path = save(tmp_path, ending)
    path.with_suffix(part).unlink()
    with pytest.raises(UnreadableFile) as caught:
        read_boundaries(path)
    assert (caught.value.reason, caught.value.facts["missing"]) == ("mapinfo_parts", part)


@pytest.mark.parametrize(
    "content",
    [
        '!table\n!version 300\nOpen Table "mau" Hide\nCreate View a As Select * From mau\n',
        '!table\n!version 300\n!charset WindowsLatin1\nDefinition Table\n  File "mau.png"\n  Type "RASTER"\n',
        "!table\n!version 300\nDefinition Table\n  Type LINKED\n",
        '!table\n!version 300\nDefinition Table\n  Type NATIVE Charset "Neutral"\n  Fields 1\n'
        'begin_metadata\n"\\IsSeamless" = "TRUE"\nend_metadata\n',
    ],
    ids=["view", "picture", "database", "seamless"],
)
def test_a_tab_that_points_elsewhere_is_refused(content: str, tmp_path: Path) -> None:
    save(tmp_path, ".tab")
    (tmp_path / "a.tab").write_text(content)
    assert refused(lambda: read_boundaries(tmp_path / "a.tab")) == ("UnreadableFile", "mapinfo_elsewhere")


# A .dbf alone


def test_a_lone_dbf_is_a_table(tmp_path: Path) -> None:
    wards = gpd.GeoDataFrame(
        {"MA_XA": ["00001"], "TEN_XA": ["Phường Một"], "SO_VU": [7]}, geometry=[shapely.Point(0, 0)], crs=4326
    )
    pyogrio.write_dataframe(wards, tmp_path / "bang.shp", encoding="UTF-8")
    for ending in (".shp", ".shx", ".prj"):
        (tmp_path / f"bang{ending}").unlink()
    path = tmp_path / "bang.dbf"
    table = read_table(path)
    assert table.frame.to_dict("records") == [{"MA_XA": "00001", "TEN_XA": "Phường Một", "SO_VU": 7}]
    assert (table.points, table.sheet, read_kind(path), list_layers(path)) == (
        False,
        "bang",
        "table",
        ["bang"],
    )
    assert refused(lambda: read_boundaries(path)) == ("UnreadableFile", "shapefile_part")


@pytest.mark.parametrize(
    "crs",
    [
        {"type": "link", "properties": {"href": "URL", "type": "ogcwkt"}},
        {"properties": {"url": "URL"}, "type": "url"},
    ],
)
def test_a_reference_system_behind_a_link_is_refused_and_not_fetched(
    crs: dict[str, object], tmp_path: Path
) -> None:
    asked: list[str] = []

    class Answer(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(self.path)
            self.send_error(404)

        def log_message(self, *_said: object) -> None:
            pass

    with http.server.HTTPServer(("127.0.0.1", 0), Answer) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        layer = json.loads(make_wards().frame.to_json()) | {"crs": crs}
        path = tmp_path / "mau.geojson"
        path.write_text(json.dumps(layer).replace("URL", f"http://127.0.0.1:{server.server_port}/crs"))
        with pytest.raises(UnknownCrs, match="linked"):
            read_boundaries(path)
        server.shutdown()
    assert asked == []
