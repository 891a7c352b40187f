"""What the claims of the municipality's own sign-in mean here: a municipality and roles, or nothing."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from bot.casework.rights import Role
from bot.settings import Settings, SettingsError

GIVEN = {role.value: role for role in Role if role is not Role.BEFORE}


@dataclass(frozen=True)
class ClaimMap:
    """`roles` and `municipalities` are ours by what the claim says; with `only` everybody belongs to that one."""

    roles_claim: str
    roles: Mapping[str, Role]
    municipality_claim: str
    municipalities: Mapping[str, str]
    only: str

    def roles_of(self, claims: Mapping[str, Any]) -> frozenset[Role]:
        """Whatever is not known gives nothing."""
        return frozenset(self.roles[said] for said in _said(claims, self.roles_claim) if said in self.roles)

    def municipality_of(self, claims: Mapping[str, Any]) -> str | None:
        """None for a claim that is not known, and for one that says several."""
        if self.only:
            return self.only
        known = {self.municipalities.get(said) for said in _said(claims, self.municipality_claim)}
        return known.pop() if len(known) == 1 else None


def claim_map(settings: Settings) -> ClaimMap:
    """Raises SettingsError for roles that are none, and where it is not said which municipality somebody belongs to."""
    if unknown := set(settings.oidc_roles.values()) - set(GIVEN):
        raise SettingsError(f"HJEMAD_OIDC_ROLES: no role {min(unknown)!r}; known: {', '.join(GIVEN)}")
    if not settings.oidc_roles:
        raise SettingsError("HJEMAD_OIDC_ROLES is empty: nobody could come in")
    by_claim = bool(settings.oidc_municipality_claim and settings.oidc_municipalities)
    if by_claim == bool(settings.oidc_municipality):
        raise SettingsError(
            "Say by HJEMAD_OIDC_MUNICIPALITY to which municipality all belong, "
            "or by HJEMAD_OIDC_MUNICIPALITY_CLAIM and HJEMAD_OIDC_MUNICIPALITIES which claim tells it"
        )
    return ClaimMap(
        settings.oidc_roles_claim,
        {said: GIVEN[role] for said, role in settings.oidc_roles.items()},
        settings.oidc_municipality_claim,
        settings.oidc_municipalities,
        settings.oidc_municipality,
    )


def _said(claims: Mapping[str, Any], name: str) -> set[str]:
    """The words of a claim, one or a list; a name with dots leads into it, as in "realm_access.roles"."""
    found: Any = claims.get(name)
    if found is None:
        found = claims
        for part in name.split("."):
            found = found.get(part) if isinstance(found, Mapping) else None
    words = found if isinstance(found, list) else [found]
    return {word for word in words if isinstance(word, str)}
