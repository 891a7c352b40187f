"""Starts the Rasa server: for our own processes, silent about what people write, and not at all rather than half."""

import logging
import os
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import structlog
from rasa.core.agent import Agent
from rasa.core.channels.channel import InputChannel
from rasa.core.nlg import NaturalLanguageGenerator
from rasa.core.run import configure_app, create_http_input_channels
from rasa.core.tracker_store import TrackerStore
from rasa.core.utils import AvailableEndpoints
from rasa.shared.core.domain import Domain
from rasa.shared.utils import validation

from bot import logs
from bot.dialogue.action_server import ActionServer
from bot.dialogue.answers import Answers
from bot.dialogue.channel import HjemadChannel
from bot.dialogue.rule_index import find_rules_by_index
from bot.dialogue.serving import Serving
from bot.dialogue.tracker_store import StoredTrackers
from bot.inside import pass_of
from bot.settings import ROOT, Settings
from bot.store.store import Store

DOMAIN = ROOT / "bot" / "domain"
ENDPOINTS = DOMAIN / "endpoints.yml"
CREDENTIALS = DOMAIN / "credentials.yml"


class DialogueError(Exception):
    """The dialogue server cannot be started; the message names the file or the class."""


def serve(settings: Settings, model: Path) -> None:
    """Serves this model until it is stopped. Raises DialogueError before the port is bound.

    Stopped, it says so in the store, ends what it was asked until that is heard, and then ends itself.
    """
    logs.set_up("dialogue", settings.log_format)
    keep_quiet()
    agent = load_agent(settings, model)
    app = configure_app(input_channels=_channels(), enable_api=False, port=settings.dialogue_port)
    app.ctx.agent, app.ctx.shown = agent, pass_of(settings)
    serving = Serving(Store(settings.store_url, settings.key()), settings.dialogue_url, model_name(model))
    app.register_listener(_warmed(agent), "before_server_start")
    # Before it listens: until then it is passed over, and whoever waits for it to answer knows that it is known.
    app.register_listener(serving.begin, "before_server_start")
    app.register_listener(serving.leave, "before_server_stop")
    app.register_listener(serving.end, "after_server_stop")
    app.run(host=settings.dialogue_host, port=settings.dialogue_port, access_log=False, motd=False)


def model_name(model: Path) -> str:
    """What a model is called that lies in this file."""
    return model.name.partition(".")[0]


def _warmed(agent: Agent) -> Callable[..., Awaitable[None]]:
    """What is computed by a first message alone is computed before anybody waits for it."""

    async def warm(*_: Any) -> None:
        await agent.parse_message("hej")

    return warm


def load_agent(settings: Settings, model: Path) -> Agent:
    """The model with our tracker store and our answers around it.

    Raises DialogueError where Rasa would go on with its own in memory, and when the model cannot be loaded.
    """
    endpoints = AvailableEndpoints.read_endpoints(str(ENDPOINTS))
    # Rasa's own wrapper would answer from an empty conversation when the store cannot be read.
    trackers = _trackers(endpoints)
    urls = [f"{url}/webhook" for url in settings.actions_urls]
    actions = ActionServer(urls, pass_of(settings), trackers.must_be_open, selective_domain=True)
    agent = Agent(generator=_generator(endpoints), action_endpoint=actions)
    agent.tracker_store = trackers
    try:
        with _checked_before():
            agent.load_model(model)
    except Exception as error:
        raise DialogueError(f"{model}: cannot be loaded ({type(error).__name__}: {error})") from error
    find_rules_by_index(agent)
    return agent


@contextmanager
def _checked_before() -> Iterator[None]:
    """Spares Rasa seconds of comparing the domain with its schema: that was done when the model was trained with it."""
    checks = validation.validate_yaml_schema
    validation.validate_yaml_schema = lambda *_, **__: None
    try:
        yield
    finally:
        validation.validate_yaml_schema = checks


def keep_quiet() -> None:
    """No telemetry, no error reports to others, and nothing logged that somebody wrote."""
    os.environ["RASA_TELEMETRY_ENABLED"] = "false"
    os.environ["SENTRY_DSN"] = ""
    # Below this Rasa logs the texts of messages and the values of slots.
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.ERROR))
    logging.getLogger("rasa").setLevel(logging.WARNING)


def _trackers(endpoints: AvailableEndpoints) -> StoredTrackers:
    store = TrackerStore.create(endpoints.tracker_store)
    return _expected(store, StoredTrackers, "tracker_store")


def _generator(endpoints: AvailableEndpoints) -> NaturalLanguageGenerator:
    try:
        generator = NaturalLanguageGenerator.create(endpoints.nlg, Domain.empty())
    except Exception as error:
        raise DialogueError(f"{ENDPOINTS}: nlg: {error}") from error
    return _expected(generator, Answers, "nlg")


def _channels() -> list[InputChannel]:
    channels = create_http_input_channels(None, str(CREDENTIALS))
    if [type(channel) for channel in channels] != [HjemadChannel]:
        raise DialogueError(f"{CREDENTIALS}: expected {HjemadChannel.__name__} alone")
    return channels


def _expected(made: Any, kind: type, key: str) -> Any:
    if not isinstance(made, kind):
        raise DialogueError(f"{ENDPOINTS}: {key}: expected {kind.__name__}, got {type(made).__name__}")
    return made
