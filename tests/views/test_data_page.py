"""The data page without a browser: what an upload leaves behind, and what a shared address takes in."""

import gc
import io
import stat
from dataclasses import dataclass
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from store.opening import open_store
from tests.mau import make_wards
from views.data_upload import Upload, plain_name

FOREIGN = "Địa chỉ này chỉ xem được số liệu tổng hợp"


@dataclass
class HandedOver:
    """What Streamlit hands over for an uploaded file."""

    name: str
    content: bytes
    file_id: str = "1"

    def getbuffer(self) -> memoryview:
        return io.BytesIO(self.content).getbuffer()


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("phường.zip", "phường.zip"),
        ("../../etc/passwd", "passwd"),
        ("C:\\Temp\\so.xlsx", "so.xlsx"),
        ("a\x00\nb.csv", "ab.csv"),
        (".hidden", "hidden"),
        ("..", "tep"),
        ("đ" * 200 + ".csv", "đ" * 58 + ".csv"),
    ],
)
def test_a_file_name_keeps_its_last_part_only(name: str, kept: str) -> None:
    assert plain_name(name) == kept


def test_an_upload_lies_in_a_private_folder_that_goes_with_it() -> None:
    upload = Upload([HandedOver("../so.csv", b"a,b\n")])  # type: ignore[list-item]
    path = upload.paths[0]
    assert path.read_bytes() == b"a,b\n"
    assert path.name == "so.csv"
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700
    folder = path.parent
    del upload
    gc.collect()
    assert not folder.exists()


def show_data_page(url: str, folder: str, is_local: bool) -> None:
    """The page as a script of its own; it runs apart from this module."""
    from pathlib import Path

    from i18n.messages import load_words
    from store.opening import open_store
    from views import data
    from views.context import Context

    store = open_store(url)
    areas = tuple(store.list_areas())
    data.page(Context(store, load_words("vi"), Path(folder), is_local, store.revision(), areas))
    store.close()


@pytest.mark.parametrize("is_local", [True, False])
def test_an_address_that_others_reach_shows_what_is_there_and_takes_nothing_in(
    tmp_path: Path, is_local: bool
) -> None:
    url = f"sqlite:///{tmp_path}/kho.sqlite"
    store = open_store(url)
    store.keep_boundaries(make_wards(), key="mau", title="Thành phố Mẫu")
    store.close()
    shown = AppTest.from_function(show_data_page, args=(url, str(tmp_path), is_local))
    shown.query_params["muc"] = "tables"
    shown.run(timeout=60)
    assert not shown.exception
    words = "".join(element.proto.body for element in shown.get("html"))
    assert len(shown.get("file_uploader")) == int(is_local)
    assert (FOREIGN in words) != is_local
