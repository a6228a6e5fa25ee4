"""The Celery app and the one list of everything the clock starts.

Tasks are doors in `<app>/tasks.py` and `<app>/jobs.py`. A periodic message expires after one
period, so that an outage is not followed by a queue of old sweeps; the sweeps themselves look for
everything that is due, never at a window of time.
"""

import os
from datetime import timedelta

from celery import Celery
from celery.schedules import crontab, schedule
from celery.signals import setup_logging

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "hedong_portal.settings")
DAY = 86_400

app = Celery("hedong_portal")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
app.autodiscover_tasks(related_name="jobs")


def entry(task: str, when: crontab | schedule, period: int) -> dict:
    """One line of the schedule; `period` in seconds is also the life of the message."""
    return {"task": task, "schedule": when, "options": {"expires": period}}


app.conf.beat_schedule = {
    "到期生效和到期取消": entry("matters.switch_editions", crontab(), 60),  # also at 00:00:00
    "夜间检查目录质量": entry("matters.check_catalogue", crontab(hour=2, minute=30), DAY),
    "发布之后检查目录质量": entry("matters.check_changes", schedule(timedelta(seconds=30)), 30),
    "处理导入任务": entry("matters.run_imports", schedule(timedelta(seconds=3)), 3),
    "补做指南存稿": entry("matters.store_texts", schedule(timedelta(seconds=20)), 20),
    "生成开放数据": entry("pages.refresh_open_data", schedule(timedelta(seconds=60)), 60),
    "清理到期的导入文件": entry("matters.purge_imports", crontab(hour=3, minute=40), DAY),
    "清理过期会话和登录记录": entry("accounts.purge_expired", crontab(hour=3, minute=20), DAY),
}


@setup_logging.connect
def keep_django_logging(**kwargs) -> None:
    """Workers log as the web does; Celery would replace the handlers otherwise."""
