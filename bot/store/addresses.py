"""Where a message goes, as it is kept."""

from bot.casework.reminders import Address, Channel
from bot.store.vault import Vault


def sealed(vault: Vault, address: Address) -> bytes:
    """For a column of bytes."""
    return vault.encrypt({"channel": address.channel, "to": address.to})


def opened(vault: Vault, kept: bytes) -> Address:
    """What `sealed` made. Raises VaultError."""
    found = vault.decrypt(kept)
    return Address(Channel(found["channel"]), found["to"])
