"""`manage.py load_catalogue data/`: organisations, themes, papers, matters and guides."""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from common.clock import now
from common.rowerrors import RowErrors
from matters.services.bundle_entries import load_bundle_entries
from matters.services.loading import load_matters
from matters.services.samples import make_samples
from matters.services.thesaurus import load_synonyms
from organisations.services import load_organisations

SHOWN_ERRORS = 500


class Command(BaseCommand):
    """All-or-nothing: one wrong cell and nothing is written."""

    help = "从目录装入部门、主题、材料、事项和指南；再次装入相同内容不产生变化"

    def add_arguments(self, parser):
        parser.add_argument("folder", type=Path, help="数据目录，例如 data/")

    def handle(self, *args, folder: Path, **options):
        if not folder.is_dir():
            raise CommandError(f"找不到数据目录 {folder}，请检查路径。")
        try:
            with transaction.atomic():
                load_organisations(folder)
                report = load_matters(folder, moment=now())
                make_samples(folder, moment=now())
                load_bundle_entries(folder)
                load_synonyms(folder)
        except RowErrors as refusal:
            for error in refusal.errors[:SHOWN_ERRORS]:
                self.stderr.write(str(error))
            raise CommandError(f"{refusal}，没有写入任何内容。改正后请重新装入。") from refusal
        self.stdout.write(
            f"读入 {report.read} 项，"
            f"发布新版本 {report.published} 项，未变化 {report.unchanged} 项。"
        )
