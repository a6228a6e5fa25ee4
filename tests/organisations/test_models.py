"""What the database itself refuses about organisations."""

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from organisations.models import Agency, ServiceCentre, Window
from tests.factories.organisations import (
    AgencyFactory,
    ServiceCentreFactory,
    StreetFactory,
    WindowFactory,
)

pytestmark = pytest.mark.django_db


def refuses(constraint: str):
    return pytest.raises(IntegrityError, match=constraint)


def test_only_an_exclave_lies_elsewhere():
    with refuses("street_only_enclave_lies_elsewhere"), transaction.atomic():
        StreetFactory(lies_in="河北省涉县")
    assert StreetFactory(is_enclave=True, lies_in="河北省涉县").pk


def test_an_agency_is_not_its_own_parent():
    agency = AgencyFactory()
    agency.parent = agency
    with refuses("agency_not_its_own_parent"), transaction.atomic():
        agency.save()


def test_a_credit_code_belongs_to_one_agency_but_may_be_unknown():
    AgencyFactory()
    AgencyFactory(uscc="11120102MB0P40013N")
    with refuses("agency_uscc_once"), transaction.atomic():
        AgencyFactory(uscc="11120102MB0P40013N")


@pytest.mark.parametrize("code", ["11120102MB0P40013M", "111", "11120102MB0P4001IN"])
def test_a_wrong_credit_code_is_named(code):
    with pytest.raises(ValidationError) as refusal:
        Agency(slug="a", name="甲", short_name="乙", kind="other", uscc=code).full_clean()
    assert "uscc" in refusal.value.message_dict


@pytest.mark.parametrize(
    ("phone", "fine"),
    [
        ("12345", True),
        ("022-84260000", True),
        ("022-84260000-8", True),
        ("84 26", False),
        ("电话", False),
    ],
)
def test_phone_spelling(phone, fine):
    agency = Agency(slug="a", name="甲", short_name="乙", kind="other", consultation_phone=phone)
    try:
        agency.full_clean()
    except ValidationError as refusal:
        assert not fine
        assert set(refusal.message_dict) == {"consultation_phone"}
    else:
        assert fine


@pytest.mark.parametrize("supervision", ["022-12345678", "12345678", "022-1234-5678"])
def test_one_number_in_two_spellings_is_still_one_number(supervision):
    agency = AgencyFactory(consultation_phone="022-12345678", supervision_phone=supervision)
    with pytest.raises(ValidationError) as refused:
        agency.clean()
    assert "supervision_phone" in refused.value.message_dict


def test_two_numbers_are_two_numbers():
    agency = AgencyFactory(consultation_phone="022-12345678", supervision_phone="022-12345679")
    agency.clean()
    assert agency.supervision_phone == "022-12345679"


def test_street_centres_have_a_street_and_others_none():
    with refuses("centre_street_only_for_street_kind"), transaction.atomic():
        ServiceCentreFactory(kind=ServiceCentre.Kind.STREET)
    with refuses("centre_street_only_for_street_kind"), transaction.atomic():
        ServiceCentreFactory(street=StreetFactory())
    assert ServiceCentreFactory(of_street=True).pk


def test_a_window_number_is_used_once_in_a_centre_but_may_be_unknown():
    centre = ServiceCentreFactory()
    WindowFactory.create_batch(2, centre=centre)
    WindowFactory(centre=centre, number="1")
    WindowFactory(number="1")
    with refuses("window_number_once_per_centre"), transaction.atomic():
        WindowFactory(centre=centre, number="1")


def test_which_agencies_a_window_takes():
    mine, other = AgencyFactory.create_batch(2)
    assert WindowFactory().takes(mine)
    special = WindowFactory(kind=Window.Kind.SPECIAL)
    assert not special.takes(mine)
    special.agencies.add(mine)
    assert special.takes(mine)
    assert not special.takes(other)


def test_centre_is_complete_when_a_visitor_could_find_it():
    centre = ServiceCentreFactory(address="某路 1 号", hours="周一至周五", phone="12345")
    assert centre.is_complete
    centre.phone = ""
    assert not centre.is_complete


def test_facilities_have_chinese_names_in_the_order_of_the_list():
    centre = ServiceCentreFactory(facilities=["toilet", "ramp"])
    assert centre.facility_names == ["无障碍坡道", "无障碍卫生间"]
