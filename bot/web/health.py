"""Whether this process lives, and whether what it needs is there."""

from contextlib import suppress

import httpx
from anyio.to_thread import run_sync
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute, Route

from bot.store.database import StoreUnreachableError

PROBE_SECONDS = 2.0


async def alive(_request: Request) -> Response:
    """GET /healthz: this process answers."""
    return JSONResponse({"status": "alive"})


async def ready(request: Request) -> Response:
    """GET /readyz: 200 when store, dialogue and actions answer and danger is heard, else 503 with each state.

    `on_call` tells of each municipality whether a notice would go out, and `reminders` whether those of talks do;
    nobody is turned away for it.
    """
    parts = {
        "store": await _store_answers(request),
        "dialogue": await request.app.state.dialogue.healthy(),
        "actions": await _actions_answer(request),
    }
    states = {name: "ready" if good else "unreachable" for name, good in parts.items()}
    hears = request.app.state.hearing.is_open
    states["screen"] = "ready" if hears else "unusable"
    good = hears and all(parts.values())
    return JSONResponse(
        {"status": "ready" if good else "not ready", **states, **await _senders(request)}, 200 if good else 503
    )


async def _senders(request: Request) -> dict[str, dict[str, str] | str]:
    state = request.app.state
    try:
        return {"on_call": await run_sync(state.on_call.states), "reminders": await run_sync(state.reminding.state)}
    except StoreUnreachableError:
        return {}


async def _store_answers(request: Request) -> bool:
    try:
        await run_sync(request.app.state.store.ping)
    except StoreUnreachableError:
        return False
    return True


async def _actions_answer(request: Request) -> bool:
    async with httpx.AsyncClient(timeout=PROBE_SECONDS, trust_env=False) as client:
        for url in request.app.state.settings.actions_urls:
            with suppress(httpx.HTTPError):
                if (await client.get(f"{url}/health")).is_success:
                    return True
    return False


health_routes: list[BaseRoute] = [Route("/healthz", alive), Route("/readyz", ready)]
