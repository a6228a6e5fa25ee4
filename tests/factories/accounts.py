"""People of the tests."""

import secrets

import factory

from accounts.models import RoleAssignment, SecondFactor, User

PASSWORD = "a-long-test-password"


class UserFactory(factory.django.DjangoModelFactory):
    """A member of staff; `roles=[Role.WINDOW]` gives roles, `password=""` leaves none."""

    class Meta:
        model = User
        skip_postgeneration_save = True

    username = factory.Sequence(lambda number: f"officer{number}")
    display_name = factory.Sequence(lambda number: f"工作人员{number}")
    kind = User.Kind.STAFF

    class Params:
        citizen = factory.Trait(
            kind=User.Kind.CITIZEN, username=factory.Sequence(lambda n: f"citizen{n}")
        )

    @factory.post_generation
    def password(self, create, extracted, **kwargs):
        self.set_password(PASSWORD if extracted is None else extracted)
        self.save(update_fields=["password"])

    @factory.post_generation
    def roles(self, create, extracted, **kwargs):
        for role in extracted or ():
            RoleAssignment.objects.create(user=self, role=role)


class SecondFactorFactory(factory.django.DjangoModelFactory):
    """A bound phone."""

    class Meta:
        model = SecondFactor

    user = factory.SubFactory(UserFactory)
    name = "动态口令"
    key = factory.LazyFunction(lambda: secrets.token_hex(20))
    confirmed = True
