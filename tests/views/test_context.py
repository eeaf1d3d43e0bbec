"""What an address may show."""

import pytest

from views.context import is_loopback


@pytest.mark.parametrize("address", ["127.0.0.1", "localhost", "::1", "127.0.1.1"])
def test_loopback_addresses_are_this_machine_alone(address: str) -> None:
    assert is_loopback(address)


@pytest.mark.parametrize("address", ["", "0.0.0.0", "192.168.1.20", "10.0.0.5", "::", "may-chu.local"])
def test_every_other_address_is_taken_for_shared(address: str) -> None:
    assert not is_loopback(address)
