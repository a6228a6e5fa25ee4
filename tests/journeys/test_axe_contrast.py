"""WCAG 2.2 AA and best practice on every page type in 高对比."""

import pytest

from tests.journeys.axe import scan
from tests.journeys.places import PUBLIC

pytestmark = pytest.mark.journey


@pytest.mark.parametrize("name", PUBLIC)
def test_no_violation(portal, new_page, name):
    assert scan(portal, new_page, name, "contrast") == {}
