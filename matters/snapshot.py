"""The whole guide as one immutable document.

`build(version)` walks an editable version once and returns plain data; publishing stores it and
every public page, receipt and API answer reads only that. Keys are stable: a page of last year
must still render. Values are what is shown, codes stand beside their words where both are used.
"""

from collections.abc import Iterable
from typing import Any

from matters.models import MatterVersion
from matters.models.choices import ApplicationChannel, ConditionKind, ServiceObject

SCHEMA = 1

#: scalar elements copied as they are, grouped as the page groups them
IDENTITY = (
    "implementation_code local_base_code local_implementation_code implementing_uscc "
    "power_division power_content entrusting_department handling_agency_name "
    "national_list_name sub_item_name system_level system_name"
).split()
LICENSING = (
    "approval_level acceptance_level has_first_review first_review_level elements_unified "
    "supervising_body supervision_basis reform_measures annual_check annual_report "
    "quantity_limit quantity_limited intermediary_service remarks"
).split()
SERVICE = (
    "jurisdiction online online_url mobile_url instant once visits visit_reason in_hall "
    "self_service_terminal bookable booking_rule daily_booking_quota materials_by_post "
    "results_by_post pay_online commitment deferrable cross_province tax_reduction staged"
).split()
CONTACT = (
    "window_place window_number opening_hours traffic_guide consult_phone consult_other "
    "complaint_phone complaint_other email postal_address"
).split()
REMEDY = (
    "rights duties reconsideration_body reconsideration_address reconsideration_phone "
    "litigation_court litigation_address litigation_phone"
).split()
#: elements with a code list: the snapshot keeps the words
CODED = (
    "body_nature exercise_level power_source licence_class reform_kind online_depth "
    "service_scope handling_type"
).split()
THEME = "slug name kind audience".split()


def build(version: MatterVersion) -> dict[str, Any]:
    """Return the guide of `version` as JSON-ready data; see the key list in each part below."""
    return {
        "schema": SCHEMA,
        "seq": version.matter.seq,
        "version": version.number,
        "name": version.name,
        "summary": version.summary,
        "applicants": version.applicants,
        "type": version.matter.get_kind_display(),
        "base_code": version.matter.base_item.code if version.matter.base_item else "",
        "base_code_provisional": bool(
            version.matter.base_item and version.matter.base_item.code_is_provisional
        ),
        "agency": _agency(version.agency),
        "joint_agencies": [_agency(agency) for agency in version.joint_agencies.all()],
        "supervisor": _agency(version.supervisor),
        "centre": _centre(version.centre),
        "window": str(version.window) if version.window else "",
        "audience": list(version.audience),
        "audience_words": _words(version.audience, ServiceObject),
        "channels": _words(version.channels, ApplicationChannel),
        "channel_codes": list(version.channels),
        "themes": [_copy(theme, THEME) for theme in version.themes.all()],
        "identity": _copy(version, IDENTITY),
        "licensing": _copy(version, LICENSING),
        "service": _copy(version, SERVICE),
        "contact": _copy(version, CONTACT),
        "remedy": _copy(version, REMEDY),
        "words": {name: getattr(version, f"get_{name}_display")() for name in CODED},
        "codes": _copy(version, CODED),
        "limit": _limit(version),
        "items": [_item(item) for item in version.items.all()],
        "situations": [_situation(situation) for situation in version.situations.all()],
        "conditions": _conditions(version, ConditionKind.APPLIES),
        "cannot_apply": _conditions(version, ConditionKind.EXCLUDES),
        "materials": [_material(material) for material in version.materials.all()],
        "steps": [_step(step) for step in version.steps.all()],
        "fee": _copy(version.fee, "charged item standard basis reducible reduction_basis".split()),
        "result": _result(version.result),
        "faqs": [{"q": faq.question, "a": faq.answer} for faq in version.faqs.all()],
        "mistakes": list(version.mistakes),
        "law": [
            {"law": basis.law, "article": basis.article, "gist": basis.gist}
            for basis in version.legal_bases.all()
        ],
        "related": list(version.related_seqs),
        "keywords": list(version.keywords),
        "certainty": {
            "overall": version.overall_certainty,
            "parts": dict(version.certainty),
            "estimated": list(version.estimated_fields),
        },
        "effective_on": version.effective_on.isoformat() if version.effective_on else "",
    }


def _copy(row: Any, names: Iterable[str]) -> dict[str, Any]:
    return {name: getattr(row, name) for name in names}


def _words(codes: Iterable[str], choices: Any) -> list[str]:
    labels = dict(choices.choices)
    return [labels[code] for code in codes]


def _agency(agency: Any) -> dict[str, str] | None:
    if agency is None:
        return None
    return {"slug": agency.slug, "name": agency.name, "short_name": agency.short_name}


def _centre(centre: Any) -> dict[str, str] | None:
    return {"slug": centre.slug, "name": centre.name} if centre else None


def _limit(version: MatterVersion) -> dict[str, Any]:
    return {
        "statutory": version.statutory_value,
        "promised": version.promised_value,
        "unit": version.statutory_unit,
        "unit_word": version.get_statutory_unit_display(),
        "source": version.statutory_source,
        "statutory_note": version.statutory_note,
        "promised_note": version.promised_note,
    }


def _item(item: Any) -> dict[str, Any]:
    return {
        "suffix": item.suffix,
        "name": item.name,
        "kind": item.get_kind_display(),
        "statutory": item.statutory_value,
        "promised": item.promised_value,
        "unit": item.statutory_unit,
        "unit_word": item.get_statutory_unit_display(),
        "clock_starts": item.get_clock_starts_display(),
        "instant": item.instant,
        "stage": item.stage,
    }


def _situation(situation: Any) -> dict[str, Any]:
    return {
        "key": situation.key,
        "question": situation.question,
        "options": [
            {"key": option.key, "label": option.label} for option in situation.options.all()
        ],
    }


def _conditions(version: MatterVersion, kind: str) -> list[str]:
    return [row.sentence for row in version.conditions.all() if row.kind == kind]


def _material(material: Any) -> dict[str, Any]:
    return {
        "key": material.key,
        "name": material.name,
        "paper": material.paper.key if material.paper else "",
        "one_of": [paper.name for paper in material.paper.alternatives.all()]
        if material.paper
        else [],
        "holder": material.holder,
        "items": sorted(item.suffix for item in material.items.all()),
        "when": material.when,
        "necessity": material.necessity,
        "necessity_word": material.get_necessity_display(),
        "form": material.get_form_display(),
        "copies": material.copies,
        "source": material.get_source_display(),
        "issuer": material.issuer or (material.paper.issuer if material.paper else ""),
        "e_licence": material.e_licence,
        "paper_e_licence": material.paper.e_licence if material.paper else "",
        "waived": bool(material.e_licence),
        "deferrable": material.necessity == "deferrable",
        "deferral_days": material.deferral_days,
        "commitment_allowed": material.commitment_allowed,
        "basis": material.basis,
        "standard": material.acceptance_standard,
        "tip": material.tip,
        "blank_form": material.has_blank_form,
    }


def _step(step: Any) -> dict[str, Any]:
    return {
        "name": step.name,
        "actor": step.actor,
        "role": step.role,
        "days": step.days,
        "detail": step.detail,
        "special": step.special,
        "counts": step.counts_in_limit,
        "basis": step.basis,
        "charged": step.charged,
    }


def _result(result: Any) -> dict[str, Any]:
    renew = None
    if result.renew_before_value:
        renew = {
            "value": result.renew_before_value,
            "unit_word": result.get_renew_before_unit_display(),
        }
    return {
        "name": result.name,
        "kind": result.get_kind_display(),
        "validity_years": result.validity_years,
        "valid_area": result.valid_area,
        "renew_before": renew,
        "delivery": list(result.delivery),
        "sample_note": result.sample_note,
    }
