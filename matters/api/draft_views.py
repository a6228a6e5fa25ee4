"""Doors for writing systems: /api/v1/drafts/…, each with a token of the scope `catalogue:draft`."""

from django.urls import reverse
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts.api.described import problems
from accounts.api.permissions import WithScope
from accounts.scopes import Scope
from matters.api import drafts
from matters.api.views import SEQ

TAG = "编制草稿"
KEY = OpenApiParameter(
    "key",
    {"type": "string", "pattern": r"^[a-z_-]{1,40}$"},
    location="path",
    description="节，见草稿的 sections。",
)
REFUSALS = problems(401, 403, 404, 406, 409, 429)
WRITE_REFUSALS = problems(400, 401, 403, 404, 406, 409, 415, 422, 429)


class DraftView(APIView):
    """A view for writing systems; nothing of it may be kept by a cache."""

    permission_classes = [WithScope]
    scope = Scope.CATALOGUE_DRAFT

    def finalize_response(self, request, response, *args, **kwargs):
        response = super().finalize_response(request, response, *args, **kwargs)
        response["Cache-Control"] = "no-store"
        return response


class Drafts(DraftView):
    """POST /api/v1/drafts/"""

    http_method_names = ["post"]

    @extend_schema(
        operation_id="new_draft",
        tags=[TAG],
        summary="新建草稿",
        description="在现行版本旁边准备一个新版本，内容与现行版本相同。一个事项同时只有一个。",
        request=drafts.NewDraftSerializer,
        responses={201: drafts.DraftSerializer} | WRITE_REFUSALS,
    )
    def post(self, request: Request) -> Response:
        wanted = drafts.NewDraftSerializer(data=request.data)
        wanted.is_valid(raise_exception=True)
        seq = wanted.validated_data["seq"]
        version = drafts.prepare(seq, request.user)
        where = {"Location": reverse("api:draft", args=[seq])}
        return Response(drafts.described(version), status=201, headers=where)


class Draft(DraftView):
    """GET /api/v1/drafts/<seq>/"""

    http_method_names = ["get", "head"]

    @extend_schema(
        operation_id="draft",
        tags=[TAG],
        summary="看草稿",
        description="正在编制的版本：状态、可以写入的节、提交审核前还有哪些缺漏。",
        parameters=[SEQ],
        responses={200: drafts.DraftSerializer} | REFUSALS,
    )
    def get(self, request: Request, seq: int) -> Response:
        return Response(drafts.described(drafts.open_draft(seq, request.user)))


class DraftSection(DraftView):
    """GET and PATCH /api/v1/drafts/<seq>/sections/<key>/"""

    http_method_names = ["get", "head", "patch"]

    @extend_schema(
        operation_id="draft_section",
        tags=[TAG],
        summary="读一节",
        description="草稿的一节：要素和列表。材料、情形、主题和部门等有关联的要素在编辑台修改。",
        parameters=[SEQ, KEY],
        responses={200: drafts.SectionSerializer} | REFUSALS,
    )
    def get(self, request: Request, seq: int, key: str) -> Response:
        return Response(drafts.read(drafts.open_draft(seq, request.user), key))

    @extend_schema(
        operation_id="change_draft_section",
        tags=[TAG],
        summary="改一节",
        description=(
            "base 写读到时的样子，mine 写想要的样子。只写要改的要素即可；列表要整个写。"
            "期间别人改了另外的要素，一并保留；改了同一个要素，回 409，什么都不写。"
            "提交、审核和发布由人在编辑台办理。"
        ),
        parameters=[SEQ, KEY],
        request=drafts.SectionChangeSerializer,
        responses={200: drafts.SavedSectionSerializer} | WRITE_REFUSALS,
    )
    def patch(self, request: Request, seq: int, key: str) -> Response:
        change = drafts.SectionChangeSerializer(data=request.data)
        change.is_valid(raise_exception=True)
        version = drafts.open_draft(seq, request.user)
        return Response(drafts.save(version, key, change.validated_data, request.user))
