"""One line of log per event: plain on a terminal, JSON elsewhere. Phone numbers and addresses never get through."""

import re
import sys
from typing import Any

import structlog
from structlog.typing import EventDict, WrappedLogger

PHONE = re.compile(r"(?<![\w.])(?:\+?62|0)8\d[\d -]{6,14}\d(?![\w.])")
EMAIL = re.compile(r"[\w.+-]+@[\w-]+\.[\w.-]+")
TOKEN = re.compile(r"(/t/|/j/|/kalender/(?=[\w-]+\.ics)|/reset/key/)[\w-]+")


def hide(text: str) -> str:
    """Blot out what a log has no business to know: phone numbers, e-mail addresses, personal links."""
    return TOKEN.sub(r"\1…", EMAIL.sub("(surel)", PHONE.sub("(telepon)", text)))


def _hide_everywhere(_logger: WrappedLogger, _method: str, event: EventDict) -> EventDict:
    return {name: hide(value) if isinstance(value, str) else value for name, value in event.items()}


def configuration() -> dict[str, Any]:
    """Return Django's LOGGING."""
    on_terminal = sys.stderr.isatty()
    render = structlog.dev.ConsoleRenderer(colors=False) if on_terminal else structlog.processors.JSONRenderer()
    shared = [
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
    ]
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {
            "line": {
                "()": structlog.stdlib.ProcessorFormatter,
                "foreign_pre_chain": shared,
                "processors": [
                    structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                    structlog.processors.format_exc_info,
                    _hide_everywhere,
                    render,
                ],
            }
        },
        "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
        "root": {"handlers": ["stderr"], "level": "INFO"},
        "loggers": {
            "django.server": {"level": "WARNING"},
            "django.request": {"level": "ERROR"},  # a 403 or 404 is no news
            # It writes signers' names into its warnings; what it finds is judged and shown where it was asked.
            "pyhanko": {"level": "CRITICAL"},
            "pikepdf": {"level": "WARNING"},
        },
    }
