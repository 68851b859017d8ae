"""Which kind of slide the extractive model makes of what sources say, and what stands on it."""

import re
from typing import Any

import pytest

from orchestration.models.extractive import ExtractiveModel
from orchestration.models.extractive.cues import is_open_issue
from orchestration.models.extractive.figures import find_kpi
from orchestration.models.extractive.units import differ_in_kind, find_unit
from tests.orchestration.models.bundles import list_calls, make_bundle, make_paper_bundle, make_text_bundle, run_to_end
from tests.orchestration.models.transcripts import HEAT_PUMPS, PORTAL, Transcript
from tests.orchestration.skills.samples import problems_of

SHOP = b"Month,Revenue (kEUR),Return rate (%)\n2026-01,412.5,6.1\n2026-02,398.2,6.4\n2026-03,455.0,5.9\n"
STORES = "\n".join(
    ["Store,City,Floor area (m2),Weekly sales (EUR)"]
    + [f"Store {n:03},{('Graz', 'Turin')[n % 2]},{80 + n * 7 % 811},{9000 + n * 7919 % 60000}" for n in range(300)]
).encode()


async def make_slides(**given: Any) -> list[dict[str, Any]]:
    history = await run_to_end(ExtractiveModel(), make_bundle(**given))
    content = list_calls(history, "Skill")[-1]["content"]
    assert problems_of(content) == []
    return content["slides"]


async def make_of(said: Transcript, slides: int) -> list[dict[str, Any]]:
    return await make_slides(topic=said.topic, messages=said.messages, files=said.files, slides=slides)


async def make_chart(**given: Any) -> dict[str, Any]:
    return next(slide for slide in await make_slides(**given) if slide["kind"] == "chart")


def find(slides: list[dict[str, Any]], kind: str, title: str = "") -> dict[str, Any]:
    return next(slide for slide in slides if slide["kind"] == kind and slide["title"].startswith(title))


def plain(texts: list[str]) -> list[str]:
    return [re.sub(r"\s*\[@[^\]]+\]", "", text) for text in texts]


async def test_dates_make_a_timeline_with_the_date_above_and_what_happens_below():
    timeline = find(await make_of(PORTAL, 12), "timeline")
    assert timeline["title"] == "3 December 2026 – 31 March 2027"
    milestones = timeline["milestones"]
    assert [(each["date"], plain([each["label"]])[0], each["status"]) for each in milestones] == [
        ("From 3 December 2026", "the identity provider runs in the test environment.", "next"),
        ("15 January 2027", "the first 500 customers move to the new login.", "planned"),
        ("5 March 2027", "returns go live", "planned"),
        ("31 March 2027", "the old portal is switched off.", "planned"),
    ]
    assert all("[@S" in each["label"] for each in milestones)


async def test_options_stand_beside_one_another_and_the_one_decided_for_is_marked():
    options = find(await make_of(PORTAL, 12), "comparison", "We decided to go with option A")["options"]
    assert [(each["heading"], each.get("tag"), each.get("recommended", False)) for each in options] == [
        ("Option A", "Decided", True), ("Option B", None, False),
    ]  # fmt: skip
    assert plain(options[0]["points"]) == [
        "build on the design system, 14 weeks, 3 developers.",
        "Option A keeps our accessibility work, which passed the audit in June.",
    ]


async def test_decisions_stand_beside_questions_and_risks():
    slides = await make_of(PORTAL, 12)
    sides = find(slides, "comparison", "What is decided, and what is open")["options"]
    assert [each["heading"] for each in sides] == ["Decided", "Open questions", "Risks"]
    assert len(sides[0]["points"]) == 2
    assert not any("recommend a go" in point for side in sides for point in side["points"])
    assert find(slides, "closing")["title"] == "Next steps"


async def test_numbered_steps_that_are_announced_make_a_process():
    process = find(await make_of(PORTAL, 14), "process")
    assert process["title"] == "The migration goes in this order"
    assert plain([each["label"] for each in process["stages"]]) == [
        "Export accounts from the old portal", "Match them with the CRM", "Send invitations in batches of 500",
        "Confirm the first login", "Close the old account",
    ]  # fmt: skip


async def test_a_numbered_list_that_is_no_course_makes_no_process():
    said = "What we like best:\n1. The quick search on top\n2. The dark colours at night\n3. The short help texts"
    slides = await make_slides(topic="Likes", messages=[("Maya", said), *PORTAL.messages], slides=14)
    assert [slide["title"] for slide in slides if slide["kind"] == "process"] == ["The migration goes in this order"]


async def test_the_first_voice_is_somebody_who_speaks_for_people():
    quote = find(await make_of(PORTAL, 14), "quote")
    assert quote["quote"].startswith("A customer told me last week")
    assert quote["attribution"] == "Priya Nair"


async def test_figures_keep_their_whole_and_what_they_came_from():
    kpis = {plain([each["label"]])[0]: each for each in find(await make_of(PORTAL, 12), "kpis")["kpis"]}
    assert kpis["Customer satisfaction with the portal"]["value"] == "3.1 of 5"
    churn = kpis["Churn among portal users"]
    assert (churn["value"], churn["delta"], churn["direction"]) == ("4.2%", "down from 5.6% a year ago", "down")


async def test_a_german_thread_has_german_words_around_it():
    slides = await make_of(HEAT_PUMPS, 8)
    assert (slides[1]["title"], slides[-1]["title"]) == ("Worum es geht", "Quellen")
    titles = [slide["title"] for slide in slides]
    assert "3. Dezember 2026 – 1. März 2027" in titles
    assert "Was entschieden ist und was offen ist" in titles
    assert {slide.get("section") for slide in slides[2:-1]} == {
        "Ergebnisse", "Entscheidungen", "Termine", "Nächste Schritte",
    }  # fmt: skip


async def test_a_german_thread_reads_its_tables_in_german():
    data = b"Jahr;Verbrauch (MWh);Anteil (%)\n2023;3.802,4;52,3\n2024;4.120,8;58,7\n"
    said = [*HEAT_PUMPS.messages[1:4], ("Katrin Möller", "Der Verbrauch der Anlagen ist noch nicht geprüft worden.")]
    slides = await make_slides(topic="Verbrauch im Werk", messages=said, files={"strom.csv": data}, slides=9)
    chart, table = find(slides, "chart"), find(slides, "table")
    assert chart["title"] == "Verbrauch (MWh): 3.802,4 (2023), 4.120,8 (2024)"
    assert table["rows"] == [["2023", "3.802,4", "52,3"], ["2024", "4.120,8", "58,7"]]
    assert table["title"] == "Strom nach Jahr"


async def test_a_single_finding_is_not_said_twice():
    slides = await make_slides(topic="Rent", messages=[("Paul", "The rent in Turin rises by 12% in spring.")], slides=3)
    assert (slides[1]["title"], len(slides[1]["bullets"])) == ("From #reports", 1)


async def test_two_units_over_time_make_columns_and_a_line_each_with_its_unit():
    slide = await make_chart(topic="Revenue and returns", files={"shop.csv": SHOP}, slides=5)
    chart = slide["chart"]
    assert chart["type"] == "combination"
    assert [series["name"] for series in chart["series"]] == ["Revenue (kEUR)", "Return rate (%)"]
    assert (chart["number_format"], chart["line_format"]) == ('#,##0.0" kEUR"', '#,##0.0"%"')
    assert slide["title"] == "Revenue (kEUR): 412.5 in 2026-01, 455 in 2026-03"


async def test_columns_of_one_unit_stay_on_one_axis():
    data = b"Year,North (EUR),South (EUR)\n2021,40,52\n2022,44,51\n2023,49,50\n"
    chart = (await make_chart(topic="Sales", files={"sales.csv": data}, slides=5))["chart"]
    assert (chart["type"], len(chart["series"])) == ("column", 2)


async def test_many_rows_of_two_measures_make_a_scatter_with_their_ends_among_the_points():
    slide = await make_chart(topic="Stores", files={"stores.csv": STORES}, slides=5)
    chart = slide["chart"]
    assert (chart["type"], len(chart["categories"]) <= 120) == ("scatter", True)
    assert slide["title"] == "Weekly sales (EUR) – Floor area (m2)"
    top = max(9000 + n * 7919 % 60000 for n in range(300))
    assert top in chart["series"][1]["values"]
    assert chart["categories"][chart["series"][1]["values"].index(top)] == chart["highlight"]
    assert "Evenly spaced rows are shown" in slide["takeaways"][-1]


async def test_rows_without_names_make_a_scatter_too():
    data = "\n".join(["temperature,load", *(f"{n / 4},{400 + n * n % 97}" for n in range(40))]).encode()
    chart = (await make_chart(topic="Load", files={"load.csv": data}, slides=4))["chart"]
    assert (chart["type"], chart["categories"][0], "highlight" in chart) == ("scatter", "0; 400", False)


async def test_rows_that_number_themselves_are_no_measure():
    data = "\n".join(["no,name,cost", *(f"{n},Part {n},{100 + n * 37 % 91}" for n in range(1, 40))]).encode()
    chart = (await make_chart(topic="Cost", files={"parts.csv": data}, slides=4))["chart"]
    assert chart["type"] == "bar"


async def test_shares_of_one_whole_are_stacked():
    data = b"Year,Wind,Coal,Gas\n2021,20,50,30\n2022,25,44,31\n2023,31,39,30\n"
    chart = (await make_chart(topic="Mix", files={"mix.csv": data}, slides=4))["chart"]
    assert chart["type"] == "stacked_column"


async def test_the_largest_rows_of_a_long_table_are_shown_with_all_columns():
    slides = await make_slides(topic="Stores", files={"stores.csv": STORES}, slides=5)
    table = find(slides, "table")
    assert [column["header"] for column in table["columns"]] == [
        "Store", "City", "Floor area (m2)", "Weekly sales (EUR)",
    ]  # fmt: skip


async def make_blocks(said: Transcript) -> dict[str, dict[str, Any]]:
    history = await run_to_end(ExtractiveModel(), make_paper_bundle(topic=said.topic, messages=said.messages))
    sections = list_calls(history, "Skill")[-1]["content"]["sections"]
    return {block["kind"]: block for section in sections for block in section["blocks"]}


async def test_a_document_sets_dates_decisions_steps_and_voices_apart():
    blocks = await make_blocks(PORTAL)
    assert [each["date"] for each in blocks["timeline"]["milestones"]] == [
        "From 3 December 2026", "15 January 2027", "5 March 2027", "31 March 2027",
    ]  # fmt: skip
    assert (blocks["two_column"]["left"]["heading"], blocks["two_column"]["right"]["heading"]) == (
        "Decided", "Next steps",
    )  # fmt: skip
    assert plain(blocks["numbered"]["numbered"])[1] == "Match them with the CRM"
    assert blocks["quote"]["attribution"] == "Priya Nair"


async def test_a_german_document_has_german_headings():
    history = await run_to_end(
        ExtractiveModel(), make_paper_bundle(topic=HEAT_PUMPS.topic, messages=HEAT_PUMPS.messages)
    )
    content = list_calls(history, "Skill")[-1]["content"]
    assert [section["heading"] for section in content["sections"]] == [
        "Das Wichtigste", "Risiken und offene Fragen", "Termine", "Entscheidungen und nächste Schritte",
    ]  # fmt: skip
    assert content["subtitle"] == "Auszug ohne Sprachmodell: die Sätze sind wörtlich aus den Quellen"


async def test_a_text_keeps_numbered_steps_together():
    history = await run_to_end(
        ExtractiveModel(), make_text_bundle(topic=PORTAL.topic, messages=PORTAL.messages, words=500)
    )
    body = list_calls(history, "emit_work_output")[-1]["body"]
    assert "## The migration goes in this order\n\n1. Export accounts from the old portal" in body


async def test_a_document_does_not_draw_again_what_a_combination_shows():
    history = await run_to_end(ExtractiveModel(), make_paper_bundle(topic="Returns", files={"shop.csv": SHOP}))
    sections = list_calls(history, "Skill")[-1]["content"]["sections"]
    drawn = [block["chart"]["type"] for section in sections for block in section["blocks"] if block["kind"] == "chart"]
    assert drawn == ["combination"]


@pytest.mark.parametrize(
    ("header", "unit"),
    [
        ("Revenue (kEUR)", "kEUR"), ("Return rate", "%"), ("energy in MWh", "MWh"), ("load kw", "kw"),
        ("Share price (EUR)", "EUR"), ("Sales (North)", None), ("Q1 2026", None), ("Late, % of orders", "%"),
    ],
)  # fmt: skip
def test_a_header_names_its_unit(header, unit):
    assert find_unit(header) == unit


def test_an_average_is_of_the_same_kind_as_what_it_averages():
    assert not differ_in_kind("Maximum", "Average")
    assert differ_in_kind("Orders", "Late, %")


def test_a_risk_that_is_gone_is_not_open():
    assert not is_open_issue("The pilot removed the largest risk")
    assert is_open_issue("The largest risk is the login")


def test_a_year_is_no_whole_of_a_figure():
    kpi = find_kpi("La marge était 5,2% de 2026")
    assert kpi is not None
    assert kpi.value == "5,2%"
