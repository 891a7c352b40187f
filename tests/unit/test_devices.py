"""What browsers say of themselves, told in plain words."""

import pytest

from bot.web.desk.devices import UNKNOWN, device_words

KIT = "AppleWebKit/537.36 (KHTML, like Gecko)"


@pytest.mark.parametrize(
    ("said", "words"),
    [
        (
            f"Mozilla/5.0 (Windows NT 10.0; Win64; x64) {KIT} Chrome/126.0.0.0 Safari/537.36",
            "Chrome på Windows-computer",
        ),
        (f"Mozilla/5.0 (Windows NT 10.0) {KIT} Chrome/126.0 Safari/537.36 Edg/126.0", "Edge på Windows-computer"),
        ("Mozilla/5.0 (Windows NT 10.0; rv:127.0) Gecko/20100101 Firefox/127.0", "Firefox på Windows-computer"),
        (
            "Mozilla/5.0 (Macintosh; Intel Mac OS X 14_5) AppleWebKit/605.1.15 Version/17.5 Safari/605.1.15",
            "Safari på Mac",
        ),
        (
            "Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) CriOS/126.0 Mobile/15E148 Safari/604.1",
            "Chrome på iPhone",
        ),
        ("Mozilla/5.0 (iPad; CPU OS 15_8 like Mac OS X) Version/15.6 Mobile/15E148 Safari/604.1", "Safari på iPad"),
        (
            f"Mozilla/5.0 (Linux; Android 14; SM-S911B) {KIT} SamsungBrowser/25.0 Chrome/121.0 Mobile Safari/537.36",
            "Samsung Internet på Android-telefon",
        ),
        (f"Mozilla/5.0 (Linux; Android 13; SM-X200) {KIT} Chrome/126.0 Safari/537.36", "Chrome på Android-tablet"),
        (f"Mozilla/5.0 (X11; CrOS x86_64 14541.0.0) {KIT} Chrome/126.0 Safari/537.36", "Chrome på Chromebook"),
        ("Mozilla/5.0 (X11; Linux x86_64; rv:127.0) Gecko/20100101 Firefox/127.0", "Firefox på Linux-computer"),
        ("Something/1.0 (Windows NT 10.0)", "Windows-computer"),
        ("curl/8.5.0", UNKNOWN),
        ("", UNKNOWN),
        ("<script>alert(1)</script> iPhone", "iPhone"),
    ],
)
def test_the_kind_of_device_and_the_browser_are_told(said: str, words: str) -> None:
    assert device_words(said) == words
