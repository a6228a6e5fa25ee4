"""The description (OpenAPI) of everything under `/api/v1/`, written from the code."""

import functools
from typing import Any

from drf_spectacular.generators import SchemaGenerator
from drf_spectacular.utils import OpenApiResponse
from rest_framework import serializers

from accounts.api.problems import CONTENT_TYPE, TITLES

PROBLEM = (CONTENT_TYPE,)


class ProblemSerializer(serializers.Serializer):
    """RFC 9457; written by `accounts.api.problems.answer`."""

    type = serializers.URLField(label="错误类型说明的地址")
    title = serializers.CharField(label="错误类型")
    status = serializers.IntegerField(label="状态码")
    detail = serializers.CharField(label="发生了什么、怎么办")
    instance = serializers.CharField(label="出错的地址")
    code = serializers.CharField(label="稳定的错误代码", help_text="供程序判断")
    errors = serializers.DictField(
        child=serializers.ListField(child=serializers.CharField()),
        required=False,
        label="逐个参数的说明",
    )


def problems(*statuses: int) -> dict[tuple[int, str], Any]:
    """Documented error answers of one operation."""
    return {
        (status, CONTENT_TYPE): OpenApiResponse(ProblemSerializer, description=TITLES[status])
        for status in statuses
    }


@functools.cache
def description() -> dict[str, Any]:
    """The whole document; the same in every installation, so built once a process."""
    return SchemaGenerator().get_schema(request=None, public=True)
