"""What is told, by every channel, to real receivers; and what becomes of it where they do not take it."""

from __future__ import annotations

import logging
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack

import pytest
from assay_dags import notify
from assay_dags.notify import Event, tell

from . import receivers
from .conftest import HOME
from .receivers import http_connection, mail_connection

TOKEN = "T0000/B0000/t0ken-never-to-be-shown"
KEY = "r0uting-key-never-to-be-shown"
PASSWORD = "passw0rd-never-to-be-shown"
ROWS = "retail.orders_raw/2010-12-01: check some_rows: 0 rows, allowed are 1 & more, <!channel>"
EVENT = Event(
    what="publication refused",
    pipeline="retail",
    part="bronze",
    day="2010-12-01",
    why=ROWS,
    to_do=("./assay status --pipeline retail --date 2010-12-01", "then clear the task (docs/re-run.md)"),
)
TITLE = "Assay: publication refused: retail bronze, 2010-12-01"
TEXT = f"""{TITLE}

Why: {ROWS}

What to do:
- ./assay status --pipeline retail --date 2010-12-01
- then clear the task (docs/re-run.md)
"""
ESCAPED = TEXT.replace("1 & more, <!channel>", "1 &amp; more, &lt;!channel&gt;")

Connect = Callable[..., None]


@pytest.fixture
def connect(monkeypatch: pytest.MonkeyPatch) -> Connect:
    """Sets the connections of some channels, and takes away those of the others."""

    def set_connections(**connections: str) -> None:
        for channel in ("mail", "slack", "pagerduty"):
            monkeypatch.delenv(f"AIRFLOW_CONN_ASSAY_{channel.upper()}", raising=False)
        for channel, connection in connections.items():
            monkeypatch.setenv(f"AIRFLOW_CONN_ASSAY_{channel.upper()}", connection)

    set_connections()
    return set_connections


@pytest.fixture
def logged(caplog: pytest.LogCaptureFixture) -> Iterator[pytest.LogCaptureFixture]:
    """Everything that is logged at any level, which must show no secret."""
    caplog.set_level(logging.DEBUG)
    yield caplog
    lines = [record.getMessage() for record in caplog.get_records("call")]
    assert any("assay_" in line for line in lines)
    assert [line for line in lines if "never-to-be-shown" in line] == []


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(notify, "ANSWER_SECONDS", 1)
    monkeypatch.setattr(notify.OneTryHook, "timeout", 1)
    monkeypatch.setattr(notify, "PATIENCE_SECONDS", 2)


def test_mail_has_it_all(connect: Connect, logged: pytest.LogCaptureFixture) -> None:
    with receivers.mail(PASSWORD) as mail:
        connect(mail=mail_connection(mail.port, PASSWORD))
        tell(EVENT)
    [message] = mail.taken
    assert mail.logins == [True]
    assert message["Subject"] == TITLE
    assert message["From"] == "assay@shop.test"
    assert message["To"] == "data@shop.test, duty@shop.test"
    assert mail.recipients == [["data@shop.test", "duty@shop.test"]]
    body = message.get_body(("html",)).get_content().replace("\r\n", "\n")
    assert body.strip() == f"<pre>{ESCAPED}</pre>"
    assert f"told assay_mail: {TITLE}" in logged.text


def test_slack_is_posted_to_once_and_mentions_nobody(connect: Connect, logged: pytest.LogCaptureFixture) -> None:
    with receivers.web() as slack:
        connect(slack=http_connection(f"{slack.address}/services", TOKEN))
        tell(EVENT)
    assert slack.posted == [(f"/services/{TOKEN}", {"text": ESCAPED})]


def test_pagerduty_gets_one_incident_of_one_trouble(connect: Connect, logged: pytest.LogCaptureFixture) -> None:
    with receivers.web(answers=202) as pagerduty:
        connect(pagerduty=http_connection(f"{pagerduty.address}/v2/enqueue", KEY))
        tell(EVENT)
    [(path, body)] = pagerduty.posted
    assert path == "/v2/enqueue"
    assert body == {
        "routing_key": KEY,
        "event_action": "trigger",
        "dedup_key": "assay/retail/bronze/2010-12-01/publication refused",
        "payload": {
            "summary": TITLE,
            "source": socket.gethostname(),
            "severity": "error",
            "component": "bronze",
            "group": "retail",
            "class": "publication refused",
            "custom_details": {"why": ROWS, "what to do": list(EVENT.to_do)},
        },
    }


def test_a_secret_in_a_reason_is_masked_and_a_long_one_is_cut(connect: Connect) -> None:
    with receivers.web() as slack, receivers.web(answers=202) as pagerduty:
        connect(slack=http_connection(slack.address, TOKEN), pagerduty=http_connection(pagerduty.address, KEY))
        # Airflow masks what it read from a connection.
        tell(EVENT)
        tell(Event("task failed", "retail", "gold", None, f"{KEY} was refused {'x' * 2000}", ()))
    assert slack.bodies()[1]["text"].startswith(
        "Assay: task failed: retail gold, no business date\n\nWhy: *** was refused xxx"
    )
    assert len(slack.bodies()[1]["text"]) < 1200
    assert "never-to-be-shown" not in pagerduty.bodies()[1]["payload"]["custom_details"]["why"]


def test_without_connections_it_says_that_nobody_is_told(connect: Connect, logged: pytest.LogCaptureFixture) -> None:
    tell(EVENT)
    assert "nobody is told, for there is none of the connections assay_mail, assay_slack" in logged.text


@pytest.mark.parametrize("answers", [302, 403, 500])
def test_a_receiver_that_refuses_is_named_in_the_log(
    answers: int, connect: Connect, logged: pytest.LogCaptureFixture
) -> None:
    with receivers.web(answers) as slack, receivers.web(answers) as pagerduty:
        connect(slack=http_connection(slack.address, TOKEN), pagerduty=http_connection(pagerduty.address, KEY))
        tell(EVENT)
    assert [len(slack.posted), len(pagerduty.posted)] == [1, 1]
    assert f"could not tell assay_slack: it answered {answers}; nobody was told there: {TITLE}" in logged.text
    assert f"could not tell assay_pagerduty: it answered {answers}" in logged.text


def test_a_wrong_password_is_said_without_it(connect: Connect, logged: pytest.LogCaptureFixture) -> None:
    with receivers.mail("another") as mail:
        connect(mail=mail_connection(mail.port, PASSWORD))
        tell(EVENT)
    assert mail.taken == []
    assert "could not tell assay_mail: SMTPAuthenticationError" in logged.text


def test_an_unreachable_receiver_keeps_no_other_from_being_told(
    connect: Connect, logged: pytest.LogCaptureFixture
) -> None:
    with receivers.web(answers=202) as pagerduty:
        connect(
            mail=mail_connection(receivers.unreachable(), PASSWORD),
            slack=http_connection(f"http://127.0.0.1:{receivers.unreachable()}", TOKEN),
            pagerduty=http_connection(pagerduty.address, KEY),
        )
        tell(EVENT)
    assert len(pagerduty.posted) == 1
    assert "could not tell assay_mail: ConnectionRefusedError;" in logged.text
    assert "could not tell assay_slack: URLError from ConnectionRefusedError;" in logged.text


def test_a_receiver_that_hangs_is_left_and_tried_no_second_time(
    connect: Connect, logged: pytest.LogCaptureFixture, impatient: None
) -> None:
    with ExitStack() as stack:
        smtp, http = (stack.enter_context(receivers.mute()) for _ in range(2))
        connect(mail=mail_connection(smtp), slack=http_connection(f"http://127.0.0.1:{http}", TOKEN))
        began = time.monotonic()
        tell(EVENT)
    assert time.monotonic() - began < 3
    assert "could not tell assay_mail: AirflowException from SMTPServerDisconnected" in logged.text
    assert "could not tell assay_slack: TimeoutError;" in logged.text


def test_a_receiver_that_never_ends_its_answer_is_left(
    connect: Connect, logged: pytest.LogCaptureFixture, impatient: None
) -> None:
    # Each byte comes in time, so that no time-out of a single answer is reached.
    with receivers.web(drips=40) as slack:
        connect(slack=http_connection(slack.address, TOKEN))
        began = time.monotonic()
        tell(EVENT)
    assert 1.5 < time.monotonic() - began < 4
    assert "could not tell assay_slack: it took longer than 2 s" in logged.text


def test_a_connection_that_says_too_little_is_said_so(connect: Connect, logged: pytest.LogCaptureFixture) -> None:
    connect(mail='{"conn_type": "smtp", "host": "127.0.0.1"}', slack=f'{{"password": "{TOKEN}"')
    tell(EVENT)
    assert 'could not tell assay_mail: the connection has no "to" in its extra' in logged.text
    assert "there is no connection assay_slack, by which people could be told" in logged.text


def test_it_can_be_tried(connect: Connect) -> None:
    with receivers.web() as slack:
        connect(slack=http_connection(slack.address, TOKEN))
        tried = subprocess.run(
            [sys.executable, "-m", "assay_dags.notify"], capture_output=True, text=True, check=True, cwd=HOME
        )
    [body] = slack.bodies()
    assert body["text"].startswith("Assay: trial: ")
    assert "told assay_slack: Assay: trial: " in tried.stderr + tried.stdout
    assert TOKEN not in tried.stderr + tried.stdout
