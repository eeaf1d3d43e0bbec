#!/usr/bin/env bash
# Set the offline bundle up where no network exists, and see that the dashboard and the command line answer.
set -euo pipefail
cd "$(dirname "$0")/.."

if [[ "${1:-}" != "--inside" ]]; then
    make --no-print-directory bundle
    folder=$(mktemp -d)
    trap 'rm -rf "$folder"' EXIT
    archive=$(ls -t dist/diaban-*.tar.gz | head -1)
    tar -xzf "$archive" -C "$folder" --strip-components=1
    alone=(unshare --net)
    ((EUID == 0)) || alone=(unshare --map-root-user --net)
    (cd "$folder" && "${alone[@]}" bash tools/try_offline.sh --inside)
    exit
fi

export PIP_CONFIG_FILE=/dev/null
ip link set lo up
[[ $(ip -o link show | wc -l) == 1 ]] || { echo "there is more than a loopback interface here" >&2; exit 1; }
make --no-print-directory install-offline
.venv/bin/python - <<'PYTHON'
from streamlit.testing.v1 import AppTest

page = AppTest.from_file("app.py", default_timeout=120).run()
problems = [problem.value for problem in page.exception]
assert not problems, problems
PYTHON
.venv/bin/python cli.py --help >/dev/null
make --no-print-directory run PORT=8651 &
server=$!
trap 'kill "$server"; wait "$server" || true' EXIT
.venv/bin/python - <<'PYTHON'
import time
import urllib.error
import urllib.request

def fetch(path: str) -> bytes:
    with urllib.request.urlopen(f"http://127.0.0.1:8651/{path}", timeout=10) as answer:
        return answer.read()

def wait_until_healthy(*, attempts: int = 120) -> None:
    for _ in range(attempts):
        try:
            assert fetch("_stcore/health") == b"ok"
        except (urllib.error.URLError, ConnectionError):
            time.sleep(0.5)
        else:
            return
    raise SystemExit("the dashboard did not start")

wait_until_healthy()
assert b"Leaflet" in fetch("app/static/vendor/leaflet/leaflet.js")[:200]
assert len(fetch("app/static/vendor/fonts/BeVietnamPro-Regular.ttf")) > 100_000
PYTHON
echo "offline: set up and answered without a network"
