"""Masks for templates: `{% load masking %}` and `{{ party.mobile|mask_phone }}`."""

from django import template

from common import masking

register = template.Library()
for mask in (masking.mask_id, masking.mask_phone, masking.mask_name):
    register.filter(mask.__name__, mask)
