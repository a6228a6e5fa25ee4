"""What must be right before the portal starts."""

import pytest
from django.apps import apps
from django.core.exceptions import ImproperlyConfigured

TWO_KEYS = (
    "new:aes-256-gcm:bmV3LW5ldy1uZXctbmV3LW5ldy1uZXctbmV3LW5ldyE=,"
    "old:aes-256-gcm:b2xkLW9sZC1vbGQtb2xkLW9sZC1vbGQtb2xkLW9sZCE="
)


@pytest.mark.parametrize("keys", ["", "a:rot13:AAAA", TWO_KEYS], ids=["none", "wrong", "no index"])
def test_wrong_keys_stop_the_start_with_a_sentence(settings, keys):
    settings.FIELD_KEYS = keys
    with pytest.raises(ImproperlyConfigured, match="FIELD_KEYS"):
        apps.get_app_config("common").ready()


def test_the_keys_of_this_installation_are_read():
    assert apps.get_app_config("common").ready() is None
