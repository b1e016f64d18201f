"""Receivers on loopback for what is told: a mail server, a web server, and one that never answers."""

from __future__ import annotations

import email
import email.policy
import json
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email.message import EmailMessage
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult, LoginPassword

USER = "assay"


@dataclass
class Web:
    """A web server: what it was posted, in order, and what it answers."""

    answers: int = 200
    # Bytes of a header that it sends one at a time, five a second, before its answer is whole.
    drips: int = 0
    posted: list[tuple[str, Any]] = field(default_factory=list)
    address: str = ""

    def bodies(self) -> list[Any]:
        return [body for _, body in self.posted]


@contextmanager
def web(answers: int = 200, drips: int = 0) -> Iterator[Web]:
    received = Web(answers, drips)
    done = threading.Event()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            received.posted.append((self.path, json.loads(body)))
            self.send_response(received.answers)
            self.send_header("Location", f"{received.address}/elsewhere")
            self.send_header("Content-Length", "0")
            self.flush_headers()
            for _ in range(received.drips):
                if done.wait(0.2):
                    return
                self.wfile.write(b"X")
            self.wfile.write(b"-Drips: done\r\n\r\n" if received.drips else b"\r\n")

        def do_GET(self) -> None:
            received.posted.append((self.path, "a GET"))

        def log_message(self, *_: Any) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    received.address = f"http://127.0.0.1:{server.server_address[1]}"
    serving = threading.Thread(target=server.serve_forever, daemon=True)
    serving.start()
    try:
        yield received
    finally:
        done.set()
        server.shutdown()
        server.server_close()
        serving.join()


@dataclass
class Mail:
    """A mail server: what it took, in order."""

    taken: list[EmailMessage] = field(default_factory=list)
    recipients: list[list[str]] = field(default_factory=list)
    # Whether each login was right.
    logins: list[bool] = field(default_factory=list)
    port: int = 0

    async def handle_DATA(self, _server: Any, _session: Any, envelope: Any) -> str:
        self.taken.append(email.message_from_bytes(envelope.content, policy=email.policy.default))
        self.recipients.append(envelope.rcpt_tos)
        return "250 OK"


@contextmanager
def mail(password: str | None = None) -> Iterator[Mail]:
    """A mail server, and the one password that it takes."""
    received = Mail()

    def authenticate(_server: Any, _session: Any, _envelope: Any, _mechanism: str, data: Any) -> AuthResult:
        ok = isinstance(data, LoginPassword) and data.password == (password or "").encode()
        received.logins.append(ok)
        return AuthResult(success=ok, handled=False)

    # The controller looks whether it is there by a connection to the port it was given, so it cannot be 0.
    with socket.socket() as any_port:
        any_port.bind(("127.0.0.1", 0))
        received.port = any_port.getsockname()[1]
    controller = Controller(
        received,
        hostname="127.0.0.1",
        port=received.port,
        authenticator=authenticate,
        auth_require_tls=False,
    )
    controller.start()
    try:
        yield received
    finally:
        controller.stop()


@contextmanager
def mute() -> Iterator[int]:
    """The port of a server that takes connections and says nothing."""
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        listening.listen(16)
        yield listening.getsockname()[1]


def unreachable() -> int:
    """A port at which nobody listens."""
    with socket.socket() as any_port:
        any_port.bind(("127.0.0.1", 0))
        return any_port.getsockname()[1]


def mail_connection(port: int, password: str | None = None) -> str:
    """AIRFLOW_CONN_ASSAY_MAIL for a server without TLS."""
    extra = {"from_email": "assay@shop.test", "to": "data@shop.test, duty@shop.test"}
    login = {"login": USER, "password": password} if password else {}
    connection = {"conn_type": "smtp", "host": "127.0.0.1", "port": port, **login}
    return json.dumps({**connection, "extra": {**extra, "disable_ssl": True, "disable_tls": True}})


def http_connection(address: str, password: str) -> str:
    """AIRFLOW_CONN_ASSAY_SLACK or AIRFLOW_CONN_ASSAY_PAGERDUTY."""
    return json.dumps({"conn_type": "http", "host": address, "password": password})
