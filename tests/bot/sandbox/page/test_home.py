import pytest

HOME = "/client/U0MAYA/D0MAYA/home"


@pytest.fixture
def publish(client):
    async def run(*blocks, user="U0MAYA"):
        return (await client.views_publish(user_id=user, view={"type": "home", "blocks": list(blocks)}))["view"]

    return run


async def test_the_app_has_two_tabs(browser, words):
    for path, here in (("/client/U0MAYA/D0MAYA", "Messages"), (HOME, "Home")):
        page = await browser.open(path)
        assert [words(tab) for tab in page.find_class("tab")] == ["Home", "Messages"]
        assert [words(tab) for tab in page.xpath("//nav[@class='tabs']/a[@aria-current]")] == [here]
        assert page.xpath("//@data-app-tab") == [here.lower()]
        assert [words(entry) for entry in page.xpath("//*[@id='places']//*[@aria-current='page']")] == ["Threadwork"]


async def test_a_channel_has_no_home(browser):
    assert not (await browser.open("/client/U0MAYA/C0REPORTS")).find_class("tab")
    assert (await browser.get("/client/U0MAYA/C0REPORTS/home")).status == 404
    assert (await browser.get("/client/U0JONAS/D0MAYA/home")).status == 404


async def test_an_app_without_a_home_has_an_empty_place(browser, words):
    home = (await browser.open(HOME)).get_element_by_id("home")
    assert "The app has published no home yet" in words(home)
    assert "Threadwork is not connected" in words(home)
    assert home.find_class("home-wait")
    assert home.get("data-view") is None


async def test_a_published_home_shows_its_blocks(browser, publish, kit, words):
    view = await publish(kit.section("*Recipes*"), kit.actions(kit.button(value="r1")))
    home = (await browser.open(HOME)).get_element_by_id("home")
    assert home.get("data-view") == view["id"]
    assert words(home) == "Recipes Go"
    [button] = home.find_class("element")
    assert (button.get("data-action"), button.xpath(".//button/@value")) == ("go", ["r1"])


async def test_a_published_home_comes_to_the_open_page_of_that_person_alone(browser, publish, kit, sandbox):
    await publish(kit.section("for Maya"))
    [patch] = await browser.next_patches("U0MAYA")
    assert (patch["op"], patch["id"]) == ("piece", "home")
    whole = await (await browser.get(HOME)).text()
    assert patch["html"].strip() in whole
    await publish(kit.section("for Jonas"), user="U0JONAS")
    assert sandbox.workspace.views.find_home("U0JONAS")
    assert "for Jonas" not in await (await browser.get(HOME)).text()


async def test_a_button_of_the_home_reaches_the_app_with_its_view(browser, publish, kit, app, connect, heard, maya):
    @app.action("go")
    async def on_press(ack, body):
        await ack()
        await heard.add(body)

    view = await publish(kit.actions(kit.button(value="r1")))
    async with connect(app):
        await maya.press("go", view_id=view["id"])
        [body] = await heard.until(1)
    assert (body["view"]["type"], body["container"]) == ("home", {"type": "view", "view_id": view["id"]})


async def test_the_other_person_is_shown_their_own_home(browser):
    page = await browser.open(HOME)
    assert page.xpath("//*[contains(@class, 'people')]//a/@href") == [
        "/client/U0MAYA/D0MAYA/home",
        "/client/U0JONAS/D0JONAS/home",
        "/client/U0PRIYA/D0PRIYA/home",
    ]


async def test_messages_that_come_while_the_home_is_open_are_unread(browser):
    assert (await browser.open(HOME)).body.get("data-channel") == ""
