"""The child process of `paper.previewing`: a request on standard input, the answer on the output.

What people upload may be made to eat memory or to run for hours: the limits are set before anything that
reads files is loaded, and whatever happens inside, the site goes on.

The answer is one line of JSON, then bytes if any were asked for, such as those of a picture.
"""

from __future__ import annotations

import json
import resource
import sys
from importlib import import_module
from typing import Final

#: Address space and processor seconds of one answer.
MEMORY: Final = 1024 * 1024 * 1024
SECONDS: Final = 12


class Refused(Exception):
    """There is no answer; the reason is one of `paper.previewing.Reason`."""


def main() -> None:
    request = json.load(sys.stdin)
    limits = {
        resource.RLIMIT_AS: MEMORY,
        resource.RLIMIT_CPU: SECONDS,
        resource.RLIMIT_FSIZE: 0,
        resource.RLIMIT_CORE: 0,
    }
    for limit, most in limits.items():
        resource.setrlimit(limit, (most, most))
    module, _dot, name = request.pop("reader").rpartition(".")
    content = b""
    try:
        answer, content = getattr(import_module(module), name)(**request)
    except Refused as error:
        answer = {"refused": str(error)}
    except (MemoryError, RecursionError):
        answer = {"refused": "large"}
    sys.stdout.buffer.write(json.dumps(answer).encode() + b"\n" + content)
