import pytest


@pytest.fixture
def shown(browser, maya, line_of):
    """The card of a file in Maya's message."""

    async def run(name, content):
        ts = await maya.say("reports", "", files=[(name, content)])
        [card] = line_of(await browser.open("/client/U0MAYA/C0REPORTS"), ts).find_class("file-card")
        return card

    return run


async def test_a_table_shows_its_first_rows(shown):
    card = await shown("numbers.csv", b"\xef\xbb\xbfyear;mwh\n2001;<b>1</b>\n" + b"2002;2\n" * 2_000)
    rows = card.xpath(".//*[contains(@class, 'preview')]//tr")
    assert [[cell.text for cell in row] for row in rows[:2]] == [["year", "mwh"], ["2001", "<b>1</b>"]]
    assert len(rows) == 6


async def test_a_markdown_file_is_drawn_as_one_and_nothing_in_it_runs(shown):
    card = await shown("notes.md", b"# Notes\n\n**bold** <script>x</script> [x](javascript:y)\n")
    assert card.xpath(".//h1/text()") == ["Notes"]
    assert card.xpath(".//strong/text()") == ["bold"]
    assert not card.xpath(".//script | .//*[starts-with(@href, 'javascript')]")


async def test_a_text_shows_its_first_lines(shown):
    card = await shown("log.txt", "\n".join(f"line {number} ü" for number in range(2_000)).encode())
    assert card.xpath("string(.//pre)").splitlines() == [f"line {number} ü" for number in range(8)]


@pytest.mark.parametrize(
    ("name", "content"),
    [("deck.pptx", b"PK\x03\x04"), ("paper.pdf", b"%PDF-1.7"), ("binary.txt", b"a\0b")],
)
async def test_other_files_are_a_card_with_name_kind_and_size(shown, words, name, content):
    card = await shown(name, content)
    assert not card.find_class("preview")
    assert name in words(card)
    assert card.xpath(".//a/@download") == [name]


async def test_a_picture_is_shown(shown):
    card = await shown("chart.png", b"\x89PNG")
    assert card.xpath(".//img/@alt") == ["chart.png"]
