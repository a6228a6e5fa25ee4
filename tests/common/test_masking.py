"""What a list shows of a person."""

import pytest
from django.template import Context, Template

from common.masking import mask_id, mask_name, mask_phone


@pytest.mark.parametrize(
    ("mask", "value", "shown"),
    [
        (mask_id, "120102198512310021", "120***********0021"),
        (mask_id, "E12345678", "E12**5678"),
        (mask_id, "1234567", "*******"),
        (mask_id, "", ""),
        (mask_id, None, ""),
        (mask_phone, "13812341234", "138****1234"),
        (mask_phone, "022-22345678", "022-****5678"),
        (mask_phone, "12345", "*****"),
        (mask_phone, None, ""),
        (mask_name, "张三", "张*"),
        (mask_name, "李小明", "李**"),
        (mask_name, "欧阳小明", "欧阳**"),
        (mask_name, "张", "张*"),
        (mask_name, " ", ""),
    ],
)
def test_a_mask_shows_only_the_agreed_characters(mask, value, shown):
    assert mask(value) == shown


def test_templates_have_the_masks_as_filters():
    source = "{% load masking %}{{ n|mask_name }} {{ p|mask_phone }} {{ i|mask_id }}"
    context = Context({"n": "张三", "p": "13812341234", "i": "120102198512310021"})
    assert Template(source).render(context) == "张* 138****1234 120***********0021"
