"""The description (OpenAPI) of everything under `/api/v1/`, written from the code."""

import functools
from typing import Any

from drf_spectacular.generators import SchemaGenerator
from drf_spectacular.utils import OpenApiResponse
from rest_framework import serializers

from accounts.api.problems import CONTENT_TYPE, TITLES

#: answered only when there is something to say
OPTIONAL = frozenset({"errors"})
#: of use to the library, not to a reader
MARKS = ("readOnly", "x-spec-enum-id", "default")


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
    found = SchemaGenerator().get_schema(request=None, public=True)
    for name, schema in found["components"]["schemas"].items():
        _close(schema, is_answer=not name.endswith("Request"))
    for path in found["paths"].values():
        for operation in path.values():
            for parameter in operation.get("parameters", ()):
                _explain(parameter)
    return found


def _close(schema: dict[str, Any], *, is_answer: bool) -> None:
    """An answer has all the declared fields and no other; of the library's own marks nothing."""
    properties = schema.get("properties")
    if properties is None:
        return
    schema["additionalProperties"] = False
    if is_answer:
        schema["required"] = [name for name in properties if name not in OPTIONAL]
    for inner in properties.values():
        for part in (inner, inner.get("items", {})):
            for mark in MARKS:
                part.pop(mark, None)


def _explain(parameter: dict[str, Any]) -> None:
    """Every parameter says what it is; a filter's label stands in its schema."""
    schema = parameter["schema"]
    label = schema.pop("title", "")
    parameter.setdefault("description", label)
    for mark in MARKS:
        schema.pop(mark, None)
