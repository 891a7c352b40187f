"""The sentence encoder as Hjemad runs it."""

import os

# Must stand before onnxruntime is loaded: from then on it tells its maker of the machine and the programs it runs in,
# and keeps a number for this device in the home directory.
os.environ["ORT_DISABLE_TELEMETRY"] = "1"
