"""The description is true: whatever it allows is answered as it says, and nothing else breaks.

schemathesis asks every operation what its description allows, and what it forbids, in this process.
The committed copy of the description changes only on purpose.
"""

import json

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections
from hypothesis import HealthCheck, settings
from schemathesis.config import SchemathesisConfig
from schemathesis.specs.openapi.checks import negative_data_rejection, positive_data_acceptance

from accounts.api.described import description
from accounts.roles import Role
from accounts.scopes import Scope
from accounts.services import tokens
from matters.models import Matter
from matters.services.editions import prepare_version
from tests.architecture.source import ROOT
from tests.factories.accounts import UserFactory

COPY = ROOT / "docs/openapi.json"
EXAMPLES = 20
SEQ = 113
JUDGEMENTS = [positive_data_acceptance, negative_data_rejection]
schema = schemathesis.openapi.from_dict(description(), config=SchemathesisConfig.from_dict({}))
schema.app = get_wsgi_application()


@pytest.fixture
def open_transaction():
    """Requests leave the test's transaction open, as with Django's own client."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


@pytest.mark.usefixtures("loaded_catalogue", "open_transaction")
@schema.parametrize()
@settings(
    max_examples=EXAMPLES,
    deadline=None,
    derandomize=True,
    database=None,
    suppress_health_check=list(HealthCheck),
)
def test_every_operation_keeps_its_contract(case):
    case.call_and_validate()


@pytest.fixture
def authorised(db) -> dict[str, str]:
    """The header of a system that may write drafts; one draft is open."""
    person = UserFactory(roles=[Role.CATALOGUE_EDITOR])
    _, text = tokens.issue_token(
        user=person, name="对接系统", scopes=[Scope.CATALOGUE_DRAFT], days=1, by=None
    )
    prepare_version(matter_id=Matter.objects.get(seq=SEQ).pk, by=person)
    return {"Authorization": f"Bearer {text}"}


@pytest.mark.usefixtures("loaded_catalogue", "open_transaction")
@schema.include(tag=["编制草稿", "令牌"]).parametrize()
@settings(
    max_examples=EXAMPLES,
    deadline=None,
    derandomize=True,
    database=None,
    suppress_health_check=list(HealthCheck),
)
def test_a_writing_system_meets_no_fault_either(case, authorised):
    """Whatever is sent, the answer is one the description names. Which of the two a value gets is
    not asked: it may fit the description and still break a rule of the catalogue."""
    if "seq" in (case.path_parameters or {}):
        case.path_parameters["seq"] = SEQ
    case.call_and_validate(headers=authorised, excluded_checks=JUDGEMENTS)


def test_the_committed_description_is_the_one_the_code_gives():
    """After a wanted change: manage.py open_api writes it again; other systems read the diff."""
    assert json.loads(COPY.read_text(encoding="utf-8")) == description()
