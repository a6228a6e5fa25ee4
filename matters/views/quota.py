"""Receiving a large file: to disk, and not a byte more than the quota (reliability T-U1)."""

from typing import Any

from django.core.files.uploadhandler import StopUpload, TemporaryFileUploadHandler
from django.http import HttpRequest

from matters.intake import limits


class QuotaUploadHandler(TemporaryFileUploadHandler):
    """Stops reading as soon as more than `limits.UPLOAD_BYTES` have come, whatever was announced.

    The request then carries `upload_is_too_large`; raising in `handle_raw_input` instead would
    answer 500.
    """

    received = 0

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        self.received += len(raw_data)
        if self.received > limits.UPLOAD_BYTES:
            self.request.upload_is_too_large = True  # type: ignore[union-attr]
            raise StopUpload(connection_reset=True)
        super().receive_data_chunk(raw_data, start)

    def upload_interrupted(self) -> None:
        """Close what was begun, so that nothing of it stays on the disk."""
        if hasattr(self, "file"):
            self.file.close()


def use_quota(request: HttpRequest) -> None:
    """Call before anything reads the body."""
    request.upload_handlers = [QuotaUploadHandler(request)]


def went_over(request: Any) -> bool:
    """Whether the body was cut off."""
    return getattr(request, "upload_is_too_large", False)
