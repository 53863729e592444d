"""`./manage COMMAND …`: a management command on the data of `./run`, whether that is running or not."""

import os
import signal
import subprocess
import sys
import time

from launcher.embedded import Runtime
from launcher.installation import Installation
from launcher.processes import LaunchError
from launcher.supervisor import Supervisor
from launcher.system import manage

SECONDS_TO_START = 120


def administer(arguments: list[str]) -> int:
    """Run `manage.py` with `arguments` and return its exit code."""
    if os.environ.get("DATABASE_URL") and os.environ.get("REDIS_URL"):
        return command(arguments, dict(os.environ))
    installation = Installation()
    if installation.acquire("manage"):
        return with_own_servers(installation, arguments)
    installation.join()
    return command(arguments, environment(installation, servers_of_holder(installation)))


def with_own_servers(installation: Installation, arguments: list[str]) -> int:
    """Start the servers for this one command."""
    supervisor = Supervisor(changed=installation.save)
    supervisor.listen_for_signals()
    runtime = Runtime.create(installation.cluster)
    installation.record.runtime = str(runtime.folder)
    try:
        servers = supervisor.start_servers(runtime, data=installation.cluster, logs=installation.logs)
        installation.record.environment = servers
        installation.save(supervisor.children)
        code = command(arguments, environment(installation, servers))
        installation.wait_for_users()  # another ./manage may have joined meanwhile
        return code
    finally:
        supervisor.stop()
        runtime.remove()
        installation.release()


def servers_of_holder(installation: Installation) -> dict[str, str]:
    """The addresses of the servers that another process has started, or is starting just now."""
    deadline = time.monotonic() + SECONDS_TO_START
    while time.monotonic() < deadline:
        record = installation.read()
        if record and record.environment:
            return record.environment
        time.sleep(0.1)
    raise LaunchError(f"{installation.var} 正在使用中，但数据库没有就绪。请看 {installation.logs}。")


def environment(installation: Installation, servers: dict[str, str]) -> dict[str, str]:
    """This process's environment with the servers' addresses; an address given by hand comes first."""
    return servers | {"PUBLICITY_VAR": str(installation.var)} | {k: v for k, v in os.environ.items() if v}


def command(arguments: list[str], env: dict[str, str]) -> int:
    """Run manage.py on this terminal. Ctrl-C is for it alone; we stay to clean up after it."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    process = subprocess.Popen(manage(*arguments), env=env, preexec_fn=take_interrupts)  # noqa: PLW1509 no threads here
    signal.signal(signal.SIGTERM, lambda number, frame: process.send_signal(signal.SIGTERM))
    code = process.wait()
    sys.stdout.flush()
    return code if code >= 0 else 128 - code


def take_interrupts() -> None:
    """In the child: Ctrl-C works again."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)
