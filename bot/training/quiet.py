"""Rasa without its talk: it would report home, and print what people write."""

import logging
import os
import sys

import structlog


def keep_rasa_quiet() -> None:
    """Call it before Rasa is imported. Standard output stays free for results; errors go to standard error."""
    os.environ["RASA_TELEMETRY_ENABLED"] = "false"
    os.environ["SENTRY_DSN"] = ""
    structlog.configure(
        wrapper_class=structlog.make_filtering_bound_logger(logging.ERROR),
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
    )
    logging.getLogger("rasa").setLevel(logging.ERROR)
