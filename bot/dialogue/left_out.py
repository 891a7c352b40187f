"""Leaves out what Rasa imports and no component of ours uses: TensorFlow above all, which costs seconds and memory.

`rasa.core.agent` imports every component and every channel that Rasa has, and each imports the libraries it would need.
In the process that serves, those libraries are empty modules. Whatever is asked of them exists and can be inherited
from or named in a type; to use it is an error that names it.
"""

import sys
from importlib.abc import Loader, MetaPathFinder
from importlib.machinery import ModuleSpec
from types import ModuleType
from typing import Any, NoReturn

LEFT_OUT = frozenset(
    {
        # The components that learn by TensorFlow, and their plots.
        *("tensorflow", "tensorflow_addons", "tensorflow_text", "tensorflow_hub", "keras", "h5py", "matplotlib"),
        # The channels to messengers, and what keeps trackers and models elsewhere.
        *("aiogram", "boto3", "botocore", "fbmessenger", "mattermostwrapper", "pymongo", "redis", "rocketchat_API"),
        *("slack_sdk", "twilio", "webexteamssdk"),
        # What asks a person at a terminal.
        *("prompt_toolkit", "questionary"),
    }
)


class LeftOutError(Exception):
    """Something is used that is left out of the process that serves; the message names it."""


class _Name(type):
    """Of each class that stands for something that was left out."""

    def __getattr__(cls, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        return _stands_for(f"{cls.__module__}.{cls.__qualname__}", name)

    def __call__(cls, *_: Any, **__: Any) -> NoReturn:
        raise LeftOutError(f"{cls.__module__}.{cls.__qualname__} is left out of the process that serves")


def _stands_for(module: str, name: str) -> type:
    return _Name(name, (), {"__module__": module})


class _Empty(ModuleType):
    """A module in which every name is there. Its path says that it may hold more of its kind."""

    __version__ = "0.0"

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.__path__ = []

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        stands = _stands_for(self.__name__, name)
        setattr(self, name, stands)
        return stands


class _Finder(MetaPathFinder, Loader):
    def find_spec(self, fullname: str, *_: Any) -> ModuleSpec | None:
        return ModuleSpec(fullname, self) if fullname.partition(".")[0] in LEFT_OUT else None

    def create_module(self, spec: ModuleSpec) -> ModuleType:
        return _Empty(spec.name)

    def exec_module(self, module: ModuleType) -> None:
        """There is nothing to run."""


def leave_out() -> None:
    """To be called before anything of Rasa is imported. Raises LeftOutError where one of them is imported already."""
    there = sorted(LEFT_OUT & sys.modules.keys())
    if there:
        raise LeftOutError(f"{', '.join(there)}: imported before it could be left out")
    sys.meta_path.insert(0, _Finder())
