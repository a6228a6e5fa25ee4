"""Identity numbers and codes: genuine ones pass, every slip is refused with a sentence."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from common import clock
from common import identifiers as ids

TODAY = date(2026, 11, 23)
IDS = ["12010219900307001X", "120102198512310021"]
USCCS = ["11120102MB0P40013N", "11120000MB1571593F", "11320000014000271Q", "91330102MA28NBU477"]
IMPLEMENTATION = "11320000014000271Q2000122022000"


def refusal(check, *args) -> str:
    with pytest.raises(ValidationError) as error:
        check(*args)
    (message,) = error.value.messages
    assert message.endswith("。")
    return error.value.code


def with_check(first17: str) -> str:
    return first17 + ids.id_check_digit(first17)


# --- natural persons ------------------------------------------------------------------------


@pytest.mark.parametrize("number", IDS)
def test_genuine_id_numbers_pass(number):
    assert ids.clean_resident_id(number, TODAY) == number


@pytest.mark.parametrize(
    "typed",
    [
        "12010219900307001x",
        " 120102 19900307 001X ",
        "１２０１０２１９９００３０７００１Ｘ",
        "12010219900307001×",
        "120102\u300019900307\u200b001x\n",
    ],
)
def test_what_an_input_method_adds_is_tolerated(typed):
    assert ids.clean_resident_id(typed, TODAY) == IDS[0]


@given(st.sampled_from(IDS), st.integers(0, 17), st.sampled_from("0123456789X"))
def test_any_single_changed_character_of_an_id_is_refused(number, place, character):
    changed = number[:place] + character + number[place + 1 :]
    if changed != number:
        refusal(ids.clean_resident_id, changed, TODAY)


@given(st.sampled_from(IDS), st.integers(0, 16))
def test_any_two_neighbours_swapped_in_an_id_are_refused(number, place):
    swapped = number[:place] + number[place + 1] + number[place] + number[place + 2 :]
    if swapped != number:
        refusal(ids.clean_resident_id, swapped, TODAY)


@pytest.mark.parametrize(
    ("number", "code"),
    [
        ("", "length"),
        (None, "length"),
        ("1201021990030700", "length"),
        ("120102900307001", "id_old"),
        ("1201021990030700XX", "id_characters"),
        ("١٢٠١٠٢١٩٩٠٠٣٠٧٠٠١X", "id_characters"),
        (with_check("12010219900230001"), "id_date"),
        (with_check("12010219901301001"), "id_date"),
        (with_check("12010218490101001"), "id_date"),
        (with_check("12010220261124001"), "id_date"),
        ("120102199003070010", "id_check"),
        (with_check("99010219900307001"), "id_division"),
        (with_check("12000019900307001"), "id_division"),
        (with_check("81000019900307001"), "id_kind"),
    ],
)
def test_a_wrong_id_number_says_which_rule_it_breaks(number, code):
    assert refusal(ids.clean_resident_id, number, TODAY) == code


def test_a_birth_date_is_compared_with_business_time():
    number = with_check("12010220300101001")
    assert refusal(ids.clean_resident_id, number) == "id_date"
    with clock.at(date(2030, 1, 1)):
        assert ids.clean_resident_id(number) == number


@pytest.mark.parametrize(
    ("kind", "typed", "clean"),
    [
        ("resident", "12010219900307001x", IDS[0]),
        ("residence-permit", with_check("81000019900307001"), with_check("81000019900307001")),
        ("residence-permit", with_check("83000020011231123"), with_check("83000020011231123")),
        ("travel-permit", "h12345678", "H12345678"),
        ("travel-permit", "M1234567890", "M1234567890"),
        ("travel-permit", "12345678", "12345678"),
        ("passport", "e 1234 5678", "E12345678"),
        ("permanent-residence", "usa110090010112", "USA110090010112"),
        ("permanent-residence", with_check("91284019900307001"), with_check("91284019900307001")),
    ],
)
def test_each_kind_of_document_has_its_own_rule(kind, typed, clean):
    assert ids.clean_id_document(kind, typed, TODAY) == clean


@pytest.mark.parametrize(
    ("kind", "typed", "code"),
    [
        ("residence-permit", IDS[0], "id_division"),
        ("residence-permit", with_check("81000019900230001"), "id_date"),
        ("travel-permit", "X12345678", "travel_permit"),
        ("passport", "ABCDEFG", "passport"),
        ("passport", "12", "passport"),
        ("permanent-residence", IDS[0], "id_division"),
        ("permanent-residence", "123", "length"),
    ],
)
def test_a_number_of_another_kind_is_refused(kind, typed, code):
    assert refusal(ids.clean_id_document, kind, typed, TODAY) == code


def test_every_kind_of_document_is_checked():
    for kind in ids.IdKind:
        refusal(ids.clean_id_document, kind, "?", TODAY)


# --- organisations and codes -------------------------------------------------------------------


@pytest.mark.parametrize("code", USCCS)
def test_genuine_credit_codes_pass(code):
    assert ids.clean_uscc(f" {code.lower()} ") == code


@given(st.sampled_from(USCCS), st.integers(0, 17), st.sampled_from(ids.USCC_ALPHABET))
def test_any_single_changed_character_of_a_credit_code_is_refused(code, place, character):
    changed = code[:place] + character + code[place + 1 :]
    if changed != code:
        refusal(ids.clean_uscc, changed)


@pytest.mark.parametrize(
    ("code", "reason"),
    [
        ("11120102MB0P40013", "length"),
        ("11120102MB0P4OO13N", "uscc_characters"),
        ("11A20102MB0P40013N", "uscc_division"),
        ("11120102MB0P40013A", "uscc_check"),
    ],
)
def test_a_wrong_credit_code_says_which_rule_it_breaks(code, reason):
    assert refusal(ids.clean_uscc, code) == reason


def test_a_credit_code_whose_inner_organisation_code_is_wrong_is_refused():
    first17 = "11120102MB0P40014"
    assert refusal(ids.clean_uscc, first17 + ids.uscc_check_character(first17)) == "uscc_check"


@pytest.mark.parametrize("code", ["000122022000", "000122104001", "00012210400Y", "120122104001"])
def test_genuine_base_codes_pass(code):
    assert ids.clean_base_code(code.lower()) == code


@pytest.mark.parametrize("code", ["00012202200", "00012202201Y", "0001220220Y0", "00012202200A"])
def test_a_wrong_base_code_is_refused(code):
    assert refusal(ids.clean_base_code, code) in {"length", "base_code"}


def test_genuine_implementation_and_item_codes_pass():
    assert ids.clean_implementation_code(IMPLEMENTATION) == IMPLEMENTATION
    assert ids.clean_business_item_code(IMPLEMENTATION + "04") == IMPLEMENTATION + "04"


@pytest.mark.parametrize(
    ("code", "reason"),
    [
        (IMPLEMENTATION[:-1], "length"),
        (IMPLEMENTATION[:18] + "8" + IMPLEMENTATION[19:], "level"),
        ("2" + IMPLEMENTATION[1:], "uscc_check"),
        (IMPLEMENTATION[:-1] + "A", "base_code"),
    ],
)
def test_a_wrong_implementation_code_says_which_part(code, reason):
    assert refusal(ids.clean_implementation_code, code) == reason


@pytest.mark.parametrize("code", [IMPLEMENTATION, IMPLEMENTATION + "0A"])
def test_a_wrong_business_item_code_is_refused(code):
    assert refusal(ids.clean_business_item_code, code) in {"length", "business_item"}


def test_an_implementation_code_belongs_to_its_body_and_its_base_code():
    ids.check_implementation_code(IMPLEMENTATION, "11320000014000271Q", "000122022000")
    of_another = (IMPLEMENTATION, "11120102MB0P40013N", "000122022000")
    assert refusal(ids.check_implementation_code, *of_another) == "code_body"
    other_base = (IMPLEMENTATION, "11320000014000271Q", "000122104001")
    assert refusal(ids.check_implementation_code, *other_base) == "code_base"


# --- places and telephones ---------------------------------------------------------------------


@pytest.mark.parametrize(
    ("check", "typed", "clean"),
    [
        (ids.clean_division, " 120102 ", "120102"),
        (ids.clean_division, "120102013000", "120102013000"),
        (ids.clean_mobile, "138 0013 8000", "13800138000"),
        (ids.clean_mobile, "+86-13800138000", "13800138000"),
        (ids.clean_mobile, "008613800138000", "13800138000"),
        (ids.clean_mobile, "１３８００１３８０００", "13800138000"),
        (ids.clean_landline, "（022）12345678".replace("1234", "2234"), "022-22345678"),
        (ids.clean_landline, "02222345678", "022-22345678"),
        (ids.clean_landline, "022 2234 5678 转 801", "022-22345678-801"),
        (ids.clean_landline, "0310-2234567", "0310-2234567"),
        (ids.clean_postcode, "300 012", "300012"),
    ],
)
def test_places_and_telephones_are_brought_to_one_form(check, typed, clean):
    assert check(typed) == clean


@pytest.mark.parametrize(
    ("check", "typed", "code"),
    [
        (ids.clean_division, "12010", "length"),
        (ids.clean_division, "990102", "division"),
        (ids.clean_division, "12010A", "division"),
        (ids.clean_mobile, "", "mobile"),
        (ids.clean_mobile, "12800138000", "mobile"),
        (ids.clean_mobile, "1380013800", "mobile"),
        (ids.clean_mobile, "138001380000", "mobile"),
        (ids.clean_landline, "22345678", "area_code"),
        (ids.clean_landline, "022-1234", "landline"),
        (ids.clean_landline, "13800138000", "landline"),
        (ids.clean_postcode, "30001", "postcode"),
        (ids.clean_postcode, "90001A", "postcode"),
    ],
)
def test_a_wrong_place_or_telephone_is_refused(check, typed, code):
    assert refusal(check, typed) == code


@given(st.text(max_size=40))
def test_no_text_at_all_breaks_a_check(text):
    checks = [ids.clean_uscc, ids.clean_base_code, ids.clean_implementation_code]
    checks += [ids.clean_division, ids.clean_mobile, ids.clean_landline, ids.clean_postcode]
    checks += [lambda text, kind=kind: ids.clean_id_document(kind, text) for kind in ids.IdKind]
    for check in checks:
        try:
            cleaned = check(text)
        except ValidationError:
            continue
        assert check(cleaned) == cleaned
