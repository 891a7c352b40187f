"""The three processes of the product, started as a person starts them."""

import os
import re
import signal
import subprocess
import sys
import time
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

import httpx
import psutil

from bot.supervisor.supervisor import free_port

ROOT = Path(__file__).resolve().parent.parent.parent
START_SECONDS = 600.0
PASSWORD = "et-langt-demo-kodeord"


@dataclass
class System:
    """A running Hjemad with a store of its own."""

    folder: Path
    database_url: str = ""
    settings: dict[str, str] = field(default_factory=dict)
    port: int = field(default_factory=free_port)
    password: str = PASSWORD
    command: str = "run"
    root: Path = ROOT

    def __post_init__(self) -> None:
        self.address = f"http://127.0.0.1:{self.port}"
        self.output = self.folder / "output.log"

    def start(self) -> "System":
        self.launch().wait_until_ready()
        return self

    def launch(self) -> "System":
        """Starts without waiting until it is ready."""
        self.folder.mkdir(parents=True, exist_ok=True)
        with self.output.open("ab") as output:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "bot.cli", self.command],
                cwd=self.root,
                env=self.environment(),
                stdout=output,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
        return self

    def wait_until_ready(self, seconds: float = START_SECONDS, asked: str = "/readyz") -> None:
        began = time.monotonic()
        while time.monotonic() - began < seconds:
            with suppress(httpx.HTTPError):
                if httpx.get(f"{self.address}{asked}", timeout=5).is_success:
                    return
            assert self.process.poll() is None, f"ended while starting:\n{self.said()}"
            time.sleep(0.3)
        raise AssertionError(f"not ready after {seconds} s:\n{self.said()}")

    def stop(self) -> int:
        self.process.send_signal(signal.SIGINT)
        try:
            return self.process.wait(timeout=30)
        except subprocess.TimeoutExpired:
            self.process.kill()
            raise

    def said(self) -> str:
        return self.output.read_text(errors="replace")

    def part(self, name: str) -> psutil.Process:
        """The process that serves `web`, `dialogue` or `actions`."""
        for child in psutil.Process(self.process.pid).children():
            with suppress(psutil.NoSuchProcess):
                if re.search(rf"bot\.cli {name}\b", " ".join(child.cmdline())):
                    return child
        raise AssertionError(f"{name} is not running:\n{self.said()}")

    def kill(self, name: str) -> None:
        """SIGKILL, as a machine does that runs out of memory."""
        self.part(name).kill()

    def kill_a_web_process(self) -> None:
        """The one with the most pages open of those that share the port, or the only one there is."""
        web = self.part("web") if self.command == "run" else psutil.Process(self.process.pid)
        workers = [child for child in web.children() if "spawn_main" in " ".join(child.cmdline())]
        max(workers or [web], key=lambda one: len(one.net_connections("tcp"))).kill()

    def environment(self) -> dict[str, str]:
        """That of its processes, and of commands that are to see the same store."""
        given = {
            "HJEMAD_VAR": str(self.folder / "var"),
            "HJEMAD_PORT": str(self.port),
            "HJEMAD_DEMO_PASSWORD": self.password,
            "HJEMAD_CONVERSATIONS_A_MINUTE": "100000",
            "HJEMAD_MESSAGES_A_MINUTE": "100000",
            "HJEMAD_MESSAGES_IN_CONVERSATION_A_MINUTE": "100000",
            # What is slow beside other tests is no failure; what does not answer at all is told at once.
            "HJEMAD_DIALOGUE_TIMEOUT": "60",
            "HJEMAD_CODE_TRIES_A_MINUTE": "100000",
            "HJEMAD_WRONG_CODES_A_DAY": "100000",
        }
        if self.database_url:
            given["HJEMAD_DATABASE_URL"] = self.database_url
        return os.environ | given | self.settings
