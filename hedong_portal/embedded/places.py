"""Where the embedded servers keep their data, and which account they run as.

A database never runs as root. Root hands it to the owner of the data directory, or to `nobody`.
When that account cannot enter the data directory (a checkout below a directory only root may
enter), the data lives in a private directory under `/var/lib` named after the data directory.
"""

import hashlib
import os
import pwd
import shutil
import stat
import subprocess
import tempfile
from dataclasses import dataclass
from pathlib import Path

from hedong_portal.embedded.errors import EmbeddedError

PRIVATE_ROOTS = ("/var/lib/hedong-portal", "/var/tmp/hedong-portal")
SOCKET_PATH_BYTES = 80  # the kernel allows 107 for the whole name of a socket
FREE_BYTES_NEW, FREE_BYTES_USED = 300 << 20, 50 << 20


@dataclass(frozen=True)
class Account:
    """User and group ids the servers run as."""

    uid: int
    gid: int

    def popen(self) -> dict:
        """Keyword arguments of `subprocess` that switch to this account."""
        return {"user": self.uid, "group": self.gid, "extra_groups": []}


@dataclass(frozen=True)
class Place:
    """Directories of one installation; `account` is None when we are that account already."""

    data: Path
    home: Path
    account: Account | None

    @property
    def cluster(self) -> Path:
        """The PostgreSQL data directory."""
        return self.home / "pg"

    @property
    def moved(self) -> bool:
        """True when the data could not live below the data directory."""
        return self.home.parent != self.data

    def popen(self) -> dict:
        """Keyword arguments of `subprocess` that switch to the account of the servers."""
        return self.account.popen() if self.account else {}

    def own(self, path: Path, mode: int) -> None:
        """Give a file or directory to the account of the servers."""
        os.chmod(path, mode)
        if self.account:
            os.chown(path, self.account.uid, self.account.gid)

    def keep(self, path: Path, mode: int) -> None:
        """Give a file or directory to the owner of the data directory, who keeps the secrets."""
        os.chmod(path, mode)
        if self.account:
            owner = self.data.stat()
            os.chown(path, owner.st_uid, owner.st_gid)


def find_place(data_dir: str | os.PathLike) -> Place:
    """Where things are or would be; makes nothing but the data directory. Raises EmbeddedError."""
    data = prepare_data_dir(data_dir)
    account = choose_account(data)
    return Place(data, choose_home(data, account), account)


def prepare_home(place: Place) -> None:
    """Create the home. Root keeps it to itself and lets the servers through to what is theirs,
    so that nothing running as `nobody` can lay a trap where root writes. Raises EmbeddedError.
    """
    if place.moved:
        make_private_root()
    place.home.mkdir(mode=0o700, exist_ok=True)
    check_owner(place.home, place.account)
    place.keep(place.home, 0o711 if place.account else 0o700)
    check_space(place)


def prepare_data_dir(data_dir: str | os.PathLike) -> Path:
    """The data directory as a real path, created when missing."""
    data = Path(os.path.realpath(data_dir))
    try:
        data.mkdir(parents=True, exist_ok=True, mode=0o755)
    except OSError as error:
        raise not_writable(data, error) from error
    if not os.access(data, os.W_OK | os.X_OK):
        raise not_writable(data, None)
    return data


def not_writable(path: Path, error: OSError | None) -> EmbeddedError:
    """The sentence for a directory we may not write to."""
    if error is not None and error.errno == 28:
        return disk_full(path)
    reason = f"（{error.strerror}）" if error is not None and error.strerror else ""
    return EmbeddedError(
        f"数据目录 {path} 不能写入{reason}。请改正它的权限，或用 PORTAL_DATA_DIR 指定另一个目录。"
    )


def disk_full(path: Path) -> EmbeddedError:
    """The sentence for a disk without room."""
    return EmbeddedError(
        f"磁盘空间不足：{path} 所在的磁盘已满或快满。"
        "请清理出至少 300 MB，或用 PORTAL_DATA_DIR 指定另一个磁盘上的目录。"
    )


def check_space(place: Place) -> None:
    """Refuse early: PostgreSQL stops in the middle of things when the disk is full."""
    needed = FREE_BYTES_USED if (place.cluster / "PG_VERSION").exists() else FREE_BYTES_NEW
    if shutil.disk_usage(place.home).free < needed:
        raise disk_full(place.home)


def choose_account(data: Path) -> Account | None:
    """Root drops to whoever owns the data, else to `nobody`; anyone else stays who they are.

    PostgreSQL refuses a number without a name, so an owner unknown here counts as nobody.
    """
    if os.geteuid() != 0:
        return None
    owner = data.stat()
    if owner.st_uid != 0 and has_name(owner.st_uid):
        return Account(owner.st_uid, owner.st_gid)
    nobody = pwd.getpwnam("nobody")
    return Account(nobody.pw_uid, nobody.pw_gid)


def has_name(uid: int) -> bool:
    """Whether the system knows the user."""
    try:
        pwd.getpwuid(uid)
        return True
    except KeyError:
        return False


def choose_home(data: Path, account: Account | None) -> Path:
    """`data/embedded`, or a private directory when the account cannot go there."""
    local = data / "embedded"
    if account is None or account_may(account, "-x", data):
        return local
    if (local / "pg" / "PG_VERSION").exists():
        raise EmbeddedError(
            f"{local} 里已有数据库，但运行数据库的用户进不去这个目录。请恢复上级目录的权限。"
        )
    return private_root() / hashlib.sha256(os.fsencode(data)).hexdigest()[:16]


def account_may(account: Account, test: str, path: Path) -> bool:
    """Ask the system itself (modes, ACLs, mounts) whether the account may use a path."""
    command = ["/bin/sh", "-c", f'test {test} "$1"', "sh", os.fspath(path)]
    return subprocess.run(command, cwd="/", check=False, **account.popen()).returncode == 0


def private_root() -> Path:
    """A directory of root that everyone may enter and nobody else may change; not made yet."""
    for root in map(Path, PRIVATE_ROOTS):
        if root.is_symlink() or not root.exists():
            free = not root.is_symlink() and os.access(root.parent, os.W_OK)
        else:
            free = root.is_dir() and root.stat().st_uid == os.geteuid()
        if free:
            return root
    raise EmbeddedError(
        "运行数据库的用户进不去本程序所在的目录，也没有别处可放数据。"
        "请把程序移到普通用户能进入的目录，或用 PORTAL_DATA_DIR 指定一个。"
    )


def make_private_root() -> Path:
    """The same, made when missing."""
    root = private_root()
    root.mkdir(mode=0o755, exist_ok=True)
    root.chmod(0o755)
    return root


def check_owner(home: Path, account: Account | None) -> None:
    """Refuse a directory that somebody else put where ours should be."""
    allowed = {os.geteuid()} | ({account.uid} if account else set())
    found = home.lstat()
    if not stat.S_ISDIR(found.st_mode) or found.st_uid not in allowed:
        raise EmbeddedError(
            f"{home} 属于另一个用户，不能使用。请用当初启动它的用户运行，"
            "或用 PORTAL_DATA_DIR 指定另一个目录。"
        )


def socket_dir(place: Place) -> Path:
    """Private directory of the sockets: short and plain, because it becomes part of addresses.

    A long path or one with spaces or Chinese gets a temporary directory whose name is kept in
    `home/run.path`, so that every later command finds the same one.
    """
    known = known_socket_dir(place)
    if known is not None:
        return known
    run = place.home / "run"
    if fits(run):
        run.mkdir(mode=0o700, exist_ok=True)
        place.own(run, 0o700)
        return run
    return new_temporary_dir(place)


def known_socket_dir(place: Place) -> Path | None:
    """The directory an earlier start made, when it is still there and ours."""
    run, note = place.home / "run", place.home / "run.path"
    if not fits(run):
        run = Path(note.read_text()) if note.exists() else run
    return run if is_private(run, place.account) else None


def fits(run: Path) -> bool:
    """Whether a path may be part of a socket's name and of an address."""
    text = os.fspath(run)
    return len(os.fsencode(text)) <= SOCKET_PATH_BYTES and is_plain(text)


def is_plain(text: str) -> bool:
    """Letters, digits and the few signs that mean nothing in an address."""
    return text.isascii() and all(sign.isalnum() or sign in "/._-" for sign in text)


def new_temporary_dir(place: Place) -> Path:
    """A fresh private directory, noted in the home."""
    run = Path(tempfile.mkdtemp(prefix="hedong-", dir="/tmp"))
    place.own(run, 0o700)
    fresh = place.home / "run.path.new"
    fresh.write_text(os.fspath(run))
    place.keep(fresh, 0o600)
    fresh.replace(place.home / "run.path")
    return run


def is_private(path: Path, account: Account | None) -> bool:
    """A real directory of ours that nobody else may enter."""
    try:
        found = path.lstat()
    except OSError:
        return False
    owner = account.uid if account else os.geteuid()
    return stat.S_ISDIR(found.st_mode) and found.st_uid == owner and not found.st_mode & 0o077


def forget_temporary_dir(place: Place) -> None:
    """After a stop: leave nothing in the temporary directory."""
    note = place.home / "run.path"
    if note.exists():
        if is_private(Path(note.read_text()), place.account):
            shutil.rmtree(note.read_text(), ignore_errors=True)
        note.unlink(missing_ok=True)


def fresh_log(place: Place, name: str) -> Path:
    """A log file the servers may append to; one over 10 MB is put aside first, one is kept."""
    log = place.home / name
    if log.exists() and log.stat().st_size > 10 << 20:
        log.replace(log.with_suffix(".log.1"))
    log.touch()
    place.own(log, 0o600)
    return log
