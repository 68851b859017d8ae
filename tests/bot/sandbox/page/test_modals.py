import pytest

OPTIONS = [{"text": {"type": "plain_text", "text": f"Option {n}"}, "value": f"o{n}"} for n in (1, 2)]

TEXT = {"type": "plain_text_input"}
RICH = {"type": "rich_text", "elements": [{"type": "rich_text_section", "elements": [{"type": "text", "text": "one"}]}]}


def field(element, **more):
    label = {"type": "plain_text", "text": "Question"}
    return {"type": "input", "block_id": "b", "label": label, "element": {"action_id": "value", **element}, **more}


@pytest.mark.parametrize(
    ("element", "drawn_as"),
    [
        ({"type": "plain_text_input", "initial_value": "a <b>"}, ".//input[@type='text'][@value='a <b>']"),
        ({"type": "plain_text_input", "multiline": True, "initial_value": "long"}, ".//textarea[text()='long']"),
        ({"type": "number_input", "is_decimal_allowed": False}, ".//input[@inputmode='numeric']"),
        ({"type": "email_text_input"}, ".//input[@type='email']"),
        ({"type": "url_text_input"}, ".//input[@type='url']"),
        ({"type": "static_select", "options": OPTIONS}, ".//select[count(option)=3]"),
        ({"type": "users_select"}, ".//select/option[@value='U0JONAS']"),
        ({"type": "channels_select"}, ".//select/option[@value='C0REPORTS']"),
        ({"type": "conversations_select"}, ".//select/option[@value='D0MAYA']"),
        (
            {"type": "multi_static_select", "options": OPTIONS, "initial_options": OPTIONS[:1]},
            ".//input[@type='checkbox'][@value='o1'][@checked]",
        ),
        ({"type": "multi_users_select"}, ".//input[@type='checkbox'][@value='U0PRIYA']"),
        ({"type": "datepicker", "initial_date": "2026-11-23"}, ".//input[@type='date'][@value='2026-11-23']"),
        ({"type": "timepicker", "initial_time": "09:30"}, ".//input[@type='time'][@value='09:30']"),
        ({"type": "datetimepicker"}, ".//input[@type='datetime-local']"),
        ({"type": "checkboxes", "options": OPTIONS}, ".//input[@type='checkbox'][@value='o2']"),
        ({"type": "radio_buttons", "options": OPTIONS}, ".//input[@type='radio'][@value='o2']"),
        ({"type": "external_select", "min_query_length": 0}, ".//*[@data-suggest='one'][@data-least='0']/input"),
        (
            {"type": "multi_external_select", "initial_options": OPTIONS},
            ".//*[@data-suggest='many']/ul[contains(li[2]/@data-option, 'Option 2')]",
        ),
        ({"type": "rich_text_input", "initial_value": RICH}, ".//textarea[text()='one']"),
        (
            {"type": "conversations_select", "filter": {"include": ["public"]}},
            ".//select[not(option[@value='D0MAYA'])]/option[@value='C0REPORTS']",
        ),
        ({"type": "multi_channels_select"}, ".//input[@type='checkbox'][@value='C0GENERAL']"),
        ({"type": "multi_conversations_select"}, ".//input[@type='checkbox'][@value='D0MAYA']"),
        ({"type": "file_input", "filetypes": ["csv"]}, ".//input[@type='file'][@accept='.csv']"),
    ],
)
async def test_every_kind_of_input_is_drawn(form, kit, element, drawn_as):
    dialog = await form(kit.modal(field(element)))
    assert dialog.xpath(drawn_as)
    assert dialog.xpath(".//*[@data-kind=$kind]", kind=element["type"])


async def test_a_form_has_a_title_and_its_two_ways_out(form, kit, words):
    dialog = await form(kit.modal(kit.text_input(), close={"type": "plain_text", "text": "Not now"}))
    assert words(dialog.xpath(".//h2")[0]) == "Report"
    assert [words(button) for button in dialog.xpath(".//footer/button")] == ["Not now", "Report"]


async def test_labels_and_hints_belong_to_their_field(form, kit):
    hint = {"type": "plain_text", "text": "One sentence"}
    dialog = await form(kit.modal({**kit.text_input(), "block_id": "param:a topic", "hint": hint, "optional": True}))
    [inner] = dialog.xpath(".//input")
    assert dialog.xpath(".//label/@for") == [inner.get("id")]
    assert inner.get("aria-describedby") in dialog.xpath(".//@id")
    assert " " not in inner.get("id")


async def test_an_error_stands_at_its_field(browser, form, maya, kit, words):
    dialog = await form(kit.modal(kit.text_input(), kit.text_input("second")))
    await maya.fill(dialog.get("id"), {"second": {"value": "said"}})
    [patch] = await browser.next_patches("U0MAYA")
    shown = patch["html"]
    assert shown.count("field-error") == 1
    assert "Please complete this required field." in shown
    assert 'aria-invalid="true"' in shown
    assert 'value="said"' in shown


async def test_pushed_forms_lie_above_the_first(browser, form, client, sandbox, kit):
    first = await form(kit.modal(kit.text_input()))
    trigger_id = sandbox.workspace.triggers.give("U0MAYA", first.get("id"))
    await client.views_push(trigger_id=trigger_id, view=kit.modal(kit.text_input()))
    page = await browser.open("/client/U0MAYA/C0REPORTS")
    dialogs = page.xpath("//dialog[@data-view]")
    assert len(dialogs) == 2
    assert dialogs[0].get("id") == first.get("id")
    assert dialogs[1].xpath(".//*[@aria-label='Back']")


async def test_an_input_says_when_it_tells_the_app(form, kit):
    inputs = [
        {**field({"type": "static_select", "options": OPTIONS}), "block_id": "quiet"},
        {**field({"type": "static_select", "options": OPTIONS}, dispatch_action=True), "block_id": "loud"},
        {**field({"type": "plain_text_input"}, dispatch_action=True), "block_id": "enter"},
    ]
    dialog = await form(kit.modal(*inputs))
    assert dialog.xpath(".//@data-dispatch") == ["keep", "change", "enter"]


async def test_what_the_app_suggests_can_be_chosen_and_stays(form, browser, maya, kit, app, connect, heard):
    @app.options("value")
    async def suggest(ack):
        await ack(options=OPTIONS)

    @app.view("form")
    async def on_form(ack, body):
        await ack()
        await heard.add(body)

    async with connect(app):
        dialog = await form(kit.modal(field({"type": "external_select", "min_query_length": 0})))
        offered = await maya.suggestions("value", "Opt", view_id=dialog.get("id"))
        await maya.press("value", view_id=dialog.get("id"), value=offered[1])
        page = await browser.open("/client/U0MAYA/C0REPORTS")
        assert '"o2"' in page.xpath("//*[@class='chosen']/li/@data-option")[0]
        await maya.fill(dialog.get("id"), {})
        [body] = await heard.until(1)
    assert body["view"]["state"]["values"]["b"]["value"]["selected_option"]["value"] == "o2"


async def test_lines_in_a_rich_text_field_become_a_rich_text(form, maya, kit, app, connect, heard):
    @app.view("form")
    async def on_form(ack, body):
        await ack()
        await heard.add(body)

    async with connect(app):
        dialog = await form(kit.modal(field({"type": "rich_text_input"})))
        await maya.fill(dialog.get("id"), {"b": {"value": "one"}})
        [body] = await heard.until(1)
    assert body["view"]["state"]["values"]["b"]["value"] == {"type": "rich_text_input", "rich_text_value": RICH}


async def test_an_input_inside_a_container_can_be_refused(form, maya, kit, app, connect):
    @app.view("form")
    async def on_form(ack):
        await ack(response_action="errors", errors={"b": "Not this one."})

    box = {"type": "container", "title": {"type": "plain_text", "text": "More"}, "child_blocks": [field(TEXT)]}
    async with connect(app):
        dialog = await form(kit.modal(box))
        answer = await maya.fill(dialog.get("id"), {"b": {"value": "x"}})
    assert answer["errors"] == {"b": "Not this one."}
