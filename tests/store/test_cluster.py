"""Where there is no PostgreSQL, a run says so, and fails only where it was asked for."""

import pytest

from tests import conftest


@pytest.mark.parametrize(
    ("wish", "has_server", "absent"),
    [
        (None, True, False),
        (None, False, True),
        ("no", True, True),
        ("yes", False, False),
    ],
)
def test_tests_on_the_server_are_left_out_only_without_one_or_on_request(
    monkeypatch: pytest.MonkeyPatch, wish: str | None, has_server: bool, absent: bool
) -> None:
    monkeypatch.delenv("DIABAN_TEST_POSTGRESQL", raising=False)
    if wish is not None:
        monkeypatch.setenv("DIABAN_TEST_POSTGRESQL", wish)
    monkeypatch.setattr(conftest, "find_binaries", lambda: "/bin" if has_server else None)
    reason = conftest.find_absent().get("postgresql", "")
    assert bool(reason) == absent
    if wish is None and absent:
        assert "postgresql-15-postgis-3" in reason
