"""The supervisor over small processes of Python: nothing is left behind, and what fails is tried again."""

import asyncio
import os
import signal
import socket
import sys
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace

import pytest

from bot.settings import Settings
from bot.supervisor import part as part_module
from bot.supervisor import supervisor as supervisor_module
from bot.supervisor.part import Part, Running
from bot.supervisor.supervisor import PortTakenError, Supervisor, check_port, free_port, parts

# A parent whose child inherits a listening socket, as the workers of a web server do; both answer "health" with 200.
WEB = """
import os, signal, socket, sys, time
listening = socket.create_server(("127.0.0.1", int(sys.argv[1])))
if os.fork():
    signal.signal(signal.SIGTERM, lambda *_: os._exit(0))
    print("parent", flush=True)
    time.sleep(600)
signal.signal(signal.SIGTERM, signal.SIG_IGN)
while True:
    connection, _ = listening.accept()
    connection.recv(1000)
    connection.sendall(b"HTTP/1.1 200 OK\\r\\nContent-Length: 0\\r\\nConnection: close\\r\\n\\r\\n")
    connection.close()
"""
SLEEPER = "import time; time.sleep(600)"


def python(port: int, code: str) -> Part:
    return Part("web", (sys.executable, "-c", code, str(port)), f"http://127.0.0.1:{port}/")


def taken(port: int) -> bool:
    with closing(socket.socket()) as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


def has_ipv6_loopback() -> bool:
    try:
        with closing(socket.socket(socket.AF_INET6)) as probe:
            probe.bind(("::1", 0))
    except OSError:
        return False
    return True


async def until(true: Callable[[], bool]) -> None:
    async with asyncio.timeout(20):
        while not true():  # noqa: ASYNC110 - other processes set no event
            await asyncio.sleep(0.05)


async def test_workers_do_not_outlive_a_parent_that_was_killed() -> None:
    port = free_port()
    running = await Running.start(python(port, WEB), {}, lambda _: None)
    await running.ready(20)
    os.kill(running.process.pid, signal.SIGKILL)
    assert await asyncio.wait_for(running.ended(), 5) == "web was killed by signal 9"
    await until(lambda: not taken(port))
    await asyncio.wait_for(running.stop(), 5)


async def test_workers_that_do_not_listen_are_stopped_with_their_parent() -> None:
    port = free_port()
    running = await Running.start(python(port, WEB), {}, lambda _: None)
    await running.ready(20)
    await asyncio.wait_for(running.stop(), 5)
    await until(lambda: not taken(port))


async def test_a_part_that_does_not_become_ready_again_is_said_and_tried_again(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(supervisor_module, "READY_SECONDS", 1.0)
    monkeypatch.setattr(supervisor_module, "FIRST_PAUSE", 0.05)
    monkeypatch.setattr(part_module, "PROBE_EVERY", 0.05)
    said: list[str] = []
    supervisor = Supervisor([python(free_port(), SLEEPER)], {}, said.append)
    first = supervisor._running["web"] = await supervisor._start(supervisor._parts[0])
    first.process.kill()
    keeping = asyncio.create_task(supervisor._keep("web"))
    try:
        await until(lambda: sum("was not ready after 1 seconds" in line for line in said) > 1)
    finally:
        keeping.cancel()
        await supervisor._running["web"].stop()
    assert any("killed by signal 15; the others go on, web starts again" in line for line in said)


async def test_a_part_takes_over_when_it_is_ready_and_the_one_before_ends(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(supervisor_module, "LOOK_SECONDS", 0.05)
    monkeypatch.setattr(part_module, "PROBE_EVERY", 0.05)
    said: list[str] = []
    before, after = (free_port() for _ in range(2))
    successors = [python(after, WEB)]
    first = python(before, WEB)
    supervisor = Supervisor([first], {}, said.append, lambda: successors.pop() if successors else None)
    serving = asyncio.create_task(supervisor.run("all are ready"))
    await until(lambda: "web is ready, and takes over" in said)
    assert taken(after)
    await until(lambda: not taken(before))
    os.kill(supervisor._running["web"].process.pid, signal.SIGKILL)
    await until(lambda: "web is ready again" in said)
    assert taken(after), "what died is started again as the one that took over"
    assert not taken(before)
    supervisor._stopping.set()
    await asyncio.wait_for(serving, 20)
    await until(lambda: not taken(after))


async def test_a_part_that_does_not_get_ready_takes_over_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(supervisor_module, "LOOK_SECONDS", 0.05)
    monkeypatch.setattr(part_module, "PROBE_EVERY", 0.05)
    said: list[str] = []
    port = free_port()
    successors = [python(free_port(), "raise SystemExit(3)")]
    supervisor = Supervisor([python(port, WEB)], {}, said.append, lambda: successors.pop() if successors else None)
    serving = asyncio.create_task(supervisor.run("all are ready"))
    await until(lambda: "web ended with exit code 3; the web that was there goes on" in said)
    assert taken(port)
    supervisor._stopping.set()
    await asyncio.wait_for(serving, 20)
    await until(lambda: not taken(port))


async def test_what_dies_while_another_part_is_replaced_does_not_wait_for_that(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(supervisor_module, "LOOK_SECONDS", 0.05)
    monkeypatch.setattr(supervisor_module, "FIRST_PAUSE", 0.05)
    monkeypatch.setattr(part_module, "PROBE_EVERY", 0.05)
    said: list[str] = []
    port = free_port()
    dialogue = replace(python(free_port(), WEB), name="dialogue")
    successors = [replace(python(free_port(), SLEEPER), name="dialogue")]
    supervisor = Supervisor(
        [python(port, WEB), dialogue], {}, said.append, lambda: successors.pop() if successors else None
    )
    serving = asyncio.create_task(supervisor.run("all are ready"))
    await until(lambda: not successors)
    os.kill(supervisor._running["web"].process.pid, signal.SIGKILL)
    await until(lambda: "web is ready again" in said)
    supervisor._stopping.set()
    await asyncio.wait_for(serving, 20)


async def test_a_part_that_cannot_even_be_started_takes_over_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(supervisor_module, "LOOK_SECONDS", 0.05)
    said: list[str] = []
    port = free_port()
    successors = [Part("web", ("/no/such/program",), f"http://127.0.0.1:{port}/")]
    supervisor = Supervisor([python(port, WEB)], {}, said.append, lambda: successors.pop() if successors else None)
    serving = asyncio.create_task(supervisor.run("all are ready"))
    await until(lambda: any("cannot be started" in line for line in said))
    assert taken(port)
    supervisor._stopping.set()
    await asyncio.wait_for(serving, 20)


async def test_an_errand_is_run_while_there_is_one_and_whatever_becomes_of_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(supervisor_module, "LOOK_SECONDS", 0.05)
    monkeypatch.setattr(part_module, "PROBE_EVERY", 0.05)
    said: list[str] = []
    port = free_port()
    errands = [
        Part("workshop", (sys.executable, "-c", "import time; print('is busy', flush=True); time.sleep(600)")),
        Part("workshop", ("/no/such/program",)),
        Part("workshop", (sys.executable, "-c", "raise SystemExit(3)")),
        Part("workshop", (sys.executable, "-c", "print('done')")),
    ]
    supervisor = Supervisor([python(port, WEB)], {}, said.append, errand=lambda: errands.pop() if errands else None)
    serving = asyncio.create_task(supervisor.run("all are ready"))
    await until(lambda: any("is busy" in line for line in said))
    told = [line for line in said if "workshop" in line]
    assert "done" in told[0]
    assert told[1] == "workshop ended with exit code 3; the others go on"
    assert "cannot be started" in told[2]
    assert taken(port)
    supervisor._stopping.set()
    await asyncio.wait_for(serving, 20)
    assert "workshop" not in {running.part.name for running in supervisor._started}, "nothing is left behind"
    await until(lambda: not taken(port))


def test_the_dialogue_keeps_to_the_model_that_was_in_service_when_it_began() -> None:
    with_model = parts(Settings(_env_file=None), 1, "20260101-000000-first")[1]
    assert with_model.command[-2:] == ("--model", "20260101-000000-first")
    assert "--model" not in parts(Settings(_env_file=None), 1)[1].command


@pytest.mark.parametrize(
    ("host", "asked"),
    [
        ("127.0.0.1", "127.0.0.1"),
        ("0.0.0.0", "127.0.0.1"),
        ("::", "[::1]"),
        ("192.0.2.7", "192.0.2.7"),
        ("2001:db8::7", "[2001:db8::7]"),
        ("hjemad.example", "hjemad.example"),
    ],
)
def test_the_web_process_is_asked_where_it_listens(host: str, asked: str) -> None:
    settings = Settings(host=host, port=8123, _env_file=None)
    assert parts(settings, 1)[-1].health == f"http://{asked}:8123/healthz"


def test_a_port_is_tried_on_addresses_of_both_kinds() -> None:
    with closing(socket.create_server(("127.0.0.1", 0))) as other:
        port = other.getsockname()[1]
        with pytest.raises(PortTakenError, match=str(port)):
            check_port("127.0.0.1", port, "HJEMAD_PORT")
    if has_ipv6_loopback():
        check_port("::1", free_port(), "HJEMAD_PORT")
