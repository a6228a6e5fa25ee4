"""What a citizen typed, reduced to what can be compared; and what of it to mark in a text.

Pure. Full-width letters become half-width, case, spaces, punctuation, symbols and control
characters disappear, and the phrases of a question (怎么办, 我要 …) are taken off.
"""

import re
import unicodedata
from collections.abc import Iterable

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

MAX_QUERY = 100
#: words of asking, never part of a name; longest first, so that 怎么办理 goes before 怎么办
STOP_PHRASES = sorted(
    (
        "请问 您好 你好 我要 我想 我们想 想要 怎么办理 怎样办理 如何办理 怎么申请 如何申请 "
        "怎么办 怎样办 咋办 怎么 怎样 如何 在哪里办 在哪儿办 在哪办 去哪里办 去哪儿办 去哪办 "
        "在哪里 在哪儿 在哪 去哪里 去哪儿 去哪 哪里办 哪里 哪儿 需要什么材料 需要哪些材料 "
        "要什么材料 需要什么手续 需要哪些手续 要什么手续 什么材料 什么手续 什么证 哪些证 "
        "哪些手续 办什么 需要什么 需要 多少钱 要多久 多久 多长时间 可以 能不能 一个 一家 "
        "流程 手续 材料 条件 办理 申请 申办 想 吗 呢 啊 呀 的 了 "
        "要不要审批 要审批吗 要批吗 要什么本 要上什么证 要啥证 办啥证 要办啥 办啥 "
        "咋弄 怎么弄 咋整 怎么整 行不行 能不能办 归谁管 谁管 找谁 "
        "哪个部门 哪个窗口 要不要 有没有 我家 我们 家里 店里"
    ).split(),
    key=len,
    reverse=True,
)
_STOP = re.compile("|".join(map(re.escape, STOP_PHRASES)) + "|^[要能]|办$")
_LATIN = re.compile(r"[a-z0-9]+")
#: people's words → the word the keywords use; longest first
SAME_WORDS = {
    "饭店": "小饭店 小饭馆 小餐馆 小饭铺 饭馆 餐馆 饭铺 饭庄 小吃店 小吃铺 早餐店 早点铺 早点部 "
    "快餐店 面馆 面店 火锅店 酒楼",
    "理发店": "剃头店 发廊",
    "电动车": "电动自行车 电瓶车 电驴子",
    "开": "开个 开家 开间",
}
_SAME = {said: word for word, others in SAME_WORDS.items() for said in others.split()}
_SAID = re.compile("|".join(sorted(map(re.escape, _SAME), key=len, reverse=True)))


def tidy(text: str) -> str:
    """What the page prints back: one line of visible characters, at most `MAX_QUERY` long."""
    visible = "".join(
        character if unicodedata.category(character)[0] != "C" else " " for character in text
    )
    return re.sub(r"\s+", " ", visible).strip()[:MAX_QUERY].rstrip()


def normal(text: str) -> str:
    """Letters, digits and characters only, half-width and lower case."""
    folded = unicodedata.normalize("NFKC", text).casefold()
    return "".join(character for character in folded if unicodedata.category(character)[0] in "LN")


def without_stop_phrases(text: str) -> str:
    """`text` (normal form) without the words of asking; unchanged when nothing would be left."""
    rest = _STOP.sub("", text)
    return rest if len(rest) > 1 else text


def in_our_words(text: str) -> str:
    """`text` (normal form) with what people say instead of a keyword replaced by the keyword."""
    return _SAID.sub(lambda found: _SAME[found.group()], text)


def is_latin(text: str) -> bool:
    """Whether a normal form is only Latin letters and digits: pinyin, initials or a code."""
    return bool(_LATIN.fullmatch(text))


def grams(text: str) -> list[str]:
    """Pairs of neighbouring characters, then single ones: `开饭店` → 开饭 饭店 开 饭 店."""
    pairs = [text[index : index + 2] for index in range(len(text) - 1)]
    return list(dict.fromkeys([*pairs, *text]))


def marked(text: str, terms: Iterable[str]) -> SafeString:
    """`text` escaped, with every part that answers to one of `terms` inside <mark>.

    A term that does not occur as a whole is looked for in pairs of characters.
    """
    spans = _merged(span for term in terms for span in _spans(text, term))
    parts, last = [], 0
    for start, end in spans:
        parts += [escape(text[last:start]), "<mark>", escape(text[start:end]), "</mark>"]
        last = end
    parts.append(escape(text[last:]))
    return mark_safe("".join(parts))


def _spans(text: str, term: str) -> list[tuple[int, int]]:
    lowered = text.lower()
    if len(lowered) != len(text) or not term:  # lower case may lengthen rare letters
        return []
    whole = [(found.start(), found.end()) for found in re.finditer(re.escape(term), lowered)]
    if whole or len(term) < 3:
        return whole
    pairs = {term[index : index + 2] for index in range(len(term) - 1)}
    return [
        (index, index + 2) for index in range(len(text) - 1) if lowered[index : index + 2] in pairs
    ]


def _merged(spans: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    merged: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged
