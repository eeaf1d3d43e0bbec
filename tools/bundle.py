"""The offline bundle: one archive from which a machine without any network is set up.

It holds the project's files as git knows them, the front-end files, and a wheel of every locked
package for this operating system, processor and Python minor; it serves no other.
"""

import subprocess
import sys
import tarfile
import tomllib
from pathlib import Path

from tools.assets import FILES, ensure_assets
from tools.set_up import RUN_LOCK, describe_machine
from tools.wording import ROOT, SetUpFailed, fail, say


def make_bundle() -> Path:
    """Write dist/diaban-<version>-<machine>.tar.gz and give its path."""
    ensure_assets()
    project = _list_project_files()
    say("wheels")
    wheels = _download_wheels()
    version = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["version"]
    name = f"diaban-{version}-{describe_machine()}"
    target = ROOT / "dist" / f"{name}.tar.gz"
    target.parent.mkdir(exist_ok=True)
    partial = target.with_suffix(".partial")
    vendor = ["static/vendor/stamp.txt", *(f"static/vendor/{file}" for file in FILES)]
    with tarfile.open(partial, "w:gz", compresslevel=1) as archive:  # wheels are compressed already
        for file in [*project, *vendor]:
            archive.add(ROOT / file, f"{name}/{file}")
        for wheel in wheels:
            archive.add(wheel, f"{name}/wheels/{wheel.name}")
    partial.replace(target)
    return target


def _list_project_files() -> list[str]:
    command = ["git", "-c", "core.quotePath=false", "ls-files", "-z"]
    try:
        listed = subprocess.run(command, cwd=ROOT, capture_output=True, check=True, text=True).stdout
    except (OSError, subprocess.CalledProcessError) as problem:
        raise SetUpFailed("no_git") from problem
    return [name for name in listed.split("\0") if name and (ROOT / name).is_file()]


def _download_wheels() -> list[Path]:
    folder = ROOT / "build" / "wheels"
    folder.mkdir(parents=True, exist_ok=True)
    for stale in folder.iterdir():
        stale.unlink()
    pip = [sys.executable, "-m", "pip", "download", "--quiet", "--disable-pip-version-check"]
    fetch = [*pip, "--only-binary", ":all:", "--require-hashes", "-r", str(RUN_LOCK), "--dest", str(folder)]
    if subprocess.run(fetch, cwd=ROOT, check=False).returncode:
        raise SetUpFailed("packages", lock=RUN_LOCK.name)
    (folder / "made-for.txt").write_text(describe_machine() + "\n", encoding="utf-8")
    return sorted(folder.iterdir())


def main() -> int:
    try:
        target = make_bundle()
    except SetUpFailed as problem:
        return fail(problem)
    say("bundled", file=target.relative_to(ROOT), size_mb=round(target.stat().st_size / 1e6))
    return 0


if __name__ == "__main__":
    sys.exit(main())
