"""Django admin of the catalogue, one file per model."""

from matters.admin import (  # noqa: F401 - registration
    base_item,
    business_item,
    catalogue_list,
    feedback,
    history,
    material,
    matter,
    paper,
    proof,
    sample,
    search_entry,
    situation,
    theme,
    version,
)
