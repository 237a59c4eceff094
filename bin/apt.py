"""Debian packages: installed when we may, otherwise the one command to type."""

import os
import shutil
import subprocess
import sys


def install(package: str, need: str) -> None:
    """Installs a Debian package; ends with one line if that is not possible."""
    if os.geteuid() != 0 or not shutil.which("apt-get"):
        sys.exit(f"{need} is missing. Install it with: sudo apt-get install {package}")
    print(f"Installing {package} (apt-get) ...", flush=True)
    # An update may stumble over one source while another has the package: only the install counts.
    _apt_get("update")
    done = _apt_get("install", "--yes", "--no-install-recommends", package)
    if done.returncode:
        lines = done.stdout.strip().splitlines() or ["no output"]
        said = next((line for line in lines if line.startswith("E: ")), lines[-1])
        sys.exit(f"{need} is missing, and apt-get install {package} failed: {said}")


def _apt_get(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        ["apt-get", "-o", "DPkg::Lock::Timeout=120", "--quiet", *arguments],
        env=os.environ | {"DEBIAN_FRONTEND": "noninteractive"},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
