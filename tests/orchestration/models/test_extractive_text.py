"""What the extractive model writes of real threads: quoted, cited, near the length that was asked for."""

import re

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from msgspec import structs

from orchestration.agents.tools import read_tool_input
from orchestration.models.extractive import ExtractiveModel
from orchestration.models.extractive.statements import show_text
from orchestration.models.extractive.text.markdown import count_read, escape
from orchestration.models.extractive.wording import wording_for
from orchestration.skills.text import TextSource, list_urls, write_text
from recipes.bundle import freeze
from recipes.ids import BundleId
from tests.orchestration.models.bundles import FIRST_TS, list_calls, make_text_bundle, run_to_end
from tests.orchestration.models.test_extractive_content import list_numbers, list_source_numbers, sentences, tables
from tests.orchestration.models.transcripts import BUDGET, ENERGY, INCIDENT, LANGUAGES, RESEARCH, SALES, TRANSCRIPTS

NAMES = list(TRANSCRIPTS)
WORDINGS = [wording_for(language) for language in ("en", "de", "fr", "es")]
FIRST_LINES = tuple(f"*{words.disclosure}.*" for words in WORDINGS)
SILENCE = wording_for("en").silence
MARK = re.compile(r"\[@(S\d+\.\d+)\]")
OWN_LINES = (
    *FIRST_LINES,
    *(words.silence for words in WORDINGS),
    *(f"*{line.partition('{')[0]}" for words in WORDINGS for line in (words.short, words.older)),
)
READER = MarkdownIt("commonmark").enable("table")
POINTS = ("Costs", "Decisions", "Risks", "Who does what by when", "Colonies on Mars")

AREAS = {
    "warehouse": ["picking", "labels", "pallets", "scanners", "shelves", "forklifts", "night shifts"],
    "delivery": ["couriers", "routes", "lockers", "returns", "damage", "pickup points", "express parcels"],
    "website": ["search", "filters", "checkout pages", "photos", "reviews", "loading", "basket pages"],
    "support": ["calls", "chats", "refunds", "complaints", "templates", "translations", "opening hours"],
}
LONG = [
    (
        ["Ana", "Ben", "Chloé"][place % 3],
        (
            f"In the {area}, {part} {verb} {12 + 7 * place} {unit} of our spending because of {reason}. "
            f"The {part} team measured {3 + place}% fewer {fault} there after the autumn {change}."
        ),
    )
    for place, (area, part) in enumerate((area, part) for area, parts in AREAS.items() for part in parts)
    for verb, unit, reason in [
        (["caused", "saved", "took", "freed"][place % 4], ["hours", "euros"][place % 2], f"old {part} software")
    ]
    for fault, change in [
        (["errors", "delays", "questions"][place % 3], ["update", "training", "move", "audit"][place % 4])
    ]
]


def bundle_of(name, **answers):
    transcript = TRANSCRIPTS[name]
    return make_text_bundle(
        topic=transcript.topic, messages=transcript.messages, files=transcript.files, **answers
    )  # fmt: skip


async def write(bundle):
    history = await run_to_end(ExtractiveModel(), bundle)
    return list_calls(history, "emit_work_output")[-1]


def list_headings(body):
    return [line.removeprefix("## ") for line in body.split("\n") if line.startswith("## ")]


def find_section(body, heading):
    return body.split(f"## {heading}\n\n")[1].split("\n\n## ")[0].split("\n\n*")[0]


def list_lines(body):
    """Give each line that says something of the sources, a table's rows with the line below them that cites it."""
    paragraphs = body.split("\n\n")
    for place, paragraph in enumerate(paragraphs):
        if paragraph.startswith("|"):
            yield f"{paragraph} {paragraphs[place + 1]}"
        elif not paragraph.startswith(("## ", *OWN_LINES)):
            yield from paragraph.split("\n")


def plain(line):
    return re.sub(r"\\(.)", r"\1", MARK.sub("", line).replace("&lt;", "<").replace("\u2060", ""))


def check_numbers(bundle, body):
    for line in list_lines(body):
        cited = set(MARK.findall(line))
        authors = " ".join(source.author or "" for source in bundle.sources)
        assert list_numbers(plain(line)) <= list_source_numbers(bundle, cited) | list_numbers(authors), line


def write_out(bundle, body):
    """Write the body as the host does, each source with an address of its own."""
    sources = [
        TextSource(id=source.id, title=source.locator, url=f"https://chat.example/{source.id}")
        for source in bundle.sources
    ]
    texts = (passage.text for passage in bundle.list_passages() if passage.text is not None)
    return write_text(body, sources=sources, known_urls=list_urls(texts)).text


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("answers", [{}, {"words": 100}, {"words": 600, "names": False}, {"points": POINTS}])
async def test_each_line_carries_its_marks_and_its_words_stand_in_those_passages(name, answers):
    bundle = bundle_of(name, **answers)
    body = (await write(bundle))["body"]
    passages = {passage.id: passage for passage in bundle.list_passages()}
    speakers = re.compile("|".join(rf"^{re.escape(source.author)}: " for source in bundle.sources if source.author))
    assert body.startswith(tuple(f"{line}\n\n" for line in FIRST_LINES))
    check_numbers(bundle, body)
    for line in list_lines(body):
        assert MARK.search(line), line
        for words, mark in re.findall(r"(.+?) \[@(S\d+\.\d+)\]", line.removeprefix("- ")):
            if text := passages[mark].text:
                assert speakers.sub("", plain(words).strip()) in show_text(text)


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("answers", [{}, {"points": POINTS}])
async def test_every_quotation_stands_word_for_word_in_its_passage(name, answers):
    bundle = bundle_of(name, **answers)
    output = await write(bundle)
    passages = {passage.id: passage for passage in bundle.list_passages()}
    assert output["claims"]
    read_tool_input("emit_work_output", output)
    for claim in output["claims"]:
        (passage_id,) = claim["passages"]
        assert f"[@{passage_id}]" in output["body"]
        if claim["kind"] == "quote":
            assert claim["text"] in (passages[passage_id].text or "")
            assert f"{escape(show_text(claim['text']))} [@{passage_id}]" in output["body"]
        else:
            assert list_numbers(claim["text"]) <= list_source_numbers(bundle, {passage_id})
            assert claim["text"] in output["body"]


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("answers", [{}, {"points": POINTS}, {"words": 2000}])
async def test_the_host_takes_the_text_and_numbers_its_sources(name, answers):
    bundle = bundle_of(name, **answers)
    output = await write(bundle)
    text = write_out(bundle, output["body"])
    assert "@S" not in text
    tokens = READER.parse(text)
    headings = [tokens[place + 1].content for place, token in enumerate(tokens) if token.type == "heading_open"]
    assert headings == [*list_headings(output["body"]), "Sources"]
    children = [child for token in tokens for child in token.children or []]
    cited = {f"https://chat.example/{mark.partition('.')[0]}" for mark in MARK.findall(output["body"])}
    assert {child.attrs["href"] for child in children if child.type == "link_open"} == cited
    assert {child.type for child in children} <= {
        "text",
        "text_special",
        "em_open",
        "em_close",
        "link_open",
        "link_close",
    }


@pytest.mark.parametrize("name", NAMES)
async def test_no_chatter_is_quoted(name):
    for answers in ({"words": 100}, {"words": 1000}, {"points": POINTS}):
        output = await write(bundle_of(name, **answers))
        said = " ".join([plain(output["body"]), *(claim["text"] for claim in output["claims"])]).casefold()
        assert [words for words in TRANSCRIPTS[name].chatter if words.casefold() in said] == []


@pytest.mark.parametrize("name", NAMES)
async def test_headline_figures_are_kept(name):
    output = await write(bundle_of(name, words=400))
    assert [figure for figure in TRANSCRIPTS[name].figures if figure not in plain(output["body"])] == []


async def test_the_opening_holds_the_best_finding_and_no_task():
    body = (await write(bundle_of("incident")))["body"]
    opening = body.split("\n\n")[1]
    assert opening.startswith(
        "Maya Lindqvist: Checkout was down for 47 minutes on 16 November. [@S2.1] 1,204 orders failed"
    )
    assert "I will add" not in opening
    assert "Root cause" in opening


async def test_decisions_owners_and_dates_are_a_list_decisions_first():
    body = (await write(bundle_of("incident")))["body"]
    assert find_section(body, "Decisions and next steps").split("\n") == [
        (
            "- Priya Nair: We decided to freeze driver upgrades until the load test runs at 50% of production traffic. "
            "[@S11.1]"
        ),
        "- Jonas Weber: I will add a connection pool alert by 24 November. [@S12.1]",
        "- Priya Nair: Tom will write the customer apology by Friday. [@S13.1]",
    ]
    assert [line[15:24] for line in find_section(body, "Dates").split("\n")] == [
        "14:05 UTC", "14:11 UTC", "14:32 UTC", "14:52 UTC",
    ]  # fmt: skip
    assert "Open question: do we owe credits" in find_section(body, "Risks and open questions")


async def test_a_table_of_the_file_is_shown_in_few_rows_with_its_mark():
    body = (await write(bundle_of("energy")))["body"]
    figures = find_section(body, "Figures")
    reading, table, caption = figures.split("\n\n")
    assert reading == "Renewables: net generation 1,437 in 2001, 21,933 in 2017. [@S8.1]"
    assert table.split("\n")[:3] == [
        "| year | Fossil Fuels | Nuclear Energy | Renewables |",
        "| --- | ---: | ---: | ---: |",
        "| 2001 | 35,361 | 3,853 | 1,437 |",
    ]
    assert len(table.split("\n")) == 2 + 8
    assert table.endswith("| 2017 | 29,329 | 5,214 | 21,933 |")
    assert caption.endswith("the file holds the others. Copied from iowa-electricity. [@S8.1]")


async def test_a_short_text_reads_the_table_in_one_line():
    output = await write(bundle_of("energy", words=100))
    assert "Renewables: net generation 1,437 in 2001, 21,933 in 2017. [@S8.1]" in output["body"]
    assert "| ---" not in output["body"]
    assert [claim["text"] for claim in output["claims"] if claim["kind"] == "figure"] == ["1,437", "21,933"]


async def test_a_wide_table_is_cut_to_six_columns_and_eight_rows_and_says_so():
    header = ",".join(["city", *(f"item {n}" for n in range(9))])
    rows = "\n".join(",".join([f"Town {n}", *(str(n * 10 + each) for each in range(9))]) for n in range(30))
    output = await write(make_text_bundle(topic="Towns", files={"towns.csv": f"{header}\n{rows}".encode()}, words=800))
    tables_shown = [part.split("\n") for part in output["body"].split("\n\n") if part.startswith("|")]
    assert tables_shown
    for table in tables_shown:
        assert len(table) <= 2 + 8
        assert all(line.count("|") <= 7 for line in table)
    assert "the file holds the others" in output["body"]
    assert "Some columns are left out" in output["body"]


async def test_each_point_has_its_section_in_the_order_asked_for_and_silence_is_said():
    points = ("What the fairs brought", "the content plan", "Staff in Asia", "Risks")
    body = (await write(bundle_of("budget", points=points)))["body"]
    assert list_headings(body)[:4] == ["What the fairs brought", "The content plan", "Staff in Asia", "Risks"]
    assert "the three fairs brought only 41 qualified leads" in find_section(body, "What the fairs brought")
    assert "Chloé will prepare the content plan" in find_section(body, "The content plan")
    assert find_section(body, "Staff in Asia") == SILENCE
    assert "The risk is brand search" in find_section(body, "Risks")
    assert body.count(SILENCE) == 1


@pytest.mark.parametrize(
    ("transcript", "point", "found"),
    [
        (INCIDENT, "Why did it happen", "Root cause: the new connection pool"),
        (INCIDENT, "Next steps", "- Tom will write the customer apology by Friday."),
        (INCIDENT, "Decisions", "- We decided to freeze driver upgrades"),
        (INCIDENT, "Timeline", "- 14:05 UTC error rate on payments rose"),
        (INCIDENT, "customer apologies", "Tom will write the customer apology"),
        (BUDGET, "Costs", "Cost per qualified lead was €310"),
        (RESEARCH, "the sample project", "The sample project was the most liked part"),
        (RESEARCH, "What Omar thinks of the wizard", "I am not sure the wizard helps"),
        (LANGUAGES, "Schulungen", "Ursache war die Schulung"),
        (LANGUAGES, "riesgos", "El riesgo es la temporada alta"),
        (LANGUAGES, "Lager", "Die Umstellung der Lagersoftware"),
    ],
)
async def test_a_point_finds_what_speaks_of_it(transcript, point, found):
    bundle = make_text_bundle(
        topic="Report", messages=transcript.messages, files=transcript.files, points=(point,), names=False
    )
    body = (await write(bundle))["body"]
    assert found in find_section(body, point[:1].upper() + point[1:])


async def test_a_point_that_names_a_table_gets_it():
    body = (await write(bundle_of("energy", points=("Nuclear energy by year", "Risks"))))["body"]
    assert "| 2017 | 29,329 | 5,214 | 21,933 |" in find_section(body, "Nuclear energy by year")
    assert "Figures" not in list_headings(body)


async def test_a_point_that_was_asked_twice_or_holds_nothing_comes_once_or_not_at_all():
    body = (await write(bundle_of("incident", points=("Costs", " Costs ", "  "))))["body"]
    assert list_headings(body).count("Costs") == 1
    assert "" not in list_headings(body)


async def test_no_sentence_is_quoted_twice():
    for name in NAMES:
        output = await write(bundle_of(name, points=(*POINTS, "Summary", "Numbers"), words=1000))
        quoted = [claim for claim in output["claims"] if claim["kind"] == "quote"]
        for claim in quoted:
            shown = f"{escape(show_text(claim['text']))} [@{claim['passages'][0]}]"
            assert output["body"].count(shown) == 1, shown


async def test_names_are_given_only_where_they_are_wanted():
    named = (await write(bundle_of("incident", names=True)))["body"]
    plainly = (await write(bundle_of("incident", names=False)))["body"]
    assert "Maya Lindqvist: " in named
    for author in {source.author for source in bundle_of("incident").sources}:
        assert f"{author}:" not in plainly
    assert "Tom will write the customer apology by Friday." in plainly


async def test_who_shared_a_file_is_not_said_to_have_written_it():
    body = (await write(make_text_bundle(topic="Onboarding", files=RESEARCH.files, names=True)))["body"]
    assert "Maya" not in body


async def test_messages_from_before_the_day_are_not_quoted_and_the_text_says_so():
    bundle = bundle_of("budget", since="2026-11-18")
    late = [source for source in bundle.sources if source.id in {"S10", "S11", "S12"}]
    moved = [structs.replace(source, ts=f"{FIRST_TS + 86_400}.0001") for source in late]
    bundle = bundle.model_copy(
        update={"sources": tuple(next((m for m in moved if m.id == each.id), each) for each in bundle.sources)}
    )
    output = await write(bundle)
    assert {mark.partition(".")[0] for mark in MARK.findall(output["body"])} == {"S10", "S11", "S12"}
    assert output["body"].count("*Messages from before 2026-11-18 are not quoted.*") == 1


async def test_a_day_that_leaves_nothing_out_is_not_mentioned():
    assert "Messages from before" not in (await write(bundle_of("budget", since="2026-11-17")))["body"]


async def test_files_are_quoted_whenever_they_were_shared():
    body = (await write(bundle_of("research", since="2027-01-01")))["body"]
    assert "The sample project was the most liked part" in body
    assert "[@S3.1]" not in body


async def test_a_long_file_is_told_under_its_own_headings():
    notes = "".join(
        f"# {part.capitalize()}\n\n{text}\n\n" for part, (_, text) in zip(AREAS["warehouse"], LONG, strict=False)
    )
    body = (await write(make_text_bundle(topic="Spending", files={"notes.md": notes.encode()}, words=500)))["body"]
    assert "Pallets (notes.md)" in list_headings(body)
    assert "pallets" in find_section(body, "Pallets (notes.md)")


async def test_a_long_thread_is_divided_by_its_own_words():
    body = (await write(make_text_bundle(topic="What autumn brought", messages=LONG, words=700)))["body"]
    headings = list_headings(body)
    assert len(headings) >= 3
    said = " ".join(text for _, text in LONG).casefold()
    assert all(heading.casefold() in said for heading in headings if heading not in {"Findings", "Further findings"})


@pytest.mark.parametrize("words", [100, 200, 300, 450, 600, 800])
@pytest.mark.parametrize("answers", [{}, {"points": ("Couriers", "Forklifts", "Mars")}, {"names": False}])
async def test_the_length_is_near_what_was_asked_for_where_the_material_allows(words, answers):
    files = ENERGY.files | SALES.files
    body = (await write(make_text_bundle(topic="Spending", messages=LONG, files=files, words=words, **answers)))["body"]
    assert words * 0.75 <= count_read(body) <= words * 1.25
    assert "You asked for" not in body


async def test_a_text_that_stays_short_says_so_in_one_line():
    body = (await write(bundle_of("sales", words=1000)))["body"]
    assert body.endswith(
        "\n\n*You asked for about 1000 words. The sources hold no more findings that fit; "
        "nothing was invented to fill the rest.*"
    )
    assert "You asked for" not in (await write(bundle_of("incident", words=150)))["body"]


async def test_the_same_bundle_gives_the_same_text_also_after_it_was_stored():
    for name in NAMES:
        bundle = bundle_of(name, points=POINTS, since="2026-11-01")
        assert await write(bundle) == await write(freeze(BundleId("bun_1"), bundle).open())


async def test_a_request_for_a_text_is_not_quoted_but_work_on_texts_is():
    messages = [
        ("Maya", "Churn fell to 3.1% in October."),
        ("Maya", "please write an announcement about this for the customers"),
        ("Jonas", "can you summarise the thread in 200 words?"),
        ("Jonas", "We need to write the customer email about the 12 refunds by Friday."),
    ]
    body = (await write(make_text_bundle(topic="Churn", messages=messages)))["body"]
    assert "announcement" not in body
    assert "summarise" not in body
    assert "customer email about the 12 refunds" in body


hostile = st.text("#*_[]()!<>@|~`-+=1.&; aS:/\n", max_size=40)
words_said = st.one_of(sentences, st.builds("Revenue was 5% {} than planned{}".format, hostile, hostile))


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    messages=st.lists(words_said, max_size=12),
    table=st.none() | tables,
    words=st.integers(2, 40).map(lambda n: n * 50),
    points=st.lists(hostile | st.sampled_from(POINTS), max_size=4),
    names=st.booleans(),
)
async def test_whatever_the_sources_hold_the_text_is_sound_and_adds_no_number(messages, table, words, points, names):
    bundle = make_text_bundle(
        topic="Revenue and cost",
        messages=[("Maya", text) for text in messages if text.strip()],
        files={"data.csv": table} if table else {},
        words=words,
        points=tuple(points),
        names=names,
    )
    history = await run_to_end(ExtractiveModel(), bundle)
    for output in list_calls(history, "emit_work_output"):
        read_tool_input("emit_work_output", output)
        check_numbers(bundle, output["body"])
        tokens = READER.parse(write_out(bundle, output["body"]))
        headings = [tokens[place + 1].content for place, token in enumerate(tokens) if token.type == "heading_open"]
        assert headings[: len(list_headings(output["body"]))] == list_headings(output["body"])
        links = [child.attrs["href"] for token in tokens for child in token.children or [] if child.type == "link_open"]
        assert all(link.startswith("https://chat.example/") for link in links)
        assert not [
            child for token in tokens for child in token.children or [] if child.type in {"image", "html_inline"}
        ]
