"""How the service is given: visits, channels, audience, fee, telephones (rules 1-4 of §2.5)."""

import re
from collections.abc import Iterator

from django.core.exceptions import ValidationError

from common.identifiers import clean_landline
from matters.models.choices import ApplicationChannel, OnlineDepth, ServiceObject, ThemeAudience
from matters.rules.gap import Gap, Guide

ONLINE_CHANNELS = {ApplicationChannel.WEB, ApplicationChannel.MOBILE}
AREA_CODE = "022"
#: the hotline has no eight digits; with or without the area code it is one number
HOTLINE = re.compile(r"(022-?)?(12345|123\d\d)")
PHONES = (("consult_phone", "咨询电话"), ("complaint_phone", "监督投诉电话"))


def check_visits(guide: Guide) -> Iterator[Gap]:
    """Rule 1 of §2.5: a visit needs a reason; without one there is another way to hand in."""
    service, depth = guide["service"], guide["codes"]["online_depth"]
    visits, by_post = service["visits"], ApplicationChannel.COURIER in guide["channel_codes"]
    if visits and not service["visit_reason"]:
        message = "到现场次数不为 0，但没有写必须到现场的原因。"
        yield Gap("visit_without_reason", "where", message, blocking=False, field="visit_reason")
    if service["once"] and visits > 1:
        yield Gap("once_with_visits", "where", "标为“一次办”，到现场次数却大于 1。", field="visits")
    if not visits and not service["online"] and not by_post:
        message = "不用到现场又不能网上办，应开通“快递申请”，否则群众没有办法交材料。"
        yield Gap("no_way_to_apply", "where", message, field="channels")
    if visits and depth == OnlineDepth.LICENCE:
        message = "网上办理深度为全程网办（电子证照反馈），到现场次数应为 0。"
        yield Gap("visits_against_depth", "where", message, blocking=False, field="online_depth")


def check_channels(guide: Guide) -> Iterator[Gap]:
    """Online means an online channel and a depth; a window stays open (条例 art. 37, §10.38a)."""
    service, channels = guide["service"], set(guide["channel_codes"])
    depth = guide["codes"]["online_depth"]
    if service["online"] and not channels & ONLINE_CHANNELS:
        message = "标为“网上办”，办理形式里却没有网上申请。"
        yield Gap("online_without_channel", "where", message, field="channels")
    if not service["online"] and (channels & ONLINE_CHANNELS or depth > OnlineDepth.CONSULT):
        message = "没有标“网上办”，办理形式或网上办理深度却写着可以网上办。"
        yield Gap("channel_without_online", "where", message, field="online")
    has_window = service["in_hall"] or guide["window"] or guide["contact"]["window_place"]
    if has_window and ApplicationChannel.WINDOW not in channels:
        message = "有窗口的事项必须保留窗口办理，由群众自己选（优化营商环境条例第三十七条）。"
        yield Gap("window_closed", "where", message, field="channels")


def check_audience(guide: Guide) -> Iterator[Gap]:
    """Rule 4 of §2.5: 服务对象 and the themes' audience agree."""
    if not guide["audience"]:
        yield Gap("audience_missing", "basic", "没有选择服务对象。", field="audience")
        return
    served = {theme["audience"] for theme in guide["themes"]} - {""}
    for kind in ServiceObject:
        if kind in guide["audience"] and not served & {kind.value, ThemeAudience.BOTH.value}:
            message = f"服务对象有“{kind.label}”，但没有归入任何面向他们的主题。"
            yield Gap("audience_without_theme", "basic", message, field="themes")
        if kind not in guide["audience"] and kind.value in served:
            message = f"归入了面向“{kind.label}”的主题，服务对象里却没有他们。"
            yield Gap("theme_against_audience", "basic", message, field="themes")


def check_fee(guide: Guide) -> Iterator[Gap]:
    """Rule 2 of §2.5 and 行政许可法 art. 58: a fee needs standard, basis and the item's name."""
    fee = guide["fee"]
    if fee["charged"] and not (fee["standard"] and fee["basis"]):
        field = "fee.basis" if fee["standard"] else "fee.standard"
        yield Gap("fee_without_basis", "fee", "写明收费，但缺少收费标准或收费依据。", field=field)
    if fee["charged"] and not fee["item"]:
        message = "写明收费，但没有写收费项目名称。"
        yield Gap("fee_without_item", "fee", message, blocking=False, field="fee.item")
    if fee["reducible"] and not fee["reduction_basis"]:
        message = "写明可以减免，但没有写减免依据。"
        yield Gap("reduction_without_basis", "fee", message, field="fee.reduction_basis")
    if not fee["charged"] and guide["service"]["pay_online"]:
        message = "不收费的事项不能标“网上支付”。"
        yield Gap("payment_without_fee", "fee", message, field="pay_online")


def check_phones(guide: Guide) -> Iterator[Gap]:
    """Rule 3 of §2.5 and §10.14: two different telephone numbers with area code."""
    contact = guide["contact"]
    numbers = []
    for name, word in PHONES:
        if not contact[name]:
            yield Gap("phone_missing", "rights", f"{word}待配置。", blocking=False, field=name)
            continue
        number = normal_phone(contact[name])
        if number is None:
            message = f"{word}“{contact[name]}”应为带区号 {AREA_CODE} 的固定电话或政务热线。"
            yield Gap("phone_format", "rights", message, field=name)
        numbers.append(number or contact[name])
    if len(numbers) == len(PHONES) and len(set(numbers)) == 1:
        message = "咨询电话和监督投诉电话相同，应分别公布。"
        yield Gap("same_phones", "rights", message, field="complaint_phone")


def normal_phone(value: str) -> str | None:
    """A number of this city in its one normal form; None when it is none."""
    if hotline := HOTLINE.fullmatch(value.strip()):
        return hotline[2]
    try:
        number = clean_landline(value)
    except ValidationError:
        return None
    return number if number.startswith(AREA_CODE) else None


CHECKS = (check_visits, check_channels, check_audience, check_fee, check_phones)
