"""What those who run the product may watch, for Prometheus. ADR 0039."""

import os
import secrets
from collections.abc import Iterator
from datetime import UTC, datetime

from anyio.to_thread import run_sync
from prometheus_client import CONTENT_TYPE_LATEST, REGISTRY, CollectorRegistry, generate_latest
from prometheus_client.core import GaugeMetricFamily, Metric
from prometheus_client.multiprocess import MultiProcessCollector
from prometheus_client.registry import Collector
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from bot.casework.workload import Workload
from bot.settings import Settings
from bot.store.database import StoreUnreachableError
from bot.store.store import Store
from bot.store.whose import Across
from bot.web.problems import NOT_FOUND, without_trace

FOLDER = "PROMETHEUS_MULTIPROC_DIR"
"""The variable that names where worker processes write what they count, so that one of them can tell it all."""

WORKLOAD = {
    "hjemad_waiting": ("Conversations that wait for a human.", "waiting"),
    "hjemad_longest_wait_seconds": ("How long the one that has waited longest has.", "longest_wait"),
    "hjemad_waiting_in_danger": ("Conversations that wait for a human in danger of level 2 or more.", "in_danger"),
    "hjemad_held": ("Conversations that a human has.", "held"),
    "hjemad_unanswered": ("Messages that the robot has not answered yet.", "unanswered"),
    "hjemad_oldest_unanswered_seconds": ("How old the oldest of them is.", "oldest_unanswered"),
    "hjemad_talks_ahead": ("Talks with an agent that are booked and to come.", "ahead"),
    "hjemad_reminders_waiting": ("Reminders that are to be sent.", "reminders"),
    "hjemad_reminders_late": ("Reminders that should have been sent.", "reminders_late"),
    "hjemad_notices_waiting": ("Notices of danger to who is on call that are to be sent.", "notices"),
    "hjemad_notices_late": ("Notices of danger that should have been sent.", "notices_late"),
}


async def metrics(request: Request) -> Response:
    """GET /metrics: the counts of this `hjemad web`, and those of the store.

    404 unless the header `Authorization: Bearer` carries HJEMAD_METRICS_TOKEN; always, where none is set.
    """
    if not _may_read(request, request.app.state.settings):
        raise without_trace(NOT_FOUND)
    told = await run_sync(_told, request.app.state.store, request.app.state.hearing.is_open)
    return Response(told, media_type=CONTENT_TYPE_LATEST)


def _may_read(request: Request, settings: Settings) -> bool:
    token = settings.metrics_token.get_secret_value()
    given = request.headers.get("Authorization", "").removeprefix("Bearer ")
    return bool(token) and secrets.compare_digest(given.encode(), token.encode())


def _told(store: Store, hears: bool) -> bytes:  # noqa: FBT001 - handed on by a thread
    of_processes: CollectorRegistry = REGISTRY
    if FOLDER in os.environ:
        of_processes = CollectorRegistry()
        MultiProcessCollector(of_processes)  # type: ignore[no-untyped-call]
    of_store = CollectorRegistry()
    of_store.register(_Now(store, hears))
    return generate_latest(of_processes) + generate_latest(of_store)


class _Now(Collector):
    """What is counted when it is asked for."""

    def __init__(self, store: Store, hears: bool) -> None:  # noqa: FBT001
        self._store = store
        self._hears = hears

    def collect(self) -> Iterator[Metric]:
        """Without a store all but what it holds is told: that it is away is the first thing to know."""
        try:
            with self._store.read(Across("metrics are counted over every municipality")) as work:
                workload = work.workload.at(datetime.now(UTC))
        except StoreUnreachableError:
            workload = None
        yield GaugeMetricFamily("hjemad_hears_danger", "1 where messages are taken in.", float(self._hears))
        yield GaugeMetricFamily("hjemad_store_reachable", "1 where the store answers.", float(workload is not None))
        if workload:
            yield from _families(workload)


def _families(workload: Workload) -> Iterator[Metric]:
    for name, (words, field) in WORKLOAD.items():
        yield GaugeMetricFamily(name, words, getattr(workload, field))
    serving = GaugeMetricFamily("hjemad_dialogue_servers", "Dialogue servers that serve, by model.", labels=["model"])
    for model, count in workload.serving.items():
        serving.add_metric([model], count)
    yield serving


metrics_routes: list[BaseRoute] = [Route("/metrics", metrics)]
