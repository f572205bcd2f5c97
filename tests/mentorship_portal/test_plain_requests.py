"""What no browser sends is refused before a database or a parser stumbles over it (SEC 08)."""

import pytest


@pytest.mark.parametrize("address", ["/a/%00/", "/c/a%00b/", "/login/?next=%00", "/people/?q=%00"])
def test_sec08_nul_in_an_address_is_a_bad_request(curator, address):
    assert curator.get(address).status_code == 400


@pytest.mark.parametrize("charset", ["utf-7", "utf-16", "koi8-r"])
def test_sec08_a_form_in_another_charset_is_a_bad_request(client, db, charset):
    kind = f"application/x-www-form-urlencoded; charset={charset}"

    assert client.post("/login/", "username=a", content_type=kind).status_code == 400


def test_a_form_in_utf_8_is_read(client, db):
    kind = "application/x-www-form-urlencoded; charset=UTF-8"

    assert (
        client.post("/login/", "username=a", content_type=kind).status_code == 302
    )  # to the first visit
