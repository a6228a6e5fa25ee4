"""The description of the interface, and what a writing system asks about its own token."""

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts.api.described import description, problems
from accounts.api.permissions import WithScope
from accounts.api.reading import OpenView
from accounts.models import ApiToken


class TokenSerializer(serializers.ModelSerializer):
    """A token as its owner sees it; nothing that could be used as one."""

    acts_for = serializers.CharField(source="user.username", label="代表的用户")

    class Meta:
        model = ApiToken
        fields = ["name", "acts_for", "scopes", "prefix", "expires_at", "last_used_on"]


class OwnToken(APIView):
    """GET /api/v1/token/"""

    http_method_names = ["get", "head"]
    permission_classes = [WithScope]

    @extend_schema(
        operation_id="token",
        tags=["令牌"],
        summary="查看自己的令牌",
        description="写入系统用它核对令牌是否有效、有哪些权限、何时到期。",
        responses={200: TokenSerializer} | problems(401, 406, 429),
    )
    def get(self, request):
        response = Response(TokenSerializer(request.auth).data)
        response["Cache-Control"] = "no-store"
        return response


@extend_schema(exclude=True)
class Description(OpenView):
    """GET /api/v1/openapi.json: the description for programs; people read the same at /api/."""

    def read(self, request, **kwargs):
        return description()
