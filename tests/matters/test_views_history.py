"""Editions of a guide are listed for everyone; drafts are not."""

import pytest
from django.urls import reverse
from django.utils.timezone import localtime

from common.clock import now
from matters.models import MatterVersion
from matters.workflow import VersionStatus
from tests.html_rules import Page, breaches

pytestmark = pytest.mark.usefixtures("loaded_catalogue")


def page(client, seq=1):
    response = client.get(reverse("matters:history", args=[seq]))
    assert response.status_code == 200
    assert breaches(response.content.decode()) == []
    return response


def test_the_edition_in_force_has_number_and_date(client):
    text = Page(page(client).content.decode()).text
    published = localtime(MatterVersion.objects.published().get(matter__seq=1).published_at)
    assert "第 1 版" in text
    assert f"{published.year} 年 {published.month} 月 {published.day} 日" in text
    assert "现行" in text


def edition_after(version, **values):
    """A copy of `version` as edition 2."""
    copy = MatterVersion.objects.get(pk=version.pk)
    copy.pk, copy.number = None, 2
    for name, value in values.items():
        setattr(copy, name, value)
    copy.save()
    return copy


def test_drafts_are_not_public(client):
    source = MatterVersion.objects.published().get(matter__seq=1)
    edition_after(source, status=VersionStatus.DRAFT, snapshot=None, published_at=None)
    assert [row.number for row in page(client).context["editions"]] == [1]


def test_a_superseded_edition_stays_in_the_list_with_its_date(client):
    old = MatterVersion.objects.published().get(matter__seq=1)
    MatterVersion.objects.filter(pk=old.pk).update(
        status=VersionStatus.SUPERSEDED, superseded_at=now()
    )
    edition_after(old, status=VersionStatus.PUBLISHED, published_at=now())
    response = page(client)
    text = Page(response.content.decode()).text
    assert [row.number for row in response.context["editions"]] == [2, 1]
    assert "已被替代" in text
    assert text.index("第 2 版") < text.index("第 1 版")


def test_the_guide_links_to_its_history(client):
    guide = client.get(reverse("matters:guide", args=[1])).content.decode()
    assert reverse("matters:history", args=[1]) in guide
