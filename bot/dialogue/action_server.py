"""Where Rasa asks for an action: the server of the actions, which is told what request it is about."""

from typing import Any

from rasa.utils.endpoints import EndpointConfig

from bot.logs import REQUEST, this_request


class ActionServer(EndpointConfig):
    """Rasa's, with the number of the request as a header."""

    async def request(self, *args: Any, **kwargs: Any) -> Any:
        """As Rasa's."""
        kwargs["headers"] = dict(kwargs.get("headers") or {}) | {REQUEST: this_request()}
        return await super().request(*args, **kwargs)
