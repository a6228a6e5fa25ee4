"""`manage.py find "开饭店" --json`: the ranked answers of the search, for people and scripts."""

import json
import sys

from django.core.management.base import BaseCommand, CommandError

from matters.querytext import tidy
from matters.search import Hit, find

MOST = 50


class Command(BaseCommand):
    """One query from the arguments, or one a line from standard input (index built once)."""

    help = "按群众的说法查找事项和一件事，按相关程度排列"

    def add_arguments(self, parser):
        parser.add_argument("words", nargs="*", help="要找的词，例如 开饭店")
        parser.add_argument("--stdin", action="store_true", help="从标准输入逐行读取，每行一问")
        parser.add_argument("--json", action="store_true", help="输出 JSON，每问一个数组")
        parser.add_argument("--limit", type=int, default=10, help="每问最多几条，默认 10")

    def handle(self, *args, words, stdin, limit, **options):
        if not words and not stdin:
            raise CommandError("请写出要找的词，例如 find 开饭店；或用 --stdin 逐行输入。")
        if not 1 <= limit <= MOST:
            raise CommandError(f"--limit 应在 1 至 {MOST} 之间。")
        for query in sys.stdin if stdin else [" ".join(words)]:
            hits = find(tidy(query), limit=limit)
            self.stdout.write(_as_json(hits) if options["json"] else _as_lines(hits))


def _as_json(hits: list[Hit]) -> str:
    rows = [
        {
            "id": hit.seq if hit.is_matter else hit.ident,
            "kind": str(hit.kind),
            "name": hit.title,
            "why": hit.reason,
            "score": round(hit.score, 3),
        }
        for hit in hits
    ]
    return json.dumps(rows, ensure_ascii=False)


def _as_lines(hits: list[Hit]) -> str:
    lines = [f"{hit.ident:>4}  {hit.title}（{hit.reason}）" for hit in hits]
    return "\n".join(lines) or "没有找到，请换一个更短、更常用的说法。"
