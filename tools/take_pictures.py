"""The pictures of README and guide, taken anew: the example in a fresh store, a few clerk's files made here.

Run by hand after a page has changed: `python -m tools.take_pictures`, or with the names of some of them.
It wants the development packages (`make check` installs them) and Chromium.
"""

import http.client
import io
import os
import re
import socket
import subprocess
import sys
import tempfile
import time
import warnings
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import geopandas as gpd
import pandas as pd
import pyproj
import shapely
from PIL import Image
from playwright.sync_api import Browser, Error, FilePayload, Locator, Page, sync_playwright

from geo.crs import VN2000_TO_WGS84
from tools.picture_programme import KEY, keep_picture_programme

ROOT = Path(__file__).parent.parent
PICTURES = ROOT / "docs" / "pictures"
CHROMIUM = Path("/usr/bin/chromium")
FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
LOOPBACK = "127.0.0.1"
WIDTH, HEIGHT = 1440, 1000
COLOURS = 256
PATIENCE_MS = 90_000
OPENINGS, LIST_MS = 6, 6_000
TABLE, BOUNDARIES = "Tệp số liệu", "Tệp ranh giới phường, xã"
MISSPELT = """Đơn vị,Quận huyện,Năm,Số vụ
P. Cái Khế,Quận Ninh Kiều,2023,14
P. An Hoà,Quận Ninh Kiều,2023,9
Phuong Thoi Binh,Quận Ninh Kiều,2023,6
P. Hưng Lơi,Quận Ninh Kiều,2023,11
X. Tân Thới,Huyện Phong Điền,2023,3
Xã Nhơn Nghiã,Huyện Phong Điền,2023,4
Chưa xác định,,2023,2
"""
OLD_NAMES = ("P. An Hoà", "P. Long Hoà", "P. Tân An")
PART = "31240,Xã Thạnh An,{},{},một phần,,,bảng công khai"


@dataclass
class Desk:
    """The page and what a person does at it."""

    page: Page
    address: str

    def open(self, path: str, *, height: int = HEIGHT) -> None:
        """height: of the window in pixels; where the picture is the window, enough to hold the map."""
        self.page.set_viewport_size({"width": WIDTH, "height": height})
        self.page.goto(f"{self.address}/{path}")
        self.page.locator("h1").first.wait_for(timeout=PATIENCE_MS)
        self.settle()

    def settle(self) -> None:
        """Until the page has been drawn and stays so for a moment."""
        for _ in range(2):
            self.page.locator('[data-test-script-state="notRunning"]').wait_for(timeout=PATIENCE_MS)
            self.page.wait_for_timeout(700)

    def hand_in(self, label: str, file: FilePayload) -> None:
        box = self.page.get_by_test_id("stFileUploader").filter(has_text=label).locator("input[type=file]")
        box.wait_for(state="attached", timeout=PATIENCE_MS)
        box.set_input_files([file])
        self.settle()

    def press(self, words: str) -> None:
        self.page.get_by_role("button", name=words, exact=True).first.click(timeout=PATIENCE_MS)
        self.settle()

    def switch(self, words: str) -> None:
        self.page.get_by_role("radio", name=words, exact=True).click(timeout=PATIENCE_MS)
        self.settle()

    def pick(self, box: Locator, option: str) -> None:
        """A page drawn anew closes an open list; one opens it again, as a person would."""
        choice = self.page.get_by_role("option").filter(has_text=option).first
        for _ in range(OPENINGS):
            self.settle()
            box.click()
            try:
                choice.click(timeout=LIST_MS)
            except Error:
                self.page.keyboard.press("Escape")
            else:
                self.settle()
                return
        raise RuntimeError(f"nothing offered {option}")

    def box(self, label: str) -> Locator:
        return self.page.get_by_role("combobox", name=label).first

    def card(self, name: str) -> Locator:
        return self.page.locator(f".st-key-step_{name}")


def take_overview(desk: Desk) -> Locator | None:
    desk.open("?ky=2022", height=1_150)
    return None


def take_incidents(desk: Desk) -> Locator | None:
    desk.open("?ky=2022&lop=n_incidents", height=1_150)
    return None


def take_versions(desk: Desk) -> Locator | None:
    desk.open("?ky=2022&lop=n_incidents&dia_gioi=current", height=1_210)
    return None


def take_concentration(desk: Desk) -> Locator | None:
    """Sought in incidents per km², for the example shows no area among its residents."""
    desk.open("khu-vuc-tap-trung?ky=2022&tim_theo=incidents_per_km2&lop=gi_star_cluster", height=1_270)
    return None


def take_trace(desk: Desk) -> Locator | None:
    desk.open("khu-vuc-tap-trung?ky=2022")
    tile = desk.page.locator(".db-tile").nth(1)
    tile.locator("summary").click()
    return tile


def take_funnel(desk: Desk) -> Locator | None:
    desk.open("khu-vuc-tap-trung?ky=2022&cong_cu=funnel")
    return desk.page.get_by_test_id("stExpander").last


def take_cameras(desk: Desk) -> Locator | None:
    desk.open("do-phu-camera?ky=2022", height=1_240)
    return None


def take_steps(desk: Desk) -> Locator | None:
    desk.open("do-phu-camera?ky=2022")
    return desk.page.locator(".db-pair").last


def take_gaps(desk: Desk) -> Locator | None:
    """Closer to the middle of the city, where the gaps lie."""
    desk.open("do-phu-camera?ky=2022&noi_bo=gaps", height=1_240)
    map_ = desk.page.locator(".st-key-db-map")
    box = map_.bounding_box()
    assert box is not None, "the map is not on the page"
    desk.page.frame_locator("iframe").locator(".leaflet-container").focus()
    desk.page.mouse.move(box["x"] + 0.838 * box["width"], box["y"] + 0.66 * box["height"])
    for _ in range(3):
        desk.page.mouse.wheel(0, -120)
        desk.page.wait_for_timeout(400)
    return map_


def take_sites(desk: Desk) -> Locator | None:
    desk.open("do-phu-camera?ky=2022&noi_bo=sites", height=2_600)
    return desk.page.get_by_test_id("stHorizontalBlock").filter(has_text="Thêm camera, thêm được").last


def take_selection(desk: Desk) -> Locator | None:
    desk.open("lua-chon?ky=2022", height=1_700)
    return None


def take_why(desk: Desk) -> Locator | None:
    desk.open("lua-chon?ky=2022&dia_ban=31189")
    return desk.page.locator(".st-key-db-why")


def take_approval(desk: Desk) -> Locator | None:
    """A paper is written on a saved proposal only."""
    desk.open("lua-chon?ky=2022")
    desk.press("Lưu")
    name = desk.page.get_by_role("textbox", name="Tên phương án")
    name.fill("Phương án 1")
    name.press("Enter")
    desk.settle()
    desk.press("Lưu phương án")
    desk.press("Ghi phê duyệt")
    number = desk.page.get_by_role("textbox", name="Số văn bản")
    number.fill("12/QĐ-BCĐ138")
    number.blur()
    return desk.page.get_by_test_id("stPopoverBody")


def take_programme(desk: Desk) -> Locator | None:
    desk.open("theo-doi?chuong_trinh=can-tho-2022", height=1_180)
    return None


def take_steps_of_area(desk: Desk) -> Locator | None:
    _open_later(desk, area="Giai Xuân")
    card = desk.page.locator(".st-key-db-area")
    card.get_by_text("Ghi bước tiếp theo").click()
    desk.settle()
    return card.get_by_test_id("stHorizontalBlock").first


def take_targets(desk: Desk) -> Locator | None:
    _open_later(desk)
    card = desk.page.locator(".st-key-db-kpis")
    card.locator("details").first.locator("summary").first.click()
    return card


def take_watch(desk: Desk) -> Locator | None:
    _open_later(desk)
    return desk.page.locator("section.db-card", has_text="Theo dõi sau chuyển hóa")


def _open_later(desk: Desk, *, area: str = "") -> None:
    """The made-up programme, years after its areas passed."""
    desk.open(f"theo-doi?chuong_trinh={KEY}", height=2_400)
    if area:
        desk.pick(desk.box("Xem một địa bàn"), area)


def take_extras(desk: Desk) -> Locator | None:
    desk.open("du-lieu?muc=extras", height=1_160)
    return None


def take_report(desk: Desk) -> Locator | None:
    _try_misspelt(desk)
    return desk.card("report")


def take_doctor(desk: Desk) -> Locator | None:
    _try_misspelt(desk)
    boxes = desk.card("doctor").get_by_role("combobox")
    desk.pick(boxes.nth(0), "Thới Bình")
    desk.pick(boxes.nth(1), "Hưng Lợi")
    desk.pick(boxes.nth(2), "Nhơn Nghĩa")
    desk.press("Ghép lại")
    return desk.card("doctor")


def _try_misspelt(desk: Desk) -> None:
    desk.open("du-lieu?muc=tables")
    desk.hand_in(TABLE, _bytes("so_vu_2023.csv", MISSPELT.encode()))
    desk.press("Ghép thử và xem đối chiếu")
    desk.card("report").wait_for(timeout=PATIENCE_MS)


def take_encoding(desk: Desk) -> Locator | None:
    """Three names are too few to tell VNI from what a western machine shows."""
    desk.open("du-lieu?muc=boundaries")
    desk.hand_in(BOUNDARIES, _bytes("chu_cu.zip", _zip_squares(_read_centres().head(3), OLD_NAMES)))
    return desk.card("file")


def take_crs(desk: Desk) -> Locator | None:
    centres = _read_centres()
    desk.open("du-lieu?muc=boundaries")
    file = _bytes("ranh_gioi_khong_prj.zip", _zip_squares(centres, tuple(centres["name"])))
    desk.hand_in(BOUNDARIES, file)
    return desk.card("file")


def _read_centres() -> pd.DataFrame:
    return pd.read_csv(ROOT / "data" / "boundaries" / "can_tho_facts.csv", dtype={"code": str})


def _zip_squares(centres: pd.DataFrame, names: tuple[str, ...]) -> bytes:
    """A square around each centre, on VN-2000 105°00', as somebody sends it who forgot .prj and .cpg."""
    to_wgs84 = pyproj.Transformer.from_pipeline(VN2000_TO_WGS84)
    degrees = to_wgs84.transform(centres["longitude"], centres["latitude"], direction="INVERSE")
    easting, northing = pyproj.Proj("EPSG:5897")(*degrees)
    columns = {"MA_XA": list(centres["code"]), "TEN_XA": names}
    squares = shapely.buffer(shapely.points(easting, northing), 300, cap_style="square")
    is_western = all(max(name) <= "\xff" for name in names)
    packed = io.BytesIO()
    with tempfile.TemporaryDirectory() as folder, warnings.catch_warnings():
        warnings.simplefilter("ignore", UserWarning)
        frame = gpd.GeoDataFrame(columns, geometry=list(squares))
        frame.to_file(f"{folder}/lop.shp", engine="pyogrio", encoding="ISO-8859-1" if is_western else "UTF-8")
        with zipfile.ZipFile(packed, "w") as archive:
            for path in sorted(Path(folder).iterdir()):
                if path.suffix != ".cpg":
                    archive.write(path, path.name)
    return packed.getvalue()


def take_crosswalk(desk: Desk) -> Locator | None:
    """The example's table with the row that a published one has and the outlines deny."""
    desk.open("du-lieu?muc=crosswalk")
    text = (ROOT / "data" / "sample" / "crosswalk_2024_2025.csv").read_text(encoding="utf-8")
    whole = re.compile(r"^31240,Xã Thạnh An,31246,Xã Thạnh Quới,.*$", re.MULTILINE)
    text = whole.sub(f"{PART.format(31246, 'Xã Thạnh Quới')}\n{PART.format(31231, 'Xã Thạnh An')}", text)
    desk.hand_in("Bảng chuyển đổi địa giới", _bytes("chuyen_doi.csv", text.encode()))
    desk.page.get_by_text("Kết quả đối chiếu").wait_for(timeout=PATIENCE_MS)
    return desk.card("check")


def take_revisions(desk: Desk) -> Locator | None:
    desk.open("du-lieu?muc=entry")
    desk.pick(desk.box("Phường, xã"), "Cái Khế")
    for label, text in (("Kỳ", "2022-03"), ("Loại vụ", "Trộm cắp tài sản"), ("Số vụ", "5")):
        field = desk.page.get_by_label(label, exact=True)
        field.fill(text)
        field.press("Enter")
        desk.settle()
    desk.press("Ghi số này")
    desk.open("du-lieu?muc=areas")
    file = desk.page.locator('[class*="st-key-step_dataset_"]', has_text="incidents_2019_2022.csv").first
    file.get_by_text(re.compile(r"^Các bản.*\(2\)$")).click()
    desk.settle()
    return file


def _bytes(name: str, content: bytes) -> FilePayload:
    return {"name": name, "mimeType": "application/octet-stream", "buffer": content}


SHOTS: dict[str, Callable[[Desk], Locator | None]] = {
    "tong-quan": take_overview,
    "so-vu": take_incidents,
    "dia-gioi": take_versions,
    "tap-trung": take_concentration,
    "cach-tinh": take_trace,
    "phieu": take_funnel,
    "camera": take_cameras,
    "camera-ba-buoc": take_steps,
    "camera-khoang-trong": take_gaps,
    "camera-vi-tri": take_sites,
    "lua-chon": take_selection,
    "vi-sao": take_why,
    "phe-duyet": take_approval,
    "theo-doi": take_programme,
    "cac-buoc": take_steps_of_area,
    "chi-tieu": take_targets,
    "sau-chuyen-hoa": take_watch,
    "bo-sung": take_extras,
    "doi-chieu": take_report,
    "ghep-lai": take_doctor,
    "bang-ma": take_encoding,
    "he-toa-do": take_crs,
    "chuyen-doi": take_crosswalk,
    "cac-ban": take_revisions,
}


def main(names: list[str]) -> None:
    with (
        tempfile.TemporaryDirectory() as folder,
        _serve(Path(folder)) as address,
        sync_playwright() as playwright,
    ):
        own = CHROMIUM if CHROMIUM.exists() else None
        browser = playwright.chromium.launch(executable_path=own, args=list(FLAGS))
        for name in names or SHOTS:
            _shoot(browser, address, name)
        browser.close()


def _shoot(browser: Browser, address: str, name: str) -> None:
    page = browser.new_page(viewport={"width": WIDTH, "height": HEIGHT}, locale="vi-VN")
    part = SHOTS[name](Desk(page, address))
    page.mouse.move(0, 0)
    page.wait_for_timeout(1_500)
    taken = page.screenshot() if part is None else part.screenshot()
    target = PICTURES / f"{name}.png"
    image = Image.open(io.BytesIO(taken)).convert("RGB")
    image.quantize(COLOURS, dither=Image.Dither.NONE).save(target, optimize=True)
    print(f"{target.name}: {image.width} x {image.height}, {target.stat().st_size // 1000} kB")
    page.close()


@contextmanager
def _serve(folder: Path) -> Iterator[str]:
    """The dashboard on a fresh store; its address once it answers."""
    url = f"sqlite:///{folder}/kho.sqlite"
    keep_picture_programme(url, ROOT / "data" / "boundaries")
    with socket.socket() as probe:
        probe.bind((LOOPBACK, 0))
        port: int = probe.getsockname()[1]
    options = {
        "server.headless": "true",
        "server.address": LOOPBACK,
        "server.port": str(port),
        "server.fileWatcherType": "none",
        "browser.gatherUsageStats": "false",
    }
    flags = [f"--{name}={value}" for name, value in options.items()]
    env = os.environ | {"DIABAN_DATABASE": url, "DIABAN_LANGUAGE": "vi"}
    server = subprocess.Popen(
        [sys.executable, "-m", "streamlit", "run", str(ROOT / "app.py"), *flags],
        cwd=ROOT, env=env, stdout=subprocess.DEVNULL, stderr=subprocess.STDOUT,
    )  # fmt: skip
    try:
        until = time.monotonic() + PATIENCE_MS / 1000
        while not _answers(port):
            if server.poll() is not None or time.monotonic() > until:
                raise RuntimeError("the dashboard did not start")
            time.sleep(0.2)
        yield f"http://{LOOPBACK}:{port}"
    finally:
        server.terminate()
        server.wait(timeout=20)


def _answers(port: int) -> bool:
    asked = http.client.HTTPConnection(LOOPBACK, port, timeout=1)
    try:
        asked.request("GET", "/_stcore/health")
        return asked.getresponse().status == http.HTTPStatus.OK
    except OSError:
        return False
    finally:
        asked.close()


if __name__ == "__main__":
    main(sys.argv[1:])
