"""Writing systems: drafts through the desk's own services, never further than their person."""

import pytest

from accounts.roles import Role
from accounts.scopes import Scope
from accounts.services import tokens
from matters.api import drafts as api
from matters.models import ElementChange, MatterVersion
from matters.services.reviewing import submit_version
from tests.factories.accounts import UserFactory
from tests.factories.matters import editor, in_force
from tests.factories.organisations import AgencyFactory, MembershipFactory

pytestmark = pytest.mark.django_db
SEQ = 9001
DRAFT = f"/api/v1/drafts/{SEQ}/"
CONTACT, FAQS = f"{DRAFT}sections/contact/", f"{DRAFT}sections/faqs/"
JSON = "application/json"


@pytest.fixture
def live() -> MatterVersion:
    return in_force(SEQ)


@pytest.fixture
def person():
    return editor()


class Caller:
    """A client that speaks with a token."""

    def __init__(self, client, user):
        _, text = tokens.issue_token(
            user=user, name="市级事项库", scopes=[Scope.CATALOGUE_DRAFT], days=1, by=None
        )
        self.client, self.headers = client, {"HTTP_AUTHORIZATION": f"Bearer {text}"}

    def get(self, address: str):
        return self.client.get(address, **self.headers)

    def post(self, address: str, data: dict):
        return self.client.post(address, data, content_type=JSON, **self.headers)

    def patch(self, address: str, base: dict, mine: dict):
        change = {"base": base, "mine": mine}
        return self.client.patch(address, change, content_type=JSON, **self.headers)


@pytest.fixture
def system(client, person, live) -> Caller:
    return Caller(client, person)


@pytest.fixture
def draft(system) -> dict:
    answer = system.post("/api/v1/drafts/", {"seq": SEQ})
    assert (answer.status_code, answer["Location"]) == (201, DRAFT)
    return answer.json()


def fields(**values) -> dict:
    return {"fields": values, "rows": []}


def test_a_draft_is_prepared_beside_the_live_edition(system, draft, live):
    assert (draft["edition"], draft["status"]) == (2, "draft")
    assert system.get(DRAFT).json() == draft
    assert MatterVersion.objects.published().get() == live
    again = system.post("/api/v1/drafts/", {"seq": SEQ})
    assert (again.status_code, again["Content-Type"]) == (409, "application/problem+json")


def test_an_element_is_changed_and_the_change_has_its_author(system, draft, person):
    read = system.get(CONTACT).json()
    wanted = fields(window_place="一层大厅", consult_phone="022-12345678")
    base = fields(**{name: read["fields"][name] for name in wanted["fields"]})
    answer = system.patch(CONTACT, base, wanted)
    assert answer.status_code == 200, answer.json()
    assert answer.json()["fields"]["window_place"] == "一层大厅"
    assert answer.json()["changed"] >= 1
    changes = ElementChange.objects.filter(version__number=2)
    assert {change.by for change in changes} == {person}
    assert system.patch(CONTACT, wanted, wanted).json()["changed"] == 0


def test_rows_of_a_list_are_added_changed_and_dropped(system, draft):
    rows = system.get(FAQS).json()["rows"]
    kept = rows[0] | {"answer": "可以。"}
    wanted = [{"id": None, "question": "要带什么？", "answer": "带身份证。"}, kept]
    answer = system.patch(FAQS, {"fields": {}, "rows": rows}, {"fields": {}, "rows": wanted})
    assert answer.status_code == 200, answer.json()
    assert [row["question"] for row in answer.json()["rows"]] == ["要带什么？", kept["question"]]
    assert answer.json()["rows"][1] == kept


def test_what_the_desk_changed_meanwhile_is_never_overwritten(system, draft):
    before = system.get(CONTACT).json()["fields"]
    MatterVersion.objects.filter(number=2).update(window_place="编辑刚改的", email="a@example.org")
    mine = fields(window_place="系统想写的")
    answer = system.patch(CONTACT, fields(window_place=before["window_place"]), mine)
    assert (answer.status_code, answer.json()["code"]) == (409, "section_changed")
    assert system.get(CONTACT).json()["fields"]["window_place"] == "编辑刚改的"


@pytest.mark.parametrize(
    ("address", "mine"),
    [
        (CONTACT, fields(email="no address")),
        (CONTACT, fields(window_place=["一层"])),
        (CONTACT, fields(window_place="长" * 201)),
        (CONTACT, fields(status="published")),
        (CONTACT, fields(matter=1)),
        (CONTACT, {"fields": {}, "rows": [{"id": None}]}),
        (FAQS, {"fields": {}, "rows": [{"id": None, "question": ""}]}),
        (FAQS, {"fields": {}, "rows": [{"id": "x", "question": "a", "answer": "b"}]}),
        (
            FAQS,
            {"fields": {}, "rows": [{"id": None, "question": "a", "answer": "b", "version": 1}]},
        ),
    ],
)
def test_what_does_not_fit_is_told_beside_its_name_and_nothing_is_stored(
    system, draft, address, mine
):
    read = system.get(address).json()
    answer = system.patch(address, read, mine)
    assert answer.status_code == 400, answer.json()
    assert answer.json()["errors"]
    assert system.get(address).json() == read


@pytest.mark.parametrize(
    "body", ["", "[]", "{}", '{"base": 1, "mine": 2}', '{"base": {"fields": {}}}', "{"]
)
def test_a_body_of_another_shape_is_a_problem(system, draft, body):
    answer = system.client.patch(CONTACT, body, content_type=JSON, **system.headers)
    assert (answer.status_code, answer["Content-Type"]) == (400, "application/problem+json")


def test_a_base_that_was_never_read_is_refused(system, draft):
    wanted = {"fields": {}, "rows": [{"id": 1, "question": "a", "answer": "b"}]}
    base = {"fields": {}, "rows": [{"nothing": 1}]}
    assert system.patch(FAQS, base, wanted).status_code in (409, 422)


def test_limits_that_contradict_each_other_are_refused(system, draft):
    address = f"{DRAFT}sections/limits/"
    read = system.get(address).json()
    answer = system.patch(address, read, fields(promised_value=99, statutory_value=1))
    assert answer.status_code in (400, 422), answer.json()
    assert system.get(address).json() == read


def test_a_section_with_links_to_other_tables_stays_on_the_desk(system, draft):
    assert not {"materials", "situations"} & set(draft["sections"])
    for key in ("materials", "situations", "nothing"):
        assert system.get(f"{DRAFT}sections/{key}/").status_code == 404
    assert "agency" not in system.get(f"{DRAFT}sections/basic/").json()["fields"]


def test_no_section_lets_a_status_or_a_person_through():
    for key in api.writable():
        columns = set(api._columns(api.sections.BY_KEY[key]))
        assert not columns & {"status", "number", "published_by", "published_at", "snapshot"}


def test_what_was_handed_in_can_no_longer_be_written(system, draft, person):
    version = MatterVersion.objects.get(number=2)
    submit_version(version_id=version.pk, by=person)
    answer = system.patch(CONTACT, fields(), fields(window_place="x"))
    assert (answer.status_code, answer.json()["code"]) == (409, "not_a_draft")


@pytest.mark.parametrize(
    ("method", "address"),
    [("post", "/api/v1/drafts/"), ("get", DRAFT), ("get", CONTACT), ("patch", CONTACT)],
)
class TestWhoMay:
    """Nobody without a token; a token never does what its person may not."""

    def test_a_stranger_may_not(self, client, live, method, address):
        answer = getattr(client, method)(address, {}, content_type=JSON)
        assert (answer.status_code, answer.json()["code"]) == (401, "token_needed")

    def test_a_session_of_an_editor_is_no_token(self, client, live, method, address):
        client.force_login(editor())
        assert getattr(client, method)(address, {}, content_type=JSON).status_code in (302, 401)

    @pytest.mark.parametrize("role", [Role.WINDOW, Role.LEGAL, None])
    def test_a_token_of_another_role_may_not(self, client, live, method, address, role):
        caller = Caller(client, UserFactory(roles=[role] if role else []))
        data = {"seq": SEQ} if method == "post" else {"base": fields(), "mine": fields()}
        sent = {} if method == "get" else {"data": data, "content_type": JSON}
        answer = getattr(client, method)(address, **sent, **caller.headers)
        assert answer.status_code == 403


def test_an_editor_of_another_agency_may_not(client, live):
    person = editor()
    MembershipFactory(user=person, agency=AgencyFactory(), role=Role.CATALOGUE_EDITOR)
    answer = Caller(client, person).post("/api/v1/drafts/", {"seq": SEQ})
    assert (answer.status_code, answer.json()["code"]) == (403, "other_agency")


def test_no_address_submits_approves_or_publishes(system, draft):
    for deed in ("submit", "approve", "publish", "schedule", "withdraw"):
        assert system.post(f"{DRAFT}{deed}/", {}).status_code == 404
