"""The project's own `.venv`: made when missing or broken, and holding what a requirements file pins."""

import hashlib
import importlib.util
import shutil
import subprocess
import sys
from pathlib import Path

import apt

ROOT = Path(__file__).resolve().parent.parent
VAR = ROOT / "var"
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"


def ensure(requirements: str) -> None:
    """Afterwards `PYTHON` runs with everything the file pins. Costs next to nothing when it already does."""
    VAR.mkdir(exist_ok=True)
    if not usable():
        make()
    if not installed(requirements):
        install(requirements)


def usable() -> bool:
    """Was it finished, does it start, and is it where it was made? (Its scripts name their own folder.)"""
    probe = "import pip, sys; sys.exit(sys.version_info < (3, 11))"
    try:
        if str(VENV) not in (VENV / "bin" / "pip").read_text(errors="replace"):
            return False
        return subprocess.run([PYTHON, "-c", probe], stderr=subprocess.DEVNULL).returncode == 0
    except OSError:
        return False


def make() -> None:
    """Makes `.venv` anew, over whatever was there."""
    # Debian keeps the part that puts pip into a new environment in a package of its own.
    if importlib.util.find_spec("ensurepip") is None:
        apt.install(f"python{sys.version_info.major}.{sys.version_info.minor}-venv", "Python's venv module")
    print("Making .venv ...", flush=True)
    if VENV.is_symlink() or VENV.is_file():
        VENV.unlink()
    elif VENV.exists():
        shutil.rmtree(VENV)
    # The base interpreter: the one running this may live in the very folder that was just removed.
    base = getattr(sys, "_base_executable", None) or sys.executable
    logged([base, "-m", "venv", str(VENV)], VAR / "venv.log", "python3 -m venv .venv failed")


def installed(requirements: str) -> bool:
    try:
        return stamp(requirements).read_text() == digest(requirements)
    except OSError:
        return False


def install(requirements: str) -> None:
    """Installs what the file pins. Stamps go first and come back last: a broken-off install leaves none."""
    print(f"Installing what {requirements} pins ...", flush=True)
    for old in VENV.glob("*.sha256"):
        old.unlink()
    pip = [str(PYTHON), "-m", "pip", "--disable-pip-version-check", "--no-input", "install"]
    pip += ["--require-hashes", "-r", str(ROOT / requirements)]
    logged(pip, VAR / "pip.log", f"pip could not install {requirements}")
    # The test set holds the run set: running after testing has nothing to install.
    for other in ROOT.glob("requirements*.txt"):
        if pins(other) <= pins(ROOT / requirements):
            stamp(other.name).write_text(digest(other.name))


def logged(command: list[str], log: Path, complaint: str) -> None:
    """Runs a command into a log file; if it fails, ends with the line that says why."""
    with log.open("w") as output:
        done = subprocess.run(command, cwd=ROOT, stdout=output, stderr=subprocess.STDOUT)
    if done.returncode:
        text = log.read_text(errors="replace").strip()
        lines = text.splitlines() or ["no output"]
        why = next((line for line in lines if line.startswith(("ERROR:", "Error:"))), lines[-1]).strip()
        if "connection broken" in text:  # pip then says that no such version exists
            why = "the package registry does not answer; is this machine online?"
        sys.exit(f"{complaint}: {why} (everything it said: {log.relative_to(ROOT)})")


def stamp(requirements: str) -> Path:
    return VENV / f"{requirements}.sha256"


def digest(requirements: str) -> str:
    return hashlib.sha256((ROOT / requirements).read_bytes()).hexdigest()


def pins(requirements: Path) -> set[str]:
    """The `name==version` of each pinned package."""
    lines = requirements.read_text().splitlines()
    return {line.split()[0] for line in lines if line and not line.startswith((" ", "#"))}
