"""Doors of /api/v1/: each a contract, a description in Chinese, and one call."""

from django.conf import settings
from django.db.models import QuerySet
from django.urls import reverse
from django_filters.rest_framework import DjangoFilterBackend
from drf_spectacular.utils import OpenApiParameter, extend_schema, extend_schema_view
from rest_framework import serializers

from accounts.api.described import problems
from accounts.api.reading import OpenView
from common.errors import Refused
from matters.api import changes, contracts, directory, finding, guides, narrowing, paging
from matters.freshness import catalogue_tag
from matters.models import BusinessItem, Material, MatterVersion

SEQ = OpenApiParameter(
    "seq",
    {"type": "integer", "minimum": 0, "maximum": 2_147_483_647},
    location="path",
    description="事项序号。",
)
NUMBER = OpenApiParameter(
    "number",
    {"type": "integer", "minimum": 0, "maximum": 2_147_483_647},
    location="path",
    description="版本号。",
)
SLUG = OpenApiParameter(
    "slug",
    {"type": "string", "pattern": narrowing.SLUG},
    location="path",
    description="网址名。",
)


class CatalogueView(OpenView):
    """An answer that stays the same until something of the catalogue changes."""

    filter_backends: list = []
    pagination_class = None

    def state(self) -> str:
        return catalogue_tag()


class ListView(CatalogueView):
    """A long list: filtered, paged by key, read straight into rows."""

    filter_backends = [DjangoFilterBackend]  # for the description; `read` filters by itself
    rows: contracts.Rows
    keys: dict[str, str]

    @property
    def parameters(self) -> frozenset[str]:
        return paging.PARAMETERS | set(self.filterset_class.base_filters)

    def read(self, request, **kwargs):
        chosen = narrowing.narrow(self.filterset_class, self.get_queryset(), request.GET)
        return paging.page(request, chosen, self.rows, self.keys)


def described(
    operation: str, tag: str, summary: str, response, text: str = "", *, refusals=(404,), **further
):
    """Describes the `get` of a view; with what every reading operation has in common."""
    return extend_schema_view(
        get=extend_schema(
            operation_id=operation,
            tags=[tag],
            summary=summary,
            description=text or summary,
            responses={200: response} | problems(400, *refusals, 406, 429),
            auth=[],
            **further,
        )
    )


class IndexSerializer(serializers.Serializer):
    """Where to begin."""

    name = serializers.CharField(label="接口名称")
    documentation = serializers.URLField(label="接口说明")
    description = serializers.URLField(label="OpenAPI 描述")
    open_data = serializers.URLField(label="开放数据下载")
    addresses = serializers.DictField(child=serializers.URLField(), label="各个列表的地址")


LISTS = ("matters", "items", "materials", "themes", "agencies", "centres", "codes", "changes")


@described("index", "从这里开始", "接口目录", IndexSerializer, filters=False, refusals=())
class Index(OpenView):
    """GET /api/v1/"""

    def read(self, request, **kwargs):
        base = settings.PUBLIC_BASE_URL
        return {
            "name": "河东区政务服务门户数据接口",
            "documentation": f"{base}/api/",
            "description": base + reverse("api:description"),
            "open_data": f"{base}/open-data/",
            "addresses": {name: base + reverse(f"api:{name}") for name in LISTS},
        }


@described(
    "matters",
    "事项",
    "事项列表",
    paging.page_of(contracts.MatterSerializer, "MatterPage"),
    "现行有效的全部事项，按序号排列。已取消的不在其中，暂停办理的在其中。",
    parameters=paging.DESCRIBED,
    filters=True,
)
class Matters(ListView):
    """GET /api/v1/matters/"""

    filterset_class = narrowing.MatterFilter
    rows, keys = contracts.MATTERS, {"seq": "matter__seq"}

    def get_queryset(self) -> QuerySet:
        return MatterVersion.objects.public()


@described(
    "matter",
    "事项",
    "一个事项的办事指南",
    guides.GuideDocumentSerializer,
    "现行有效版本的整份指南：条件、材料、环节、时限、收费、结果、依据和可靠程度。",
    parameters=[SEQ],
    refusals=(404, 410),
)
class MatterGuide(CatalogueView):
    """GET /api/v1/matters/<seq>/"""

    def read(self, request, *, seq):
        return guides.in_force(seq)


@described(
    "editions",
    "事项",
    "一个事项的历次版本",
    guides.EditionsSerializer,
    "发布过的各个版本和起止时间，新的在前。没有发布过的草稿不在其中。",
    parameters=[SEQ],
    refusals=(404, 410),
)
class Editions(CatalogueView):
    """GET /api/v1/matters/<seq>/editions/"""

    def read(self, request, *, seq):
        return guides.editions(seq)


@described(
    "edition",
    "事项",
    "一个事项的某一版指南",
    guides.GuideDocumentSerializer,
    "发布过的任何一版，内容与当时公布的一致。in_force 说明是否现行有效。",
    parameters=[SEQ, NUMBER],
    refusals=(404, 410),
)
class Edition(CatalogueView):
    """GET /api/v1/matters/<seq>/editions/<number>/"""

    def read(self, request, *, seq, number):
        return guides.edition(seq, number)


@described(
    "items",
    "事项",
    "业务办理项列表",
    paging.page_of(contracts.ItemSerializer, "ItemPage"),
    "现行有效指南的业务办理项（新办、变更、延续等）和各自的时限。",
    parameters=paging.DESCRIBED,
    filters=True,
)
class Items(ListView):
    """GET /api/v1/items/"""

    filterset_class = narrowing.ItemFilter
    rows = contracts.ITEMS
    keys = {"seq": "version__matter__seq", "suffix": "suffix"}

    def get_queryset(self) -> QuerySet:
        return contracts.in_force(BusinessItem.objects.all())


@described(
    "materials",
    "事项",
    "申请材料列表",
    paging.page_of(contracts.MaterialSerializer, "MaterialPage"),
    "现行有效指南的申请材料。paper 相同、holder 相同的是同一份材料，可以只交一次。",
    parameters=paging.DESCRIBED,
    filters=True,
)
class Materials(ListView):
    """GET /api/v1/materials/"""

    filterset_class = narrowing.MaterialFilter
    rows = contracts.MATERIALS
    keys = {"seq": "version__matter__seq", "position": "position", "key": "key"}

    def get_queryset(self) -> QuerySet:
        return contracts.in_force(Material.objects.all())


class Directory(CatalogueView):
    """A short list, whole: `results` of `get_queryset` through `serializer_class`."""

    def read(self, request, **kwargs):
        return {"results": self.serializer_class(self.get_queryset(), many=True).data}


class Entry(CatalogueView):
    """One row of a short list by slug."""

    missing = "没有这个网址名。请先读列表。"

    def read(self, request, *, slug):
        row = self.get_queryset().filter(slug=slug).first()
        if row is None:
            raise Refused("no_such_entry", self.missing, status=404)
        return self.serializer_class(row).data


def results_of(row: type[serializers.Serializer], name: str) -> type[serializers.Serializer]:
    """The contract of a short list."""
    return type(name, (serializers.Serializer,), {"results": row(many=True)})


class ThemeParts:
    serializer_class = directory.ThemeSerializer

    def get_queryset(self) -> QuerySet:
        return directory.themes()


@described(
    "themes",
    "主题、机构和大厅",
    "主题和生命周期",
    results_of(directory.ThemeSerializer, "ThemeList"),
    filters=False,
    refusals=(),
)
class Themes(ThemeParts, Directory):
    """GET /api/v1/themes/"""


@described("theme", "主题、机构和大厅", "一个主题", directory.ThemeSerializer, parameters=[SLUG])
class Theme(ThemeParts, Entry):
    """GET /api/v1/themes/<slug>/"""


class AgencyParts:
    serializer_class = directory.AgencySerializer

    def get_queryset(self) -> QuerySet:
        return directory.agencies()


@described(
    "agencies",
    "主题、机构和大厅",
    "机构",
    results_of(directory.AgencySerializer, "AgencyList"),
    "实施主体和其他机构。没有核实的电话和代码是空文本，不编造。",
    filters=False,
    refusals=(),
)
class Agencies(AgencyParts, Directory):
    """GET /api/v1/agencies/"""


@described("agency", "主题、机构和大厅", "一个机构", directory.AgencySerializer, parameters=[SLUG])
class Agency(AgencyParts, Entry):
    """GET /api/v1/agencies/<slug>/"""


class CentreParts:
    serializer_class = directory.CentreSerializer

    def get_queryset(self) -> QuerySet:
        return directory.centres()


@described(
    "centres",
    "主题、机构和大厅",
    "办事大厅和窗口",
    results_of(directory.CentreSerializer, "CentreList"),
    "地址、开放时间和窗口。is_demonstration 为 true 的窗口是演示数据。",
    filters=False,
    refusals=(),
)
class Centres(CentreParts, Directory):
    """GET /api/v1/centres/"""


@described(
    "centre", "主题、机构和大厅", "一个办事大厅", directory.CentreSerializer, parameters=[SLUG]
)
class Centre(CentreParts, Entry):
    """GET /api/v1/centres/<slug>/"""


@described(
    "codes",
    "从这里开始",
    "代码表",
    results_of(directory.CodeListSerializer, "CodeLists"),
    "回答里各种代码的文字，例如 handling_type 的 1 是即办件。",
    filters=False,
    refusals=(),
)
class Codes(OpenView):
    """GET /api/v1/codes/"""

    def read(self, request, **kwargs):
        return {"results": directory.code_lists()}


@described(
    "changes",
    "变化和搜索",
    "某时刻以来的变化",
    changes.ChangePageSerializer,
    "发布、暂停、恢复和取消，按时间排列。保存一份目录的系统读到 more 为 false，"
    "留下 next，过些时候再读它。变化在发生约 10 秒后出现。",
    parameters=changes.DESCRIBED,
    filters=False,
)
class Changes(OpenView):
    """GET /api/v1/changes/"""

    parameters = changes.PARAMETERS

    def read(self, request, **kwargs):
        return changes.read(request)


@described(
    "search",
    "变化和搜索",
    "用日常说法找事项",
    finding.FoundSerializer,
    "与网站的搜索相同：日常说法、拼音、首字母、错别字和编码都可以，最相关的在前。",
    parameters=finding.DESCRIBED,
    filters=False,
    refusals=(),
)
class Search(OpenView):
    """GET /api/v1/search/?q=…"""

    parameters = finding.PARAMETERS

    def read(self, request, **kwargs):
        return finding.read(request)
