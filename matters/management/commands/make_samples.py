"""`manage.py make_samples data/`: 证明事项清单 and a model dossier for every matter in force."""

from pathlib import Path

from django.core.management.base import BaseCommand

from common.clock import now
from matters.services.proofs import derive_proofs
from matters.services.samples import make_samples


class Command(BaseCommand):
    """Can be repeated: what is unchanged, and what an editor has touched, is not written."""

    help = "由办事指南生成证明事项清单和样板卷（演示样例）；人工修改过的不动，重复运行不产生变化"

    def add_arguments(self, parser):
        parser.add_argument("folder", type=Path, nargs="?", help="数据目录，例如 data/")

    def handle(self, *args, folder: Path | None, **options):
        proofs = derive_proofs()
        samples = make_samples(folder, moment=now())
        self.stdout.write(f"证明事项更新 {proofs} 条，样板卷生成 {samples} 份。")
