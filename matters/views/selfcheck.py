"""自测: one question a page, answers in the query string, a personal list at the end."""

from typing import Any

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from common.clock import today
from matters import facts
from matters.models import MatterVersion
from matters.presenting.answers import Answers, Question, read
from matters.presenting.checklist import checklist
from matters.presenting.guide import price_words
from matters.services.shortlinks import material_list_code
from matters.views.breadcrumbs import guide_crumbs
from matters.views.lookup import with_guide

#: which question the reader has just been shown; without an answer it is an error
ASKED = "at"
#: which question the reader wants to answer again
AGAIN = "ask"


@login_not_required
@require_safe
@with_guide
def check(request: HttpRequest, version: MatterVersion) -> HttpResponse:
    """The next open question, the one asked `again`, or on to the list."""
    guide = version.snapshot
    answers = read(guide, request.GET.dict())
    again = answers.question(request.GET.get(AGAIN, ""))
    question = again or answers.first_open
    if question is None:
        return HttpResponseRedirect(_address("materials", guide, answers.query()))
    shown = answers.question(request.GET.get(ASKED, ""))
    error = question.problem if question == shown or question.given else ""
    return render(request, "matters/check.html", _question_page(answers, question, error))


def _question_page(answers: Answers, question: Question, error: str) -> dict[str, Any]:
    guide = answers.guide
    number = answers.questions.index(question) + 1
    return {
        "guide": guide,
        "crumbs": guide_crumbs(guide, "自测"),
        "action": _address("check", guide),
        "question": question,
        "help": f"要办的是“{guide['name']}”。选最接近您的一项。",
        "options": [
            {"value": key, "label": label, "checked": key == question.answer}
            for key, label in question.options
        ],
        "hidden": [
            {"name": name, "value": value}
            for name, value in [*answers.pairs(without=question.name), (ASKED, question.name)]
        ],
        "number": number,
        "total": len(answers.questions),
        "back_url": _back(answers, number),
        "back_label": "回到办事指南" if number == 1 else "上一步",
        "error": error,
    }


def _back(answers: Answers, number: int) -> str:
    """The question before, with its answer kept; from the first one back to the guide."""
    if number == 1:
        return reverse("matters:guide", args=[answers.guide["seq"]])
    before = answers.questions[number - 2]
    return _address("check", answers.guide, answers.query(**{AGAIN: before.name}))


def _address(name: str, guide: Any, query: str = "") -> str:
    path = reverse(f"matters:{name}", args=[guide["seq"]])
    return f"{path}?{query}" if query else path


@login_not_required
@require_safe
@with_guide
def materials(request: HttpRequest, version: MatterVersion) -> HttpResponse:
    """The personal list; incomplete or forged answers lead back to their question."""
    guide = version.snapshot
    answers = read(guide, request.GET.dict())
    if answers.first_open is not None:
        query = _keep_forged(request, answers, answers.first_open)
        return HttpResponseRedirect(_address("check", guide, query))
    if request.GET.urlencode() != answers.query():
        return HttpResponseRedirect(_address("materials", guide, answers.query()))
    code = material_list_code(request.get_full_path())
    return render(request, "matters/materials.html", _list_page(guide, answers, code))


def _keep_forged(request: HttpRequest, answers: Answers, question: Question) -> str:
    """Carry a wrong answer along, so that its question can say what happened."""
    if not question.given:
        return answers.query()
    return answers.query(**{question.name: request.GET[question.name]})


def _list_page(guide: dict[str, Any], answers: Answers, code: str) -> dict[str, Any]:
    chosen = checklist(guide, answers)
    item = chosen.item
    return {
        "guide": guide,
        "list": chosen,
        "item": item,
        "crumbs": guide_crumbs(guide, "我的材料清单"),
        "answers": [
            {
                "label": question.text,
                "value": question.answer_label,
                "change_url": _address("check", guide, answers.query(**{AGAIN: question.name})),
            }
            for question in answers.questions
        ],
        "promised": facts.promised_words(item["promised"], item["unit"]),
        "statutory": facts.statutory_words(item["statutory"], item["unit"]),
        "visits": facts.visits_words(guide["service"]["visits"]),
        "fee": facts.fee_words(guide["fee"]["charged"]),
        "price": price_words(guide["fee"]),
        "chosen_item": facts.item_words(guide, item) if len(guide["items"]) > 1 else "",
        "short_url": f"{settings.PUBLIC_BASE_URL}{reverse('matters:short_link', args=[code])}",
        "made_on": today(),
    }
