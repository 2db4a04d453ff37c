"""How the site is served: workers, limits, log. Starts no scheduler.

Workers do not share what was loaded before they began (``preload_app``): a process that has used
polars and then forks leaves its children hanging. Each worker reads the release itself.
"""

import logging
import os
from typing import Any

os.environ.setdefault("POLARS_MAX_THREADS", "1")

bind = os.environ.get("BIND", f"127.0.0.1:{os.environ.get('PORT', '8050')}")
wsgi_app = "app:server"
workers = int(os.environ.get("WEB_CONCURRENCY", "2"))
worker_class = "gthread"
threads = 4
preload_app = False
control_socket_disable = True
# A heartbeat on a slow disk would kill workers; where there is no memory disk, it has to do.
worker_tmp_dir = next((each for each in ("/dev/shm",) if os.access(each, os.W_OK)), None)  # noqa: S108

timeout = 30
graceful_timeout = 30
keepalive = 5
max_requests = 5000
max_requests_jitter = 500

limit_request_line = 4094
limit_request_fields = 50
limit_request_field_size = 4096
forwarded_allow_ips = os.environ.get("FORWARDED_ALLOW_IPS", "127.0.0.1")

accesslog = "-" if os.environ.get("ACCESS_LOG") else None
access_log_format = '{"method":"%(m)s","path":"%(U)s","status":%(s)s,"bytes":%(B)s,"us":%(D)s}'
"""Neither the reader's address nor what follows the question mark."""


def post_worker_init(worker: Any) -> None:
    """Reads and verifies the release, and draws one page, before the worker is asked anything."""
    logging.getLogger("ochiq").setLevel(logging.INFO)
    client = worker.app.wsgi().test_client()
    client.get("/readyz")
    client.get("/en/")
