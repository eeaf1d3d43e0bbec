"""The open spellings in a spreadsheet: down with what is left over, up again with the answers."""

import tempfile
from pathlib import Path

import streamlit as st

from briefing.leftovers import read_corrections, write_leftovers
from geo.frames import Wards
from i18n.messages import Words
from studies.doctor import Diagnosis
from views.data_doctor_bench import Bench, apply
from views.data_report_findings import show_findings
from views.data_step import heed
from views.data_upload import plain_name
from views.widgets import escape, show_html

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def show_workbook(diagnosis: Diagnosis, wards: Wards, bench: Bench, words: Words) -> None:
    with st.expander(words("doctor.workbook")):
        st.caption(words("doctor.upload_help"))
        st.download_button(
            words("doctor.download"), data=lambda: write_leftovers(diagnosis.left_over, wards, words),
            file_name=f"{words('doctor.file_name')}.xlsx", mime=XLSX, on_click="ignore",
        )  # fmt: skip
        sent = st.file_uploader(words("doctor.upload"), type=["xlsx"], key=f"doctor_file_{bench.turn}")
        if sent is None:
            return
        with heed(words), tempfile.TemporaryDirectory(prefix="diaban-") as folder:
            path = Path(folder) / plain_name(sent.name)
            path.write_bytes(sent.getbuffer())
            corrections, findings = read_corrections(path, diagnosis.left_over, wards)
            show_findings(findings, words("data.report.remarks"), words, file=path.name)
            show_html(f'<p class="db-sub">{escape(words("doctor.read", n=len(corrections)))}</p>')
            if st.button(words("doctor.apply_file"), key="doctor_apply_file", disabled=not corrections):
                bench.turn += 1
                apply(bench, wards, bench.choices | corrections, words)
