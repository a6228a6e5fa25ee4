"""`make install`: a virtual environment with exactly what the lock file names.

Runs with whatever Python is found, so it must stay readable to old ones: it says which version is
needed instead of failing on a line of syntax. A second run only compares two hashes.
"""

import fcntl
import hashlib
import json
import os
import shutil
import subprocess
import sys

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
VENV = os.path.join(ROOT, ".venv")
PYTHON = os.path.join(VENV, "bin", "python")
STAMP = os.path.join(VENV, ".installed.json")
LOCKS = {"run": "requirements.lock", "dev": "requirements-dev.lock"}  # dev holds all of run
NEEDED = (3, 11)


def main(kind):
    """Install one of the two lock files unless it is installed already."""
    if sys.version_info < NEEDED:
        found = ".".join(map(str, sys.version_info[:2]))
        sys.exit(
            f"需要 Python 3.11 或更高版本，找到的是 {found}（{sys.executable}）。"
            "请安装后重试，或写明路径：make run PYTHON=/路径/python3.12"
        )
    handle = os.open(ROOT, os.O_RDONLY)
    fcntl.flock(handle, fcntl.LOCK_EX)  # two commands at once install one after the other
    try:
        if not is_installed(kind):
            install(kind)
    finally:
        os.close(handle)


def is_installed(kind):
    """Whether the stamp names the present lock file and the environment still runs."""
    return stamps().get(kind) == digest(kind) and runs()


def stamps():
    """What the last installations left: kind and hash of its lock file."""
    try:
        with open(STAMP) as file:
            return json.load(file)
    except (OSError, ValueError):
        return {}


def digest(kind):
    """Hash of a lock file."""
    with open(os.path.join(ROOT, LOCKS[kind]), "rb") as file:
        return hashlib.sha256(file.read()).hexdigest()


def runs():
    """Whether the environment's Python starts; it does not after its base was removed."""
    try:
        return subprocess.call([PYTHON, "-c", ""], stderr=subprocess.DEVNULL) == 0
    except OSError:
        return False


def install(kind):
    """Create the environment when needed, install the lock file, leave the stamp."""
    if not has_pip():
        create()
    print("正在安装依赖（第一次约一分钟）…", flush=True)
    command = [PYTHON, "-m", "pip", "install", "-qq", "--disable-pip-version-check", "--no-input"]
    command += ["--require-hashes", "--only-binary=:all:", "-r", LOCKS[kind]]
    if subprocess.call(command, cwd=ROOT):
        sys.exit(
            "依赖没有装好，原因见上面几行。请检查网络，"
            "或用 PIP_INDEX_URL 指定可用的软件源，然后重试。"
        )
    done = dict(stamps(), **{name: digest(name) for name in {"run", kind}})
    with open(STAMP, "w") as file:
        json.dump(done, file)


def has_pip():
    """Whether an earlier run left a usable environment."""
    try:
        command = [PYTHON, "-m", "pip", "--version"]
        return subprocess.call(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) == 0
    except OSError:
        return False


def create():
    """A fresh `.venv`. A distribution may have split `venv` off from Python."""
    base = getattr(sys, "_base_executable", sys.executable)  # not the one being replaced
    command = [base, "-m", "venv", VENV]
    shutil.rmtree(VENV, ignore_errors=True)
    made = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    if made.returncode == 0:
        return
    shutil.rmtree(VENV, ignore_errors=True)
    text = made.stdout.decode("utf-8", "replace").strip()
    if "ensurepip" in text or "No module named venv" in text:
        sys.exit(
            "这个 Python 缺少 venv 组件。请安装后重试，例如 Debian/Ubuntu：apt install python3-venv"
        )
    last = (text.splitlines() or ["没有输出"])[-1]
    sys.exit(f"建立虚拟环境 .venv 失败：{last}")


if __name__ == "__main__":
    main(sys.argv[1] if len(sys.argv) > 1 else "run")
