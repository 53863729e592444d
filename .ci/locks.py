"""Each lock installs on a machine that was never seen, also when everything in it has a newer release.

A lock that installs today can be refused tomorrow though nobody touched it: pip 23.2 takes what is pinned
with an extra for unpinned where it is asked for without, and the reverse, as soon as a newer release of it
is published. So every lock is installed into nothing (a dry run, hashes required) with the oldest and the
newest pip, from an index in a folder that offers the pinned files and a newer release of everything.
"""

import hashlib
import os
import re
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
LOCKS = [ROOT / name for name in ("requirements.txt", "requirements-embedded.txt", "requirements-dev.txt")]
PIPS = ("pip==23.2.1", "pip")  # the one that Python 3.12.0 brings, the oldest supported; the newest
NEWER = "99999"

# A source archive would be built with whatever setuptools is the newest on that day.
WHEELS_ALONE = ("--only-binary", ":all:")

# An installation into nothing knows the index in the folder alone, whatever is configured for pip here.
UNCONFIGURED = {name: value for name, value in os.environ.items() if not name.startswith("PIP_")} | {
    "PIP_CONFIG_FILE": os.devnull,
    "PIP_DISABLE_PIP_VERSION_CHECK": "1",
    "PIP_NO_CACHE_DIR": "1",
}


def main() -> None:
    """Install every lock with both pips; end with what was refused."""
    with tempfile.TemporaryDirectory(prefix="locks-") as name:
        folder = Path(name)
        for lock in LOCKS:
            download(folder / "files", "--require-hashes", "--requirement", str(lock))
        projects = make_index(folder / "index", folder / "files")
        refused = []
        for release in PIPS:
            download(folder / release, release)
            (pip,) = (folder / release).iterdir()
            answer = install(pip, folder / "index", "--no-deps", *projects)
            unseen = [each for each in projects if f"{each}-{NEWER}" not in answer.stdout.split()]
            assert not unseen, f"{pip.name} sees no newer release of {unseen}:\n{answer}"
            for lock in LOCKS:
                answer = install(pip, folder / "index", "--require-hashes", "--requirement", str(lock))
                if answer.returncode:
                    refused.append(f"{pip.name} does not install {lock.name}:\n{answer.stderr}")
    sys.exit("\n".join(refused) or 0)


def download(folder: Path, *what: str) -> None:
    """Bring wheels into `folder`, from where the environment's pip is configured to get them."""
    command = [sys.executable, "-m", "pip", "download", "-qq", "--disable-pip-version-check"]
    subprocess.run([*command, "--no-deps", *WHEELS_ALONE, "--dest", str(folder), *what], check=True)


def make_index(index: Path, files: Path) -> list[str]:
    """An index (PEP 503) of the wheels in `files` and of a newer release of each; the projects in it."""
    projects = []
    for file in sorted(files.iterdir()):
        name = file.name.split("-")[0]
        project = re.sub(r"[-_.]+", "-", name).lower()
        later = files / f"{name}-{NEWER}-py3-none-any.whl"
        write_empty_wheel(later, name, project)
        page = index / project / "index.html"
        page.parent.mkdir(parents=True, exist_ok=True)
        with page.open("a") as links:
            for each in (file, later):
                digest = hashlib.sha256(each.read_bytes()).hexdigest()
                links.write(f'<a href="{each.as_uri()}#sha256={digest}">{each.name}</a>\n')
        projects.append(project)
    return projects


def write_empty_wheel(path: Path, name: str, project: str) -> None:
    """A wheel of the newer release with no content; `name` is how file names spell the `project`."""
    metadata = {
        "METADATA": f"Metadata-Version: 2.1\nName: {project}\nVersion: {NEWER}\n",
        "WHEEL": "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
        "RECORD": "",
    }
    with zipfile.ZipFile(path, "w") as wheel:
        for file, content in metadata.items():
            wheel.writestr(f"{name}-{NEWER}.dist-info/{file}", content)


def install(pip: Path, index: Path, *what: str) -> "subprocess.CompletedProcess[str]":
    """What the pip in the wheel `pip` says to installing `what` from `index` alone."""
    command = [sys.executable, str(pip / "pip"), "install", "--dry-run", "--ignore-installed", *WHEELS_ALONE]
    command += ["--index-url", index.as_uri(), *what]
    return subprocess.run(command, env=UNCONFIGURED, capture_output=True, text=True, check=False)


if __name__ == "__main__":
    main()
