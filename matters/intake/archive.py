"""Looking at a spreadsheet's envelope before it is opened (design/reliability T-U5).

Only the directory at the end of the archive is read: that takes well under a millisecond, however
much the archive would unfold to. `unfold` later reads every part once against its stated size.
"""

import stat
import struct
import zipfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from matters.intake import limits
from matters.intake.refusal import whole_file

OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
END_RECORD = b"PK\x05\x06"
#: 22 bytes of end record and a comment of at most 64 KB
TAIL = 22 + 65_535
NESTED = (".zip", ".xlsx", ".xlsm", ".xlsb", ".docx", ".gz", ".7z", ".rar", ".tar", ".jar")
CHUNK = 1 << 20


def is_archive(head: bytes) -> bool:
    """Whether a file that starts with `head` is a zip archive."""
    return head.startswith(b"PK")


def check_archive(path: Path) -> None:
    """Refuse (RowErrors) an archive that is broken, encrypted, too large or not a spreadsheet."""
    _check_directory(path)
    try:
        with zipfile.ZipFile(path) as archive:
            entries = archive.infolist()
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as error:
        raise _broken() from error
    _check_sizes(entries)
    _check_names(entries)
    for entry in entries:
        _check_entry(entry)


def _broken() -> Exception:
    return whole_file("文件已损坏，打不开。请在表格软件里打开后另存为 .xlsx，再上传。")


def _check_directory(path: Path) -> None:
    """The count and size of the directory, before a library builds a list of it."""
    with path.open("rb") as stream:
        stream.seek(max(path.stat().st_size - TAIL, 0))
        tail = stream.read(TAIL)
    found = tail.rfind(END_RECORD)
    if found < 0 or len(tail) < found + 22:
        raise _broken()
    entries, size = struct.unpack_from("<HI", tail, found + 10)
    if entries > limits.ARCHIVE_ENTRIES or size > limits.DIRECTORY_BYTES:
        raise whole_file(
            f"压缩包里的部件超过 {limits.ARCHIVE_ENTRIES} 个，不像普通的表格。请另存为新的 .xlsx。"
        )


def _check_sizes(entries: list[zipfile.ZipInfo]) -> None:
    unpacked = sum(entry.file_size for entry in entries)
    packed = max(sum(entry.compress_size for entry in entries), 1)
    if unpacked > limits.UNPACKED_BYTES:
        most = limits.UNPACKED_BYTES // limits.MEGABYTE
        raise whole_file(f"表格展开后超过 {most} MB，无法导入。请拆成几个文件分别导入。")
    if unpacked > limits.RATIO_MATTERS_FROM and unpacked / packed > limits.UNPACKED_RATIO:
        raise whole_file(
            f"表格展开后是原来的 {unpacked // packed} 倍，像是压缩炸弹，已拒绝。"
            "请删去大片的空白或重复内容，另存为新文件。"
        )


def _check_names(entries: list[zipfile.ZipInfo]) -> None:
    names = Counter(entry.filename for entry in entries)
    if max(names.values(), default=0) > 1:
        raise _broken()
    if "xl/workbook.xml" not in names:
        raise whole_file("这不是 Excel 表格（.xlsx）。请选择 .xlsx 或 .csv 文件。")
    if any(name.lower().endswith("vbaproject.bin") for name in names):
        raise whole_file("表格里带有宏。请另存为不带宏的 .xlsx，再上传。")


def _check_entry(entry: zipfile.ZipInfo) -> None:
    name = entry.filename
    if entry.flag_bits & 0x1:
        raise whole_file("表格加了密码。请去掉密码，另存后再上传。")
    if name.startswith(("/", "\\")) or ".." in Path(name).parts or "\\" in name or ":" in name:
        raise _broken()
    if stat.S_ISLNK(entry.external_attr >> 16):
        raise _broken()
    if name.lower().endswith(NESTED):
        raise whole_file("表格里嵌着另一个压缩包或文档。请删去嵌入的对象，另存后再上传。")


def unfold(archive: zipfile.ZipFile, name: str) -> Iterator[bytes]:
    """The bytes of one part; refused when they are not as many as the directory says."""
    try:
        with archive.open(name) as stream:
            while chunk := stream.read(CHUNK):
                yield chunk
    except (zipfile.BadZipFile, EOFError, OSError, RuntimeError, NotImplementedError) as error:
        raise _broken() from error
    except Exception as error:  # zlib.error and its relatives: a stream that does not unfold
        raise _broken() from error
