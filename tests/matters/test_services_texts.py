"""A stored body is the body that would be rendered now, byte for byte, or it is not used."""

import pytest

from matters import jobs
from matters.models import GuideText, Matter, MatterVersion
from matters.presenting import article
from matters.services import texts
from matters.workflow import MatterStatus

pytestmark = pytest.mark.usefixtures("loaded_catalogue")
#: one item, several items, staged, charged
GUIDES = (113, 1, 70, 31)


def edition(seq: int) -> MatterVersion:
    return MatterVersion.objects.published().select_related("matter").get(matter__seq=seq)


def stored(seq: int = 113) -> GuideText | None:
    """The body a reader gets; stored first."""
    texts.store_texts([edition(seq)])
    return texts.find_text(seq, None)


@pytest.mark.parametrize("seq", GUIDES)
def test_a_page_with_a_stored_body_is_the_page_made_now(client, seq):
    addresses = [f"/item/{seq}/"] + [
        f"/item/{seq}/?item={item['suffix']}" for item in edition(seq).snapshot["items"]
    ]
    now = [client.get(address) for address in addresses]
    assert texts.store_texts([edition(seq)]) == len(addresses) - 1
    later = [client.get(address) for address in addresses]
    assert [answer.content for answer in later] == [answer.content for answer in now]
    assert [a["Surrogate-Key"] for a in later] == [a["Surrogate-Key"] for a in now]


def test_a_stored_body_is_found_without_the_snapshot(django_assert_num_queries):
    texts.store_texts([edition(113)])
    with django_assert_num_queries(2):
        assert texts.find_text(113, None)


def test_an_unknown_item_shows_the_first(client):
    whole = client.get("/item/1/").content.replace(b"/item/1/?item=zz", b"/item/1/")
    texts.store_texts([edition(1)])
    assert client.get("/item/1/?item=zz").content.replace(b"/item/1/?item=zz", b"/item/1/") == whole


def test_a_paused_matter_says_so_at_once(client):
    assert stored()
    Matter.objects.filter(seq=113).update(status=MatterStatus.SUSPENDED)
    assert texts.find_text(113, None) is None
    assert "这件事暂停办理" in client.get("/item/113/").content.decode()


def test_a_withdrawn_matter_is_gone_although_its_body_is_stored(client):
    assert stored()
    Matter.objects.filter(seq=113).update(status=MatterStatus.WITHDRAWN)
    assert client.get("/item/113/").status_code == 410


def test_a_related_matter_with_another_name_is_shown_by_it(client):
    related = stored().head["related"][0]
    Matter.objects.filter(seq=related).update(name="换了名字的事项")
    assert texts.find_text(113, None) is None
    assert "换了名字的事项" in client.get("/item/113/").content.decode()


def test_another_release_makes_the_body_anew(monkeypatch):
    assert stored()
    monkeypatch.setattr(article, "code_digest", lambda: "another")
    assert texts.find_text(113, None) is None


def test_another_edition_does_not_use_the_body_of_the_former():
    assert stored()
    version = edition(113)
    MatterVersion.objects.filter(pk=version.pk).update(status="superseded")
    assert texts.find_text(113, None) is None


def test_the_clock_stores_what_is_missing_a_few_at_a_time(monkeypatch):
    monkeypatch.setattr(jobs, "TEXTS_A_RUN", 3)
    for count in (3, 6, 9):
        jobs.store_texts()
        assert GuideText.objects.values("version").distinct().count() == count


def test_the_template_gets_nothing_but_the_frame():
    """Whatever else it showed would change without the stored body noticing."""
    version = edition(113)
    frame = article.Frame.of(version, [])
    shown = article.context(version.snapshot, version.snapshot["items"][0], frame)
    assert shown["version"] is shown["matter"] is frame
    assert "request" not in shown
