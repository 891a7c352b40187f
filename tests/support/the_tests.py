"""Whose rows a test looks at where it is about something else than whose they are."""

from bot.store.whose import Across

THE_TESTS = Across("a test looks at whatever was kept")
