"""身边的大厅 with the catalogue loaded: what each hall receives, counted."""

import re

from django.db.models import Count

from matters.statistics import licences_in_force


def page(client, url: str) -> str:
    response = client.get(url)
    assert response.status_code == 200
    return response.content.decode()


def test_list_says_how_many_licences_each_hall_receives(client, loaded_catalogue):
    text = page(client, "/places/")
    shares = dict(licences_in_force().order_by().values_list("centre__slug").annotate(Count("pk")))
    assert sum(shares.values()) == 176
    assert f"看在这里办的 {shares['district']} 项" in text
    for slug in ("police", "tax"):
        card = text.split(f'href="/places/{slug}/"')[1].split("</li></ul>")[0]
        assert f'href="/places/{slug}/matters/">许可事项 <b>{shares[slug]} 项</b>' in card
    assert f"许可事项 <b>{shares[None]} 项</b>" in text


def test_hall_page_counts_by_theme_and_its_list_holds_as_many(client, loaded_catalogue):
    text = page(client, "/places/police/")
    row = re.compile(r'href="(/places/police/matters/\?theme=[^"]+)".*?count">(\d+) 项', re.DOTALL)
    links = row.findall(text)
    assert len(links) >= 3
    for url, count in links:
        assert f"共 <b>{count}</b> 项" in page(client, url)


def test_hall_without_licences_says_where_they_are(client, loaded_catalogue):
    text = page(client, "/places/street-dongxin/")
    assert "行政许可事项目前不在这个大厅受理" in text
    assert 'href="/places/district/">河东区政务服务中心</a>' in text
    assert "目前没有行政许可事项" in page(client, "/places/street-dongxin/matters/")
