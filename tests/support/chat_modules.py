"""Pieces of script with which the modules of the chat page are tried."""

from collections.abc import Callable
from typing import Any

Run = Callable[[str], Any]
MESSAGE = """
    const message = (sequence, sender, text, more = {}) => ({ sequence, sender, kind: "text", text, buttons: [],
      sources: [], data: {}, final: sender === "bot", client_id: null, created_at: "2026-11-26T13:30:00+00:00",
      ...more });
"""
LIST = f"""
    {MESSAGE}
    const {{ MessageList }} = await load("message_list");
    const {{ Conversation }} = await load("conversation");
    const log = document.getElementById("log"), pressed = [];
    const follower = {{ along: (change) => change(), toRead: (row, change) => change(), toEnd() {{}} }};
    const actions = {{ press: (button) => pressed.push(button) }};
    const list = new MessageList(log, follower, actions), conversation = new Conversation();
    conversation.addEventListener("message", ({{ detail }}) => list.show(detail.message, detail.clientId));
    conversation.addEventListener("outgoing", ({{ detail }}) => list.showOutgoing(detail));
    const texts = () => [...log.querySelectorAll(".bubble")].map((bubble) => bubble.textContent);
"""
