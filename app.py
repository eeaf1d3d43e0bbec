"""Địa bàn's dashboard. It wires settings, store and pages; it decides nothing.

python -m streamlit run app.py
"""

from functools import partial

import streamlit as st

import views.data as data
from config import Settings
from errors import AppError
from i18n.messages import load_words
from tools.assets import ensure_assets
from views import cache, cameras, concentration, follow, overview, selection, widgets
from views.context import Context, is_loopback


def main() -> None:
    settings = Settings()
    words = load_words(settings.language)
    st.set_page_config(page_title=words("app.title"), layout="wide", initial_sidebar_state="collapsed")
    widgets.apply_style()
    with st.spinner(words("app.waking"), show_time=False):
        try:
            ensure_assets()
            store = cache.get_store(settings.database, settings.boundaries_folder)
            context = Context(
                store=store,
                words=words,
                boundaries_folder=settings.boundaries_folder,
                is_local=is_loopback(st.get_option("server.address") or ""),
                revision=store.revision(),
                areas=tuple(store.list_areas()),
            )
        except AppError as error:
            widgets.show_error(error, words)
            st.stop()
    pages = [
        st.Page(
            widgets.run_page(partial(overview.page, context), words, name="overview"),
            title=words("app.overview"), url_path="tong-quan", default=True,
        ),
        st.Page(
            widgets.run_page(partial(concentration.page, context), words, name="concentration"),
            title=words("app.concentration"), url_path="khu-vuc-tap-trung",
        ),
        st.Page(
            widgets.run_page(partial(cameras.page, context), words, name="cameras"),
            title=words("app.cameras"), url_path="do-phu-camera",
        ),
        st.Page(
            widgets.run_page(partial(selection.page, context), words, name="selection"),
            title=words("app.selection"), url_path="lua-chon",
        ),
        st.Page(
            widgets.run_page(partial(follow.page, context), words, name="follow"),
            title=words("app.follow"), url_path="theo-doi",
        ),
        st.Page(
            widgets.run_page(partial(data.page, context), words, name="data"),
            title=words("app.data"), url_path="du-lieu",
        ),
    ]  # fmt: skip
    st.navigation(pages, position="top").run()


main()
