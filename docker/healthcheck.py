"""Asks the web server in this container whether it and its database are well; exits with 1 when not."""

import os
import sys
from urllib.request import Request, urlopen

URL = sys.argv[1] if len(sys.argv) > 1 else "http://127.0.0.1:8000/healthz"

# The request looks like one that nginx passes on: a known name, and over https unless that is switched off.
host = os.environ["ALLOWED_HOSTS"].split(",")[0].lstrip(".").replace("*", "localhost")
scheme = "https" if os.environ.get("PUBLICITY_TLS", "1") == "1" else "http"
request = Request(URL, headers={"Host": host, "X-Forwarded-Proto": scheme})  # noqa: S310 (our own address)
with urlopen(request, timeout=8) as answer:  # noqa: S310 (the same)
    sys.exit(answer.status != 200)
