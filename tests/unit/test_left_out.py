"""What Rasa imports and nothing of ours uses is left out of the process that serves."""

import subprocess
import sys

import pytest

from bot.settings import ROOT

LEAVE_OUT = "import bot.dialogue.left_out as left; left.leave_out(); import sys\n"


def run(code: str) -> subprocess.CompletedProcess[str]:
    """In an interpreter of its own: what is imported once stays."""
    command = [sys.executable, "-W", "ignore", "-c", code]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)


def test_the_server_of_the_dialogue_is_imported_without_a_file_of_what_is_left_out() -> None:
    done = run(
        f"{LEAVE_OUT}import bot.dialogue.launch\n"
        "files = (getattr(module, '__file__', None) or '' for module in list(sys.modules.values()))\n"
        "print([file for file in files if any(f'site-packages/{name}/' in file for name in left.LEFT_OUT)])"
    )
    assert done.stdout.strip() == "[]", done.stderr


@pytest.mark.parametrize(
    "used", ["tensorflow.constant(1)", "tensorflow.keras.Model()", "tensorflow.io.gfile.glob('x')"]
)
def test_to_use_it_is_an_error_that_names_it(used: str) -> None:
    done = run(f"{LEAVE_OUT}import tensorflow\n{used}")
    assert f"LeftOutError: {used.partition('(')[0]} is left out" in done.stderr


def test_it_can_be_inherited_from_and_named_in_a_type() -> None:
    done = run(
        f"{LEAVE_OUT}import tensorflow as tf\n"
        "from tensorflow.python.keras.engine import base_layer\n"
        "class Own(tf.keras.layers.Layer): kept: list[tf.Tensor | None]\n"
        "print(Own.__mro__[1].__module__, base_layer.Layer.__name__)"
    )
    assert done.stdout.split() == ["tensorflow.keras.layers", "Layer"], done.stderr


def test_what_is_imported_already_cannot_be_left_out() -> None:
    done = run("import redis\nimport bot.dialogue.left_out as left\nleft.leave_out()")
    assert "LeftOutError: redis: imported before it could be left out" in done.stderr
