"""An installation with a sign-in that cannot work does not start, and says which setting is wrong."""

from pathlib import Path
from typing import Any

import pytest

from bot.settings import SettingsError, load_settings
from bot.web.desk.oidc.provider import provider_from
from tests.support.provider import settings_for

ISSUER = "https://login.horsens.example"


def test_without_an_issuer_there_is_none(tmp_path: Path) -> None:
    assert provider_from(settings_for("", tmp_path)) is None
    assert provider_from(settings_for(ISSUER, tmp_path))


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ({"oidc_issuer": "", "local_sign_in": False}, "nobody could sign in"),
        ({"oidc_issuer": "http://login.horsens.example"}, "no https address"),
        ({"oidc_issuer": "login.horsens.example"}, "no https address"),
        ({"oidc_client_id": ""}, "HJEMAD_OIDC_CLIENT_ID"),
        ({"oidc_client_secret": ""}, "HJEMAD_OIDC_CLIENT_SECRET"),
        ({"oidc_roles": {}}, "HJEMAD_OIDC_ROLES is empty"),
        ({"oidc_roles": {"x": "director"}}, "no role 'director'"),
        ({"oidc_roles": {"x": "before"}}, "no role 'before'"),
        ({"oidc_municipality": ""}, "HJEMAD_OIDC_MUNICIPALITY "),
        ({"oidc_municipality": "", "oidc_municipality_claim": "cvr"}, "HJEMAD_OIDC_MUNICIPALITIES"),
        ({"oidc_municipality_claim": "cvr", "oidc_municipalities": {"1": "eksempel"}}, "HJEMAD_OIDC_MUNICIPALITY "),
    ],
)
def test_what_cannot_work_is_refused_by_name(tmp_path: Path, wrong: dict[str, Any], told: str) -> None:
    with pytest.raises(SettingsError, match=told):
        provider_from(settings_for(ISSUER, tmp_path, **wrong))


def test_several_that_are_no_json_are_told_by_name(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HJEMAD_OIDC_ROLES", "Sagsbehandler=caseworker")
    load_settings.cache_clear()
    with pytest.raises(SettingsError, match=r"oidc_roles.*JSON"):
        load_settings()
    load_settings.cache_clear()
