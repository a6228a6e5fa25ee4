"""PostgreSQL and two Valkey servers from pip packages, for a laptop, tests and CI.

`start(data_dir)` gives a `Servers` with the environment Django needs; `stop` and `status` take
the same directory. Everything is idempotent and safe against several starters at once. No module
of this package imports Django: `manage.py` and the launcher call it before Django is loaded.
"""

from hedong_portal.embedded.errors import EmbeddedError
from hedong_portal.embedded.servers import Servers, start, status, stop

__all__ = ["EmbeddedError", "Servers", "start", "status", "stop"]
