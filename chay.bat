@echo off
rem Dia ban tren Windows. CHUA DUOC THU: tep nay chua tung chay tren may Windows nao.
chcp 65001 >nul
setlocal
set PYTHONUTF8=1
cd /d "%~dp0"
echo Tệp này chưa được thử trên Windows. Nếu có lỗi, hãy chạy hai lệnh ghi trong README.md.
py -3 -m tools.set_up run || exit /b 1
.venv\Scripts\python -m streamlit run app.py
