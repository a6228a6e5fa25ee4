"""An empty catalogue has figures without ratios, and nothing fails."""

import pytest

from matters import statistics


@pytest.mark.django_db
def test_without_matters_a_ratio_is_a_dash_and_not_zero():
    counts = statistics.counts()
    assert counts.total == 0
    assert [ratio.words for ratio in counts.ratios] == ["—（暂无数据）"] * 4
    assert [ratio.fraction for ratio in counts.ratios] == [""] * 4
    assert statistics.everyday() == statistics.agencies_with_counts() == []
