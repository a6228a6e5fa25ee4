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

from accounts.api.described import description
from tests.architecture.source import ROOT

COPY = ROOT / "docs/openapi.json"
EXAMPLES = 20
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


def test_the_committed_description_is_the_one_the_code_gives():
    """After a wanted change: manage.py open_api writes it again; other systems read the diff."""
    assert json.loads(COPY.read_text(encoding="utf-8")) == description()
