"""Sends a notice to where the staff look, such as a channel in Teams, by the address that the settings name."""

from apprise import Apprise, AppriseAsset

from bot.conversation.post import PostError
from bot.settings import Settings, SettingsError

# Beside the mail it must fit into SENDING of `bot.casework.on_call`.
LONGEST_SECONDS = 10
ASSET = AppriseAsset(app_id="Hjemad", app_desc="", app_url="", async_mode=False)


class StaffChannel:
    """One address for all municipalities. Raises SettingsError for one of a service that apprise does not know."""

    def __init__(self, settings: Settings) -> None:
        self._sender = Apprise(asset=ASSET)
        url = settings.staff_url.get_secret_value()
        # Not the address: there are secrets in it.
        if url and not self._sender.add(url):
            raise SettingsError("HJEMAD_STAFF_URL: no address of a service that apprise knows")

    @property
    def is_set_up(self) -> bool:
        """Whether anything can be sent."""
        return bool(self._sender)

    def send(self, title: str, text: str) -> None:
        """Hands it to the service. Raises PostError."""
        if not self.is_set_up or not self._sender.notify(body=text, title=title, timeout=LONGEST_SECONDS):
            raise PostError("not taken: the address in HJEMAD_STAFF_URL")
