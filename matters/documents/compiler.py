"""Compile a typst template with data into PDF/A-2a and PDF/UA-1.

Data enters as JSON and never as markup. Under these standards a character without a glyph is an
error: the document is refused, a □ is never printed.
"""

import functools
import json
import threading
from collections.abc import Mapping
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import manimgx_fonts_cjk
import typst

from common.errors import Refused

FOLDER = Path(__file__).parent
STANDARDS = ["a-2a", "ua-1"]
#: typst wants a fixed offset, not the name of a zone
CHINA = timezone(timedelta(hours=8))
#: one compiler is kept for its warm fonts; it serves one document at a time
_lock = threading.Lock()


@functools.cache
def _compiler() -> Any:
    folder = Path(manimgx_fonts_cjk.__file__).parent
    fonts = typst.Fonts(
        include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(folder)]
    )
    return typst.Compiler(font_paths=fonts, ignore_system_fonts=True)


def compile_pdf(template: str, data: Mapping[str, Any], *, moment: datetime) -> bytes:
    """The PDF of `documents/<template>.typ`; equal input and moment give equal bytes.

    Raises `Refused` (500) when a character has no glyph, naming what could not be printed.
    """
    source = (FOLDER / f"{template}.typ").read_bytes()
    inputs = {"data": json.dumps(data, ensure_ascii=False, sort_keys=True)}
    try:
        with _lock:
            return _compiler().compile(
                source,
                sys_inputs=inputs,
                pdf_standards=STANDARDS,
                timestamp=moment.astimezone(CHINA).replace(microsecond=0),
            )
    except typst.TypstError as trouble:
        raise Refused(
            "document_not_printed",
            f"文件里有打印不了的字，没有生成。请拨打 12345 告诉我们，我们会人工处理。（{trouble}）",
            status=500,
        ) from trouble
