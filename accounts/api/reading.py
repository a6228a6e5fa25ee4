"""The base of every answer anybody may read: conditional, compact, the same for all."""

import hashlib
import re
from abc import ABC, abstractmethod
from typing import Any

from django.http import HttpResponse
from django.utils.http import parse_etags
from rest_framework.exceptions import ValidationError
from rest_framework.generics import GenericAPIView
from rest_framework.request import Request

from accounts.api.headers import open_to_all_sites
from accounts.api.permissions import Anyone
from accounts.api.rendering import to_json


class OpenView(ABC, GenericAPIView):
    """A view that reads. A subclass gives `read`, and `parameters`: the names it understands.

    The answer carries an ETag from `state`, so that an unchanged one costs 304 and no read.
    """

    http_method_names = ["get", "head"]
    permission_classes = [Anyone]
    parameters: frozenset[str] = frozenset()

    @abstractmethod
    def read(self, request: Request, **kwargs: Any) -> Any:
        """The answer as plain data (dict, list, str, int, date …)."""

    def state(self) -> str | None:
        """What the answer depends on besides its address; None: on the answer itself."""
        return None

    def get(self, request: Request, *args: Any, **kwargs: Any) -> HttpResponse:
        self.refuse_unknown(request)
        state = self.state()
        tag = entity_tag(state) if state is not None else None
        if tag and is_known(request, tag):
            return HttpResponse(status=304, headers={"ETag": tag})
        body = to_json(self.read(request, **kwargs))
        tag = tag or entity_tag(hashlib.blake2b(body, digest_size=12).hexdigest())
        if is_known(request, tag):
            return HttpResponse(status=304, headers={"ETag": tag})
        return HttpResponse(body, content_type="application/json", headers={"ETag": tag})

    def refuse_unknown(self, request: Request) -> None:
        """A parameter nobody understands is a mistake worth telling, not worth ignoring."""
        known = self.parameters
        errors = {}
        for name, values in request.GET.lists():
            if name not in known:
                shown = re.sub(r"[^\w.\[\]-]", "�", name)[:40]
                errors[shown] = ["没有这个参数。请对照接口说明 /api/ 检查拼写。"]
            elif len(values) > 1:
                errors[name] = ["这个参数只能写一次。"]
            elif not values[0]:
                errors[name] = ["没有值。不用这个参数就不要写它。"]
        if errors:
            raise ValidationError(errors)

    def finalize_response(self, request, response, *args, **kwargs):
        """Other sites may read what everybody may. The page cache adds the rules of caching."""
        response = super().finalize_response(request, response, *args, **kwargs)
        return open_to_all_sites(request, response)


def entity_tag(state: str) -> str:
    """A weak tag: a proxy may compress the body on its way."""
    return f'W/"{state}"'


def is_known(request: Request, tag: str) -> bool:
    """Whether the reader already has the answer (RFC 9110, If-None-Match, weak comparison)."""
    known = request.META.get("HTTP_IF_NONE_MATCH", "")
    return bool(known) and (tag in parse_etags(known) or tag[2:] in parse_etags(known))
