"""The way from the web process into Rasa: one HTTP request is one turn."""

import logging
from collections.abc import Awaitable, Callable
from typing import Any

from rasa.core.agent import Agent
from rasa.core.channels.channel import InputChannel, OutputChannel, UserMessage
from rasa.core.processor import MessageProcessor
from rasa.shared.core.trackers import DialogueStateTracker
from sanic import Blueprint, response
from sanic.request import Request
from sanic.response import HTTPResponse

from bot.dialogue.answers import UNANSWERED
from bot.dialogue.fence import turn_of
from bot.dialogue.in_context import Parsed, heard_in_context, with_open_needs, with_town
from bot.dialogue.memory import has_just_told_of_a_talk, last_intent
from bot.dialogue.plan_hearing import PLAN_FORM, PLAN_STEP, heard_in_plan, heard_of_plan
from bot.dialogue.roles import HELPER, ROLE, role_after, with_role
from bot.dialogue.situations import with_situation, without_situation
from bot.dialogue.talk_answers import heard_as_answer
from bot.dialogue.understanding import (
    BOOKING_FORM,
    LANGUAGE,
    PayloadError,
    heard_in_booking,
    heard_of_a_reminder,
    heard_of_a_talk,
    heard_of_an_agent,
    heard_of_another_way,
    heard_outside_booking,
    meaning,
    parse_payload,
    understood,
    with_age_group,
    with_danger,
    with_language,
)
from bot.inside import PASS, may_pass
from bot.language.tongue import Tongue
from bot.logs import REQUEST, of_request
from bot.nlu.typed_commands import as_not_understood, is_typed_command, typed_words

logger = logging.getLogger(__name__)

VECTOR = "vector"
HUMAN = "handoff_request"
# The slot of the talk that is being moved.
MOVED = "booking_moved"
# The slot that says whether it was told which talk they have already.
BESIDE = "booking_beside"
CONFIRMS = "booking_confirmed"
# Somebody else than Rasa answered meanwhile. To Rasa it is as if it had checked in itself: no question of before is
# open any more, and a form under way has ended. What it says to that is told to nobody. Of the check-ins the one after
# which a "nej" tells of no new danger.
INTERRUPTION = meaning("crisis_suicide", "/crisis_suicide")

OnNewMessage = Callable[[UserMessage], Awaitable[Any]]


class TurnError(ValueError):
    """A request is no turn; the message names the key."""


class Collected(OutputChannel):
    """Gathers what the bot says in one turn, whole: text, buttons, response name, facts, custom data and marks.

    There is one recipient, and Rasa names it every time.
    """

    def __init__(self) -> None:
        self.messages: list[dict[str, Any]] = []

    @classmethod
    def name(cls) -> str:
        return "hjemad"

    async def send_response(self, recipient_id: str, message: dict[str, Any]) -> None:  # noqa: ARG002 -- as above
        self.messages.append(
            {
                "text": message.get("text") or "",
                "buttons": [
                    {"title": button["title"], "payload": button["payload"]} for button in message.get("buttons") or ()
                ],
                "response": message.get("utter_action"),
                "facts": list((message.get("metadata") or {}).get("facts", ())),
                "custom": message.get("custom") or None,
                "language": message.get("language"),
                "unanswered": bool(message.get(UNANSWERED)),
            }
        )


class HjemadChannel(InputChannel):
    """`POST /webhooks/hjemad/turn`, for who shows the pass of our processes, and `GET /webhooks/hjemad/health`.

    A turn has no messages when an action could not run; what is said then is the caller's to know.
    """

    @classmethod
    def name(cls) -> str:
        return "hjemad"

    def blueprint(self, on_new_message: OnNewMessage) -> Blueprint:
        """Two routes; `turn` answers 400 for what is no turn, 403 to others and 503 when no dialogue can be held."""
        routes = Blueprint("hjemad_channel")

        @routes.route("/health", methods=["GET"])
        async def health(request: Request) -> HTTPResponse:
            return response.json({"status": "ok", "model": _agent(request).model_name})

        @routes.route("/turn", methods=["POST"])
        async def turn(request: Request) -> HTTPResponse:
            if not may_pass(request.headers.get(PASS), request.app.ctx.shown):
                return response.json({"error": "no pass"}, status=403)
            with of_request(request.headers.get(REQUEST)):
                return await _answered(request, on_new_message)

        return routes


async def _turn(agent: Agent, body: Any, on_new_message: OnNewMessage) -> dict[str, Any]:
    conversation, metadata = _field(body, "conversation", str), _field(body, "metadata", dict)
    with turn_of(conversation, metadata):
        return await _turn_of(agent, conversation, metadata, body, on_new_message)


async def _turn_of(
    agent: Agent, conversation: str, metadata: dict[str, Any], body: dict[str, Any], on_new_message: OnNewMessage
) -> dict[str, Any]:
    read = await _parse(agent, body, metadata)
    if metadata.get("interrupted"):
        await on_new_message(_heard(INTERRUPTION, Collected(), conversation, metadata))
    before = await agent.tracker_store.retrieve(conversation)
    form = before.active_loop_name if before else None
    dangerous = bool(metadata.get("danger_level"))
    typed = "payload" not in body
    parsed = await _heard_then(agent, read, before, form, dangerous=dangerous) if typed else read
    parsed = _remembered(parsed, before, metadata)
    parsed = with_danger(parsed, metadata, in_form=form == BOOKING_FORM)
    said = Collected()
    await on_new_message(_heard(parsed, said, conversation, metadata))
    tracker = await agent.tracker_store.retrieve(conversation)
    # What the model made of it, for those who look for misread messages; the words of a plan are none of these. Nor is
    # a human called where only the model heard that: to it "en til" asks for one.
    heard = parsed["intent"]["name"]
    told = understood(parsed if heard == PLAN_STEP or (read["intent"]["name"] == HUMAN != heard) else read)
    return {
        "intent": {"name": told.intent, "confidence": told.confidence},
        "sure": told.sure,
        "messages": said.messages,
        "active_form": tracker.active_loop_name if tracker else None,
        "asks": tracker.get_slot("requested_slot") if tracker else None,
        "role": tracker.get_slot(ROLE) if tracker else None,
    }


def _heard(parsed: dict[str, Any], said: Collected, conversation: str, metadata: dict[str, Any]) -> UserMessage:
    return UserMessage(
        parsed["text"],
        said,
        conversation,
        parse_data=parsed,
        input_channel=HjemadChannel.name(),
        metadata=_without_vector(metadata),
    )


def _remembered(parsed: Parsed, before: DialogueStateTracker | None, metadata: dict[str, Any]) -> Parsed:
    """The same, with what it tells of who writes: helper or young, age, town, language, and what is still open."""
    role = before.get_slot(ROLE) if before else None
    in_form = before is not None and before.active_loop_name == BOOKING_FORM
    parsed = with_role(parsed, role, in_form=in_form, told=metadata.get(ROLE))
    helper = role_after(parsed, role) == HELPER
    parsed = without_situation(parsed) if helper else parsed
    parsed = with_age_group(parsed, helper=helper)
    return with_open_needs(with_town(with_language(parsed, metadata)), before)


async def _heard_then(
    agent: Agent, read: Parsed, before: DialogueStateTracker | None, form: str | None, *, dangerous: bool
) -> Parsed:
    """What typed words mean where the conversation has come to."""
    if form == PLAN_FORM:
        return heard_in_plan(read, dangerous=dangerous)
    if (step := heard_of_plan(read["text"])) and not dangerous:
        return step
    if not dangerous:
        read = with_situation(read, before)
    if form == BOOKING_FORM:
        moves, beside = (bool(before and before.get_slot(name)) for name in (MOVED, BESIDE))
        confirms = before is not None and before.get_slot("requested_slot") == CONFIRMS
        return heard_in_booking(read, moves=moves, beside=beside, confirms=confirms)
    if not dangerous:
        after_a_talk = has_just_told_of_a_talk(before)
        read = heard_of_another_way(read, after_a_talk=after_a_talk)
        read = heard_of_an_agent(heard_of_a_talk(read) if after_a_talk else read)
        read = heard_of_a_reminder(read, after_a_talk=after_a_talk)
        if answered := heard_as_answer(read, before, _processor(agent).domain.intents):
            return answered
    if read["metadata"].get(LANGUAGE, Tongue.DANISH) != Tongue.DANISH:
        # The core is answered in English as it stands; what is joined to answers has Danish words only.
        return heard_outside_booking(read, last_intent(before))

    async def parse(text: str) -> Parsed:
        return dict(await _processor(agent).parse_message(UserMessage(text, metadata=read.get("metadata"))))

    return await heard_in_context(read, before, parse)


async def _parse(agent: Agent, body: dict[str, Any], metadata: dict[str, Any]) -> dict[str, Any]:
    processor = _processor(agent)
    if "payload" in body:
        return parse_payload(_field(body, "payload", str), processor.domain.intents)
    typed = _field(body, "text", str)
    words = typed_words(typed)
    parsed: dict[str, Any] = await processor.parse_message(UserMessage(words, metadata=metadata))
    if is_typed_command(typed, processor.domain.intents):
        parsed = as_not_understood(parsed)
    return parsed | {"text": words, "metadata": _without_vector(metadata)}


def _without_vector(metadata: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in metadata.items() if name != VECTOR}


def _field(body: Any, name: str, kind: type) -> Any:
    value = body.get(name) if isinstance(body, dict) else None
    if not isinstance(value, kind):
        raise TurnError(f"{name}: expected {kind.__name__}, got {type(value).__name__}")
    return value


def _processor(agent: Agent) -> MessageProcessor:
    assert agent.processor is not None
    return agent.processor


async def _answered(request: Request, on_new_message: OnNewMessage) -> HTTPResponse:
    try:
        agent = _agent(request)
        with agent.tracker_store.one_turn():
            return response.json(await _turn(agent, request.json, on_new_message))
    except (TurnError, PayloadError) as error:
        return response.json({"error": str(error)}, status=400)
    except Exception as error:  # noqa: BLE001 -- the rim: whatever failed, the caller learns that there is no answer
        # Only its type: the message of an error may hold what somebody wrote.
        logger.error("a turn failed: %s", type(error).__name__)  # noqa: TRY400
        return response.json({"error": type(error).__name__}, status=503)


def _agent(request: Request) -> Agent:
    return request.app.ctx.agent
