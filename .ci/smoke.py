"""Smoke tests of the gate that need an environment of their own.

`smoke.py runtime`   every module imports and a page is served, with the packages of requirements.txt alone
`smoke.py run`       ./run starts on a free port, answers, and leaves nothing behind when it is stopped
`smoke.py nginx`     nginx takes both configurations and passes a request on
"""

import importlib
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from urllib.error import URLError
from urllib.request import Request, urlopen
from wsgiref.util import setup_testing_defaults

from packages import PACKAGES

ROOT = Path(__file__).resolve().parent.parent


def runtime() -> None:
    """Import every module of the program, then ask the WSGI application for the login page."""
    sys.path.insert(0, str(ROOT))
    os.chdir(ROOT)
    os.environ |= {
        "PUBLICITY_ENV": "production",
        "PUBLICITY_TLS": "0",
        "SECRET_KEY": "smoke" * 10,
        "ALLOWED_HOSTS": "127.0.0.1",
        "DATABASE_URL": "postgresql:///none",
        "REDIS_URL": "redis://localhost/0",
        "PUBLICITY_VAR": tempfile.mkdtemp(),
    }
    subprocess.run([sys.executable, "manage.py", "check"], check=True)
    subprocess.run([sys.executable, "manage.py", "collectstatic", "--noinput", "-v0"], check=True)
    wsgi = importlib.import_module("publicity.wsgi")
    names = [
        ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")
        for package in PACKAGES
        for path in sorted((ROOT / package).rglob("*.py"))
        if path.name != "__main__.py"
    ]
    for name in names:
        importlib.import_module(name)
    answers: list[str] = []
    environ: dict[str, object] = {"PATH_INFO": "/accounts/login/", "REMOTE_ADDR": "127.0.0.1"}
    setup_testing_defaults(environ)
    body = b"".join(wsgi.application(environ, lambda status, headers: answers.append(status)))
    assert answers == ["200 OK"], answers
    assert b"csrfmiddlewaretoken" in body
    shutil.rmtree(os.environ["PUBLICITY_VAR"])
    print(f"{len(names)} modules imported, the login page has {len(body)} bytes")


def run() -> None:
    """Start ./run, fetch a page, stop it with Ctrl-C's signal; nothing of it may be left."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    process = subprocess.Popen([ROOT / "run"], env=os.environ | {"PORT": str(port)})
    try:
        fetch(f"http://127.0.0.1:{port}/accounts/login/", process)
        record = json.loads((Path(os.environ["PUBLICITY_VAR"]) / "run.json").read_text(encoding="utf-8"))
    finally:
        process.send_signal(signal.SIGINT)
        code = process.wait(60)
    assert code == 0, f"./run ended with {code}"
    assert len(record["children"]) == 5, record
    assert not Path(record["runtime"]).exists()
    for child in record["children"]:
        assert not Path(f"/proc/{child['pid']}").exists(), child


def fetch(url: str, process: "subprocess.Popen[bytes] | None" = None, seconds: float = 180) -> bytes:
    """The page at `url`, waited for."""
    deadline = time.monotonic() + seconds
    while True:
        try:
            with urlopen(url, timeout=10) as answer:  # noqa: S310 (an address of this machine)
                return bytes(answer.read())
        except (URLError, OSError):
            if time.monotonic() > deadline or (process and process.poll() is not None):
                raise
            time.sleep(0.2)


def nginx() -> None:
    """Let nginx judge both configurations, then pass a request through the plain one."""
    program = shutil.which("nginx", path=os.environ["PATH"] + ":/usr/sbin")
    if program is None or not shutil.which("openssl"):
        sys.exit("no nginx or no openssl here; as root: apt-get install nginx openssl")
    folder = Path(tempfile.mkdtemp(prefix="nginx-"))
    application = HTTPServer(("127.0.0.1", 0), Echo)
    threading.Thread(target=application.serve_forever, daemon=True).start()
    certificate = [
        "openssl",
        "req",
        "-x509",
        "-newkey",
        "rsa:2048",
        "-nodes",
        "-subj",
        "/CN=smoke",
        "-days",
        "1",
    ]
    certificate += ["-keyout", str(folder / "server.key"), "-out", str(folder / "server.crt")]
    subprocess.run(certificate, check=True, capture_output=True)
    with socket.socket() as one, socket.socket() as two:
        one.bind(("127.0.0.1", 0))
        two.bind(("127.0.0.1", 0))
        ports = one.getsockname()[1], two.getsockname()[1]
    for mode in ("tls", "http"):
        site = (ROOT / "docker" / "nginx-site.inc").read_text()
        site = site.replace(
            "set $application web:8000", f"set $application 127.0.0.1:{application.server_port}"
        )
        (folder / "site.inc").write_text(site)
        server = (ROOT / "docker" / f"nginx-{mode}.conf").read_text()
        server = server.replace("/etc/nginx/certs", str(folder)).replace("/etc/nginx", str(folder))
        server = server.replace("listen 80;", f"listen 127.0.0.1:{ports[0]};")
        server = server.replace("listen 443 ssl;", f"listen 127.0.0.1:{ports[1]} ssl;")
        server = server.replace("listen 127.0.0.1:8081;", f"listen unix:{folder}/health-{mode};")
        if "http2 on" in server and not knows_http2(program):
            server = server.replace("http2 on;", "")
        (folder / f"{mode}.conf").write_text(server)
        (folder / "nginx.conf").write_text(
            f"daemon off; pid {folder}/pid; error_log stderr; events {{}}\n"
            f"http {{ access_log off; client_body_temp_path {folder}/body; proxy_temp_path {folder}/proxy;\n"
            f"fastcgi_temp_path {folder}/f; uwsgi_temp_path {folder}/u; scgi_temp_path {folder}/s;\n"
            f"include {folder}/{mode}.conf; }}\n"
        )
        subprocess.run([program, "-t", "-c", folder / "nginx.conf", "-e", "stderr"], check=True)
    process = subprocess.Popen([program, "-c", folder / "nginx.conf", "-e", "stderr"])
    try:
        seen = fetch(f"http://127.0.0.1:{ports[0]}/", process, seconds=10).decode()
        assert "X-Forwarded-Proto: http\n" in seen, seen
        assert f"Host: 127.0.0.1:{ports[0]}" in seen, seen
        part = Request(f"http://127.0.0.1:{ports[0]}/", headers={"Range": "bytes=2-5"})
        with urlopen(part, timeout=10) as answer:  # noqa: S310 (an address of this machine)
            assert answer.status == 206
            assert answer.headers["Content-Range"].startswith("bytes 2-5/"), answer.headers
            assert len(answer.read()) == 4
    finally:
        process.terminate()
        process.wait(10)
        shutil.rmtree(folder)


def knows_http2(program: str) -> bool:
    """`http2 on` came with nginx 1.25.1; Debian 12 has 1.22."""
    version = subprocess.run([program, "-v"], capture_output=True, text=True, check=True).stderr
    return tuple(int(part) for part in version.split("/")[1].split()[0].split(".")) >= (1, 25, 1)


class Echo(BaseHTTPRequestHandler):
    """Answers with the headers it was asked with, or with the part of them that is asked for."""

    def do_GET(self) -> None:
        body = str(self.headers).encode()
        if wanted := self.headers["Range"]:
            first, last = map(int, wanted.removeprefix("bytes=").split("-"))
            self.send_response(206)
            self.send_header("Content-Range", f"bytes {first}-{last}/{len(body)}")
            body = body[first : last + 1]
        else:
            self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 (the name is inherited)
        """Say nothing."""


if __name__ == "__main__":
    {"runtime": runtime, "run": run, "nginx": nginx}[sys.argv[1]]()
