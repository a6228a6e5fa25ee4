"""The form of one page of the editing desk: plain fields, and a list of rows below them.

Works without JavaScript: “add a row”, “up”, “down” and “remove” are submit buttons, and whatever
was typed so far comes back with them. The hidden `base` is the signed document the page was made
from, which makes the merge of two editors possible (`matters.merging`).
"""

from dataclasses import dataclass, field
from typing import Any

from django import forms
from django.core import signing
from django.db import models
from django.forms.utils import ErrorDict
from django.http import QueryDict

from matters import merging
from matters.forms.controls import control, words
from matters.models import BusinessItem, MatterVersion, Situation, Theme
from matters.sections import Rows, Section
from matters.services.editing import EMPTY, fields_of, rows_of
from organisations.models import Window

SALT = "matters.desk.base"
MAIN = "f"
CHOICES = (("mine", "用我填的"), ("theirs", "用对方的"))
#: rows of a page; more would not fit into one request
MOST_ROWS = 60


class ElementForm(forms.ModelForm):
    """Fields of one row. `clashes`: name → what the other editor stored, as words."""

    def __init__(self, *args: Any, version: MatterVersion, **kwargs: Any):
        kwargs.setdefault("label_suffix", "")
        super().__init__(*args, **kwargs)
        self.clashes: dict[str, dict[str, str]] = {}
        self.doubts: dict[str, list] = {}
        self._narrow(version)

    def _narrow(self, version: MatterVersion) -> None:
        """Only what belongs to this version can be chosen."""
        if "items" in self.fields:
            self.fields["items"].queryset = BusinessItem.objects.filter(version=version)
        if "when" in self.fields:
            self.fields["when"].choices = _answers(version)
        if "window" in self.fields:
            self.fields["window"].queryset = Window.objects.select_related("centre")
        if "themes" in self.fields:
            self.fields["themes"].queryset = Theme.objects.order_by("kind", "position")

    def quiet(self) -> "ElementForm":
        """Show what was typed without judging it yet."""
        self._errors = ErrorDict()
        return self

    def document(self) -> dict[str, Any]:
        """What was typed, as JSON-ready data; after validation."""
        return {name: _plain(self.cleaned_data.get(name)) for name in self.fields}

    def entries(self) -> list[dict[str, Any]]:
        """Visible fields with what must stand beside them."""
        return [
            {
                "field": bound,
                "clash": self.clashes.get(bound.name),
                "doubts": self.doubts.get(bound.name, ()),
            }
            for bound in self.visible_fields()
        ]


def _answers(version: MatterVersion) -> list[tuple[str, str]]:
    situations = Situation.objects.filter(version=version).prefetch_related("options")
    return [
        (f"{situation.key}/{option.key}", f"{situation.question}　{option.label}")
        for situation in situations
        for option in situation.options.all()
    ]


def _plain(value: Any) -> Any:
    if isinstance(value, models.Model):
        return value.pk
    if isinstance(value, models.QuerySet):
        return sorted(row.pk for row in value)
    if isinstance(value, str):
        return value.replace("\r\n", "\n")  # browsers send both, the database keeps one
    return value.isoformat() if hasattr(value, "isoformat") else value


def _same_choice(control: forms.Field, value: Any, stored: Any) -> bool:
    """Ticked boxes have no order: the same ones are no change."""
    if not isinstance(control, forms.MultipleChoiceField) or not value or not stored:
        return False
    return set(control.prepare_value(value)) == set(control.prepare_value(stored))


def element_form(model: type[models.Model], names: tuple[str, ...]) -> type[ElementForm]:
    """Form class of some fields of a model."""
    return forms.modelform_factory(
        model, form=ElementForm, fields=names, formfield_callback=control
    )


@dataclass
class Row:
    """One row on the page. `key`: `r12` for the stored row 12, `n3` for a new one."""

    key: str
    form: ElementForm
    number: str = ""
    note: str = ""

    @property
    def id(self) -> int | None:
        """Primary key of the stored row; None for a new one."""
        return int(self.key[1:]) if self.key.startswith("r") else None


@dataclass
class SectionPage:
    """The form of one page. Build it with `open_page`, `typed_page` or `clash_page`."""

    version: MatterVersion
    section: Section
    model: type[models.Model]
    base: merging.Document
    main: ElementForm | None = None
    rows: list[Row] = field(default_factory=list)
    numbers: dict[int, str] = field(default_factory=dict)
    errors: list[str] = field(default_factory=list)

    @property
    def token(self) -> str:
        """The signed document the page was made from."""
        return signing.dumps(self.base, salt=SALT, compress=True)

    @property
    def row_kind(self) -> Rows | None:
        """Declaration of the list on this page."""
        return rows_of(self.section)

    @property
    def forms(self) -> list[ElementForm]:
        """Every form of the page."""
        own = [self.main] if self.main is not None else []
        return own + [row.form for row in self.rows]

    def is_valid(self) -> bool:
        """Whether everything typed can be stored; judges every row, so that all errors show."""
        for form in self.forms:
            form.full_clean()
            self._settle(form)
        return not any(form.errors for form in self.forms)

    def _settle(self, form: ElementForm) -> None:
        """Apply the choices of a clash: the other's value needs no judging."""
        for name in form.clashes:
            chosen = form.data.get(f"choose-{form.add_prefix(name)}")
            if chosen == "theirs":
                form.errors.pop(name, None)
            elif chosen != "mine":
                form.add_error(name, "两个人都改了这一项，请选用一个。")

    def document(self) -> merging.Document:
        """What was typed; after validation."""
        return {
            "fields": self._values(self.main, self.base["fields"]) if self.main else {},
            "rows": [{"id": row.id} | self._values(row.form, self.twin(row)) for row in self.rows],
        }

    def twin(self, row: Row) -> dict[str, Any]:
        return next((r for r in self.base["rows"] if r["id"] == row.id), {})

    @staticmethod
    def _values(form: ElementForm, stored: dict[str, Any]) -> dict[str, Any]:
        values = form.document()
        for name, value in values.items():
            if _same_choice(form.fields[name], value, stored.get(name)):
                values[name] = stored[name]
        for name in form.clashes:
            if form.data.get(f"choose-{form.add_prefix(name)}") == "theirs":
                values[name] = stored.get(name)
        return values

    def error_lines(self) -> list[dict[str, str]]:
        """Every error with the field it belongs to, for the summary on top."""
        lines = []
        for place, form in enumerate(self.forms, start=0 if self.main is not None else 1):
            where = f"第 {place} 行　" if place and self.rows else ""
            for name, messages in form.errors.items():
                bound = form[name] if name in form.fields else None
                label = f"{bound.label}：" if bound else ""
                target = bound.id_for_label or bound.auto_id if bound else ""
                lines += [{"text": f"{where}{label}{m}", "target": target} for m in messages]
        return [{"text": text, "target": ""} for text in self.errors] + lines


def read_token(token: str) -> merging.Document:
    """The document behind a page; a forged or missing one counts as “knew nothing”, so that every
    difference becomes a question instead of an overwritten value."""
    try:
        return signing.loads(token, salt=SALT)
    except signing.BadSignature:
        return EMPTY


def open_page(
    version: MatterVersion,
    section: Section,
    model: type[models.Model],
    document: merging.Document,
    numbers: dict[int, str] | None = None,
) -> SectionPage:
    """The page as it is stored."""
    page = SectionPage(version, section, model, document, numbers=numbers or {})
    names = fields_of(section)
    if names:
        page.main = _form(page, model, names, MAIN, document["fields"] or None)
    for entry in document["rows"]:
        _add(page, f"r{entry['id']}", entry)
    return page


def typed_page(
    version: MatterVersion,
    section: Section,
    model: type[models.Model],
    data: QueryDict,
    numbers: dict[int, str] | None = None,
) -> SectionPage:
    """The page as it was typed."""
    base = read_token(data.get("base", ""))
    page = SectionPage(version, section, model, base, numbers=numbers or {})
    names = fields_of(section)
    if names:
        page.main = element_form(model, names)(data, prefix=MAIN, version=version)
    rows = page.row_kind
    for key in dict.fromkeys(data.getlist("row")[:MOST_ROWS] if rows else ()):
        if key[:1] in "rn" and key[1:].isascii() and key[1:].isdigit():
            form = element_form(rows.model, rows.fields)(data, prefix=key, version=version)
            page.rows.append(Row(key, form, _number(page, key)))
    _remember_clashes(page, set(data.getlist("clash")))
    return page


def clash_page(
    version: MatterVersion,
    section: Section,
    model: type[models.Model],
    merge: merging.Merge,
    stored: merging.Document,
    numbers: dict[int, str] | None = None,
) -> SectionPage:
    """The joined page of two editors with a question beside each field both changed."""
    page = SectionPage(version, section, model, stored, numbers=numbers or {})
    names = fields_of(section)
    if names:
        page.main = _form(page, model, names, MAIN, merge.document["fields"])
    alive = {row["id"] for row in stored["rows"]}
    for place, entry in enumerate(merge.document["rows"], start=1):
        known = entry["id"] in alive
        _add(page, f"r{entry['id']}" if known else f"n{place}", entry)
        page.rows[-1].note = _row_note(merge, entry["id"])
    for clash in merge.clashes:
        form = page.main if clash.row is None else _row_form(page, clash.row)
        if clash.name and form is not None:
            _ask(form, clash.name, clash.theirs)
    return page


def _row_note(merge: merging.Merge, number: int | None) -> str:
    for clash in merge.clashes:
        if clash.row == number and number is not None and not clash.name:
            if clash.mine is None:
                return "您删除了这一行，但对方刚改过它，先放回来了。确实不要，请再删除一次。"
            return "对方删除了这一行，您的修改作为新的一行保留。确实不要，请删除。"
    return ""


def _row_form(page: SectionPage, number: int) -> ElementForm | None:
    return next((row.form for row in page.rows if row.id == number), None)


def _ask(form: ElementForm, name: str, theirs: Any) -> None:
    form.clashes[name] = {
        "theirs": words(form.fields[name], theirs),
        "input": f"choose-{form.add_prefix(name)}",
        "id": form.add_prefix(name),
        "chosen": form.data.get(f"choose-{form.add_prefix(name)}", "") if form.is_bound else "",
    }


def _remember_clashes(page: SectionPage, asked: set[str]) -> None:
    if page.main is not None:
        for name in page.main.fields:
            if page.main.add_prefix(name) in asked:
                _ask(page.main, name, page.base["fields"].get(name))
    for row in page.rows:
        for name in row.form.fields:
            if row.form.add_prefix(name) in asked:
                _ask(row.form, name, page.twin(row).get(name))


def _form(
    page: SectionPage,
    model: type[models.Model],
    names: tuple[str, ...],
    prefix: str,
    initial: dict[str, Any] | None,
) -> ElementForm:
    return element_form(model, names)(initial=initial, prefix=prefix, version=page.version)


def _add(page: SectionPage, key: str, entry: dict[str, Any] | None, place: int | None = None):
    rows = page.row_kind
    row = Row(key, _form(page, rows.model, rows.fields, key, entry), _number(page, key))
    page.rows.insert(len(page.rows) if place is None else place, row)
    return row


def _number(page: SectionPage, key: str) -> str:
    return page.numbers.get(int(key[1:]), "") if key.startswith("r") else ""


# --- buttons that change the list but store nothing yet ---


def arrange(page: SectionPage, deed: str) -> bool:
    """Carry out `add`, `up:key`, `down:key` or `drop:key` on what was typed; False when the deed
    is none of these."""
    verb, _, key = deed.partition(":")
    if verb not in {"add", "up", "down", "drop"} or page.row_kind is None:
        return False
    for form in page.forms:
        form.quiet()
    keys = [row.key for row in page.rows]
    if verb == "add" and len(page.rows) < MOST_ROWS:
        fresh = max([int(k[1:]) for k in keys if k[0] == "n"], default=0) + 1
        row = _add(page, f"n{fresh}", None)
        next(iter(row.form.fields.values())).widget.attrs["autofocus"] = True
    elif key in keys:
        _rearrange(page.rows, keys.index(key), verb)
    return True


def _rearrange(rows: list[Row], place: int, verb: str) -> None:
    row = rows.pop(place)
    if verb != "drop":
        step = -1 if verb == "up" else 1
        rows.insert(min(max(place + step, 0), len(rows)), row)
