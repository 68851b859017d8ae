import pytest
from aiohttp import ClientSession, CookieJar

CONTROL = "/control/state?user=Maya"


async def test_the_printed_address_becomes_a_cookie_and_leaves_the_address_bar(sandbox):
    async with ClientSession(cookie_jar=CookieJar(unsafe=True)) as session:
        response = await session.get(sandbox.page_url)
        [entry] = response.history
        assert entry.status == 303
        assert response.status == 200
        assert response.url.path == "/client/U0MAYA/C0GENERAL"
        assert not response.url.query
        cookie = entry.cookies[f"sandbox_key_{response.url.port}"]
        assert (cookie["httponly"], cookie["samesite"]) == (True, "Strict")


@pytest.mark.parametrize("path", ["/", "/?token=wrong", "/client/U0MAYA/C0GENERAL", "/page/changes?user=U0MAYA"])
async def test_without_the_key_the_page_says_where_it_is(sandbox, path):
    async with ClientSession() as session:
        response = await session.get(sandbox.api_url.removesuffix("/api/") + path)
        assert response.status == 403
        assert "Open the address that was printed" in await response.text()


async def test_every_page_forbids_foreign_and_inline_code(browser):
    response = await browser.get("/client/U0MAYA/C0GENERAL")
    policy = response.headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "script-src 'self';" in policy
    assert "unsafe" not in policy
    assert "frame-ancestors 'none'" in policy
    assert response.headers["X-Content-Type-Options"] == "nosniff"


async def test_the_cookie_opens_the_control_api_for_the_page_itself(browser):
    assert (await browser.get(CONTROL)).status == 200
    body = {"user": "Maya", "channel": "general", "text": "hello"}
    response = await browser.session.post(
        f"{browser.origin}/control/messages", json=body, headers={"Origin": browser.origin}
    )
    assert response.status == 200


@pytest.mark.parametrize("headers", [{}, {"Sec-Fetch-Site": "same-site"}, {"Sec-Fetch-Site": "cross-site"}])
async def test_another_page_cannot_use_the_cookie_to_write(browser, headers):
    body = {"user": "Maya", "channel": "general", "text": "hello"}
    response = await browser.session.post(f"{browser.origin}/control/messages", json=body, headers=headers)
    assert response.status == 403


async def test_a_page_of_another_port_cannot_use_the_cookie(browser):
    assert (await browser.get(CONTROL, headers={"Origin": "http://127.0.0.1:1"})).status == 403
    assert (await browser.get(CONTROL, headers={"Sec-Fetch-Site": "same-site"})).status == 403


async def test_a_link_from_elsewhere_may_open_the_page(browser):
    headers = {"Sec-Fetch-Site": "same-site", "Sec-Fetch-Mode": "navigate", "Sec-Fetch-Dest": "document"}
    assert (await browser.get("/client/U0MAYA/C0GENERAL", headers=headers)).status == 200


async def test_a_wrong_token_is_not_saved_by_a_good_cookie(browser):
    assert (await browser.get(f"{CONTROL}&token=wrong")).status == 403


@pytest.mark.parametrize(
    "path",
    ["/client/U0NOBODY", "/client/U0THREADWORK", "/client/U0JONAS/C0BOARD", "/client/U0MAYA/C0GENERAL/1.5"],
)
async def test_what_a_person_cannot_see_is_not_there(browser, path):
    assert (await browser.get(path)).status == 404
