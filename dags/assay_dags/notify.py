"""Tells people what happened, by every channel that has a connection. Never a reason for a run to fail."""

from __future__ import annotations

import json
import logging
import socket
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from html import escape
from typing import Any
from urllib.error import HTTPError
from urllib.request import HTTPRedirectHandler, Request, build_opener

from airflow.providers.smtp.hooks.smtp import SmtpHook
from airflow.sdk import BaseHook
from airflow.sdk.exceptions import AirflowNotFoundException
from airflow.sdk.log import redact

log = logging.getLogger(__name__)

# For one answer of a receiver.
ANSWER_SECONDS = 10
# For all receivers together. A failed task stays "running" without a heartbeat until its callbacks are done, and
# Airflow kills a DAG processor that takes 50 s: what waited longer would change how a run ends.
PATIENCE_SECONDS = 20
LONGEST_REASON = 1000


@dataclass(frozen=True)
class Event:
    """What happened to which part of a pipeline and which day of it, why, and what to do about it."""

    what: str
    pipeline: str
    part: str
    day: str | None
    why: str
    to_do: tuple[str, ...]

    @property
    def title(self) -> str:
        return f"Assay: {self.what}: {self.pipeline} {self.part}, {self.day or 'no business date'}"

    @property
    def key(self) -> str:
        """The same for whatever is told of one and the same trouble."""
        return f"assay/{self.pipeline}/{self.part}/{self.day}/{self.what}"

    @property
    def reason(self) -> str:
        reason = str(redact(self.why))
        return reason if len(reason) <= LONGEST_REASON else f"{reason[:LONGEST_REASON]} ..."

    @property
    def text(self) -> str:
        steps = "\n".join(f"- {step}" for step in self.to_do)
        return f"{self.title}\n\nWhy: {self.reason}\n\nWhat to do:\n{steps}\n"


class Untold(Exception):
    """A receiver did not take a message; the text holds nothing secret."""


class OneTryHook(SmtpHook):
    """The provider's hook without its six tries, of which each may send the mail and all of which may wait."""

    smtp_retry_limit = 0
    timeout = ANSWER_SECONDS


def _mail(connection: Any, event: Event) -> None:
    to = connection.extra_dejson.get("to")
    if not to:
        raise Untold('the connection has no "to" in its extra')
    with OneTryHook(smtp_conn_id=connection.conn_id) as hook:
        # The provider sends HTML alone.
        hook.send_email_smtp(to=to, subject=event.title, html_content=f"<pre>{escape(event.text, quote=False)}</pre>")


def _slack(connection: Any, event: Event) -> None:
    # Slack reads these three as its own, mentions of everybody among them.
    _post(f"{_address(connection, 'https://hooks.slack.com/services')}/{connection.password}", {"text": _plain(event)})


def _plain(event: Event) -> str:
    return escape(event.text, quote=False)


def _pagerduty(connection: Any, event: Event) -> None:
    body = {
        "routing_key": connection.password,
        "event_action": "trigger",
        # One trouble is one incident, however often it is told.
        "dedup_key": event.key,
        "payload": {
            "summary": event.title,
            "source": socket.gethostname(),
            "severity": "error",
            "component": event.part,
            "group": event.pipeline,
            "class": event.what,
            "custom_details": {"why": event.reason, "what to do": list(event.to_do)},
        },
    }
    _post(_address(connection, "https://events.pagerduty.com/v2/enqueue"), body)


def _address(connection: Any, otherwise: str) -> str:
    host = connection.host or otherwise
    return (host if "://" in host else f"https://{host}").rstrip("/")


class _NoRedirect(HTTPRedirectHandler):
    """A redirect is an answer: what follows it would be a GET, without what is to be told."""

    def redirect_request(self, *_: Any) -> None:
        return None


def _post(address: str, body: dict[str, Any]) -> None:
    # The standard library's client, since others log addresses, and Slack's is a secret.
    request = Request(address, json.dumps(body).encode(), {"Content-Type": "application/json"}, method="POST")
    try:
        build_opener(_NoRedirect).open(request, timeout=ANSWER_SECONDS).close()
    except HTTPError as answer:
        raise Untold(f"it answered {answer.code}") from None


CHANNELS: dict[str, Callable[[Any, Event], None]] = {
    "assay_mail": _mail,
    "assay_slack": _slack,
    "assay_pagerduty": _pagerduty,
}


class _Telling(threading.Thread):
    """Tells one channel; a thread of its own, so that a receiver that never ends its answer can be left behind."""

    def __init__(self, conn_id: str, connection: Any, event: Event) -> None:
        super().__init__(name=conn_id, daemon=True)
        self.connection = connection
        self.event = event
        self.outcome: str | None = f"it took longer than {PATIENCE_SECONDS} s"

    def run(self) -> None:
        try:
            CHANNELS[self.name](self.connection, self.event)
            self.outcome = None
        except Untold as untold:
            self.outcome = str(untold)
        except Exception as failed:
            self.outcome = _kind(failed)


def tell(event: Event) -> None:
    """Tells an event once by each channel that has a connection; what goes wrong is logged, and never raised."""
    end = time.monotonic() + PATIENCE_SECONDS
    tellings = [_Telling(conn_id, connection, event) for conn_id, connection in _connections().items()]
    for telling in tellings:
        telling.start()
    for telling in tellings:
        telling.join(max(0.0, end - time.monotonic()))
        if telling.outcome is None:
            log.info("told %s: %s", telling.name, event.title)
        else:
            log.error("could not tell %s: %s; nobody was told there: %s", telling.name, telling.outcome, event.title)
    if not tellings:
        log.warning("nobody is told, for there is none of the connections %s: %s", ", ".join(CHANNELS), event.title)


def _connections() -> dict[str, Any]:
    found = {}
    for conn_id in CHANNELS:
        try:
            found[conn_id] = BaseHook.get_connection(conn_id)
        except AirflowNotFoundException:
            # Or one that Airflow cannot read, which it takes for none.
            log.info("there is no connection %s, by which people could be told", conn_id)
        except Exception as failed:
            log.error("could not look up the connection %s: %s", conn_id, _kind(failed))
    return found


def _kind(failed: BaseException) -> str:
    """What went wrong, without its text: that may hold an address, and so a secret."""
    cause = failed.__cause__ or failed.__context__
    return f"{type(failed).__name__} from {_kind(cause)}" if cause else type(failed).__name__


if __name__ == "__main__":
    logging.basicConfig(level=logging.INFO, format="%(message)s")
    tell(
        Event(
            what="trial",
            pipeline="no pipeline",
            part="at all",
            day=None,
            why="somebody tries whether this channel works",
            to_do=("nothing: it does (docs/be-told.md)",),
        )
    )
