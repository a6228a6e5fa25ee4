"""Streets, agencies, halls and posts of the tests."""

import datetime

import factory

from accounts.roles import Role
from organisations.models import Agency, Membership, ServiceCentre, Street, Window
from tests.factories.accounts import UserFactory


class StreetFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Street

    code = factory.Sequence(lambda number: f"120102{number % 900 + 100}")
    name = factory.Sequence(lambda number: f"测试{number}街道")


class AgencyFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Agency

    slug = factory.Sequence(lambda number: f"agency-{number}")
    name = factory.Sequence(lambda number: f"天津市河东区测试{number}局")
    short_name = factory.Sequence(lambda number: f"区测试{number}局")
    kind = Agency.Kind.DISTRICT
    sort_key = factory.LazyAttribute(lambda agency: agency.slug)


class ServiceCentreFactory(factory.django.DjangoModelFactory):
    """A hall for the whole district; `of_street=True` makes a street's one."""

    class Meta:
        model = ServiceCentre

    slug = factory.Sequence(lambda number: f"centre-{number}")
    name = factory.Sequence(lambda number: f"测试{number}政务服务中心")
    kind = ServiceCentre.Kind.SPECIALISED
    agency = factory.SubFactory(AgencyFactory)

    class Params:
        of_street = factory.Trait(
            kind=ServiceCentre.Kind.STREET, street=factory.SubFactory(StreetFactory)
        )


class WindowFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Window

    centre = factory.SubFactory(ServiceCentreFactory)
    slug = factory.Sequence(lambda number: f"window-{number}")
    name = factory.Sequence(lambda number: f"测试{number}窗口")
    kind = Window.Kind.UNIFIED


class MembershipFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Membership

    user = factory.SubFactory(UserFactory)
    agency = factory.SubFactory(AgencyFactory)
    role = Role.WINDOW
    starts_on = datetime.date(2025, 1, 1)
