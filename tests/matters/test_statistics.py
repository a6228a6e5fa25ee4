"""Figures equal an independent count of the rows."""

import pytest
from django.db import connection

from matters import statistics
from matters.models import Matter, MatterVersion
from matters.workflow import MatterStatus
from organisations.models import Agency

pytestmark = pytest.mark.usefixtures("loaded_catalogue")

IN_FORCE = """
    FROM matters_matterversion v JOIN matters_matter m ON m.id = v.matter_id
    WHERE v.status = 'published' AND m.status <> 'withdrawn' AND m.kind = '01'
"""


def number(sql: str, *parameters) -> int:
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)
        return cursor.fetchone()[0]


def test_report_figures_equal_an_independent_count():
    counts = statistics.counts()
    assert counts.total == number(f"SELECT count(*) {IN_FORCE}") == 176
    assert counts.online.numerator == number(f"SELECT count(*) {IN_FORCE} AND v.online")
    assert counts.instant.numerator == number(f"SELECT count(*) {IN_FORCE} AND v.instant")
    assert counts.once.numerator == number(f"SELECT count(*) {IN_FORCE} AND v.visits <= 1")
    assert counts.on_the_spot.numerator == number(
        f"SELECT count(*) {IN_FORCE} AND v.handling_type = '1'"
    )


def test_ratios_are_those_of_the_report():
    counts = statistics.counts()
    assert [ratio.figure for ratio in counts.ratios] == ["F08", "F09", "F10", ""]
    assert counts.online.words == "98.30%"
    assert counts.instant.words == counts.once.words == "97.16%"
    assert counts.online.fraction == "176 项中 173 项"
    assert all(ratio.definition.endswith("。") for ratio in counts.ratios)


def test_counts_of_an_audience_are_a_part_of_all():
    person, everyone = statistics.counts("person"), statistics.counts()
    assert person.total == number(f"SELECT count(*) {IN_FORCE} AND 'person' = ANY (v.audience)")
    assert 0 < person.total < everyone.total


def test_a_withdrawn_matter_is_counted_nowhere():
    before = statistics.counts().total
    Matter.objects.filter(seq=147).update(status=MatterStatus.WITHDRAWN)
    assert statistics.counts().total == before - 1
    assert 147 not in [row.seq for row in statistics.everyday()]


@pytest.mark.parametrize("audience", [None, "person", "organisation"])
def test_themes_and_stages_carry_their_counts_in_their_order(audience):
    themes = statistics.themes_with_counts(audience)
    positions = [theme.position for theme in themes]
    assert positions == sorted(positions) and themes
    served = f" AND '{audience}' = ANY (v.audience)" if audience else ""
    for theme in [*themes, *statistics.stages_with_counts(audience)]:
        sql = (
            f"SELECT count(*) FROM matters_versiontheme t WHERE t.theme_id = %s "
            f"AND t.version_id IN (SELECT v.id {IN_FORCE}{served})"
        )
        assert theme.matter_count == number(sql, theme.pk), theme


def test_themes_of_a_person_leave_out_those_of_firms():
    slugs = {theme.slug for theme in statistics.themes_with_counts("person")}
    assert "investment" not in slugs and "household-registration" in slugs


def test_agencies_add_up_to_the_whole_catalogue_by_pinyin():
    agencies = statistics.agencies_with_counts()
    assert sum(agency.matter_count for agency in agencies) == statistics.counts().total
    assert [agency.sort_key for agency in agencies] == sorted(a.sort_key for a in agencies)
    police = Agency.objects.get(slug="public-security")
    found = {agency.slug: agency.matter_count for agency in agencies}
    assert found["public-security"] == number(
        f"SELECT count(*) {IN_FORCE} AND v.agency_id = %s", police.pk
    )


def test_everyday_matters_come_in_the_order_of_the_editors():
    rows = statistics.everyday("person", limit=8)
    order = statistics.everyday_seqs()
    assert len(rows) == 8
    assert [row.seq for row in rows] == sorted((row.seq for row in rows), key=order.index)
    assert all("person" in row.audience for row in rows)
    assert "不是访问量" in statistics.EVERYDAY_NOTE


def test_every_everyday_row_is_a_published_matter():
    published = set(MatterVersion.objects.public().values_list("matter__seq", flat=True))
    assert set(statistics.everyday_seqs()) <= published
    assert len(statistics.everyday_searches()) == 6


def test_counting_takes_one_query(django_assert_num_queries):
    with django_assert_num_queries(1):
        statistics.counts()
    with django_assert_num_queries(1):
        statistics.themes_with_counts("person")
    with django_assert_num_queries(2):
        statistics.agencies_with_counts()
