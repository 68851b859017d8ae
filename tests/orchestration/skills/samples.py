"""Content to build decks from: a business review, and one slide of each kind."""

# ruff: noqa: E501, RUF001 - content is data: one slide a line, in many scripts

import io
from typing import Any

from PIL import Image, ImageDraw

from orchestration.skills.problems import ContentRefused, parse_deck

SOURCES: list[dict[str, Any]] = [
    {"id": "S1", "title": "Q4 close workbook, sheet 'P&L'", "url": "https://files.example.com/q4.xlsx", "locator": "P&L!B4:H31", "kind": "file"},
    {"id": "S2", "title": "CRM pipeline export, 16 Nov 2026", "url": "https://files.example.com/crm.csv", "locator": "rows 2-418", "kind": "data"},
    {"id": "S3", "title": "#customer-success thread, churn review", "url": "https://example.slack.com/archives/C1/p1", "locator": "message of 17 Nov, Priya N.", "kind": "message"},
    {"id": "S4", "title": "NPS survey Q4, 1,204 responses", "locator": "p. 3-5", "kind": "file"},
    {"id": "S5", "title": "FY2027 operating plan, draft 3", "url": "https://files.example.com/plan.docx", "locator": "section 2", "kind": "file"},
]  # fmt: skip


def problems_of(raw: object) -> list[str]:
    """Give what is to be mended in this JSON value; nothing where it is a deck."""
    try:
        parse_deck(raw)
    except ContentRefused as refused:
        return refused.problems
    return []


def review_deck(theme: str = "slate") -> dict[str, Any]:
    """A quarter's review: eleven slides, most kinds."""
    return {
        "title": "Q4 FY2026 business review",
        "subtitle": "Growth is back above plan; retention in the mid-market is the work for the first half",
        "author": "Revenue Operations",
        "date": "2026-11-23",
        "theme": theme,
        "language": "en-US",
        "footer": "Northwind Cloud  |  Internal",
        "sources": SOURCES,
        "slides": [
            {"kind": "title", "notes": "Welcome. Put together from the sources staged in the thread."},
            {"kind": "agenda", "notes": "Four parts.", "items": [
                {"title": "Headline results", "detail": "Revenue, margin, cash and NPS against plan"},
                {"title": "Revenue and segments", "detail": "Where the growth came from"},
                {"title": "Customers and retention", "detail": "Why mid-market churn rose and what we do"},
                {"title": "Outlook and decisions", "detail": "First half milestones and the budget ask"},
            ]},
            {"kind": "kpis", "section": "Headline results", "title": "Q4 beat plan on revenue, margin and cash; NPS slipped two points", "source_ids": ["S1", "S4.2"],
             "notes": "Lead with revenue. The NPS slip is explained on the churn slide.",
             "kpis": [
                {"label": "Revenue", "value": "$48.2M", "delta": "+6.1% vs plan", "direction": "up", "good": True},
                {"label": "Gross margin", "value": "71.4%", "delta": "+1.2 pts YoY", "direction": "up", "good": True},
                {"label": "Free cash flow", "value": "$7.9M", "delta": "+$2.3M vs Q3", "direction": "up", "good": True},
                {"label": "NPS", "value": "42", "delta": "-2 vs Q3", "direction": "down", "good": False}],
             "commentary": "Enterprise expansion carried the quarter. The NPS slip is concentrated in accounts between 50 and 250 seats, the same band where churn rose."},
            {"kind": "chart", "section": "Revenue and segments", "title": "Revenue grew 22% year on year, the fastest quarter since 2024", "notes": "Actual against plan.",
             "chart": {"type": "column", "categories": ["Q4 25", "Q1 26", "Q2 26", "Q3 26", "Q4 26"], "subtitle": "Quarterly revenue, $M", "highlight": "Actual",
                       "series": [{"name": "Actual", "values": [39.5, 41.2, 42.8, 44.9, 48.2]}, {"name": "Plan", "values": [39.0, 41.5, 43.5, 44.8, 45.4]}]},
             "takeaways": ["Actual passed plan in Q3 and widened the gap to **$2.8M** in Q4 [@S1.3]", "Enterprise added **$5.1M** year on year; self-serve was flat", "Eight of the ten largest deals closed before 31 October, so the linearity risk is lower than in Q3 [@S2]"]},
            {"kind": "table", "section": "Revenue and segments", "title": "Enterprise carries the beat; mid-market is the only segment below plan", "notes": "Mid-market is the row to discuss.", "source_ids": ["S1", "S2"],
             "columns": [{"header": "Segment"}, {"header": "Q4 revenue ($M)"}, {"header": "vs plan"}, {"header": "YoY"}, {"header": "Net retention"}, {"header": "Logo churn"}],
             "rows": [["Enterprise", 27.6, "+12.4%", "+31%", "118%", "0.6%"], ["Mid-market", 11.3, "-3.8%", "+9%", "97%", "3.9%"], ["Small business", 6.1, "+1.0%", "+14%", "101%", "2.8%"], ["Self-serve", 3.2, "+0.4%", "+2%", "94%", "5.1%"]],
             "total": ["Total", 48.2, "+6.1%", "+22%", "108%", "2.4%"], "highlight_row": 1, "note": "Net retention and churn are trailing twelve months. Plan is operating plan v4 of January 2026."},
            {"kind": "two_column", "section": "Customers and retention", "title": "Two ways to mend mid-market retention; we recommend the pooled team", "source_ids": ["S5"], "notes": "Options.",
             "left": {"heading": "Pooled success team", "points": ["One team of 8 covers 410 accounts by health score", "First touches in week 2, no hiring gap", "Playbooks reused from enterprise onboarding [@S3]"]},
             "right": {"heading": "Named managers", "points": ["One manager per 30 accounts, 14 hires", "Full coverage only in Q3 FY2027", "Highest satisfaction in the 2024 pilot"]}},
            {"kind": "bullets", "section": "Customers and retention", "title": "Three causes explain most of the mid-market churn", "notes": "From the thread.",
             "bullets": [{"text": "**Slow onboarding**: median 34 days to first value, against 12 in enterprise", "sub": ["61% of churned accounts never finished setup [@S3]"]},
                         {"text": "**Price step at 100 seats** surprises growing teams at renewal", "sub": ["27 of 63 exit interviews name it first"]},
                         {"text": "**Missing SSO** on the Team plan blocks security reviews [@S4.1]", "sub": ["Detractors mention it four times as often as promoters"]}],
             "callout": {"value": "34 days", "label": "median time to first value in mid-market"}},
            {"kind": "quote", "section": "Customers and retention", "title": "What a customer who left told us", "notes": "Read it aloud.", "source_ids": ["S3"],
             "quote": "We never got the import to work, and by the time somebody called us the budget had gone to a tool the team already knew.", "attribution": "Operations lead, 140 seats", "role": "Exit interview, 12 November"},
            {"kind": "timeline", "section": "Outlook and decisions", "title": "First half plan: onboarding first, pricing second, SSO by May", "notes": "Plan.", "source_ids": ["S5"],
             "milestones": [{"date": "Dec 2026", "label": "Pooled team live", "detail": "8 people moved from enterprise onboarding", "status": "next"},
                            {"date": "Jan 2027", "label": "Guided setup", "detail": "In-product checklist for accounts over 50 seats"},
                            {"date": "Mar 2027", "label": "Price step removed", "detail": "Smooth per-seat price between 80 and 250 seats", "status": "risk"},
                            {"date": "May 2027", "label": "SSO on Team plan", "detail": "SAML and OIDC, no surcharge"}]},
            {"kind": "closing", "title": "Decisions we need today", "message": "Approve the pooled success team and the first half sequence.", "notes": "Close.",
             "steps": [{"text": "Approve $0.9M for the pooled success team", "owner": "CFO", "due": "Today"}, {"text": "Confirm the price step removal for the March release", "owner": "CPO", "due": "5 Dec"}, {"text": "Report mid-market churn weekly to exec staff", "owner": "RevOps", "due": "From 1 Dec"}]},
            {"kind": "sources", "notes": "All sources."},
        ],
    }  # fmt: skip


def every_kind_deck(theme: str = "slate") -> dict[str, Any]:
    """What the review leaves out: dividers, big numbers, every type of chart, bullets without a figure."""
    months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun"]
    parts = ["Enterprise", "Mid-market", "Small business", "Self-serve"]
    two = [{"name": "North", "values": [12, 15, 14, 18, 21, 24]}, {"name": "South", "values": [8, 9, 13, 11, 12, 16]}]
    charts = [
        {"type": "bar", "categories": parts, "series": [{"name": "Revenue", "values": [27.6, 11.3, 6.1, 3.2]}], "highlight": "Mid-market", "subtitle": "Revenue by segment, $M"},
        {"type": "line", "categories": months, "series": two, "subtitle": "Orders a day"},
        {"type": "line", "categories": [f"2026-{week:02}" for week in range(1, 53)], "series": [{"name": "Weekly users", "values": [1000 + week * 17 for week in range(52)]}]},
        {"type": "area", "categories": months, "series": two[:1]},
        {"type": "stacked_column", "categories": months, "series": two},
        {"type": "stacked_bar", "categories": months, "series": two},
        {"type": "stacked_area", "categories": months, "series": two},
        {"type": "pie", "categories": parts, "series": [{"name": "Share", "values": [57, 23, 13, 7]}]},
        {"type": "doughnut", "categories": parts, "series": [{"name": "Share", "values": [57, 23, 13, 7]}]},
        {"type": "combination", "categories": months, "series": [{"name": "Orders", "values": [1200, 1500, 1400, 1800, 2100, 2400]}, {"name": "Late, % of orders", "values": [4.1, 3.8, 3.9, 2.7, 2.2, 1.9]}], "line_format": '0.0"%"', "subtitle": "Orders, and how many came late"},
        {"type": "scatter", "categories": ["Lisbon", "Turin", "Graz", "Ghent", "Aarhus", "Leeds"], "highlight": "Graz", "series": [{"name": "Visits a week", "values": [120, 340, 95, 410, 280, 180]}, {"name": "Renewals, %", "values": [71, 88, 93, 90, 84, 76]}]},
        {"type": "column", "categories": months, "series": [{"name": "Change", "values": [3, -2, 4.5, -1, 0, None]}], "number_format": "+0.0;-0.0"},
    ]  # fmt: skip
    slides: list[dict[str, Any]] = [
        {"kind": "title"},
        {"kind": "section", "title": "Where we stand", "subtitle": "Six months in figures"},
        {"kind": "big_number", "title": "One figure decides the year", "value": "71.4%", "label": "gross margin in the fourth quarter", "context": "It stood at **68.9%** two years ago. Hosting became cheaper and support moved to the pooled team [@S1]."},
        {"kind": "big_number", "title": "The same without its story", "value": "1,204", "label": "responses to the survey"},
        {"kind": "bullets", "title": "What the thread says", "bullets": [{"text": "The import fails for files above 40 MB [@S3.1]"}, {"text": "Two customers asked for a date [see the note](https://example.com/note)"}, {"text": "Nobody owns the follow-up yet"}]},
        {"kind": "comparison", "title": "Two ways to mend mid-market retention; the pooled team pays back first", "options": [
            {"heading": "Pooled success team", "points": ["One team of 8 covers 410 accounts by health score", "First touches in week 2, no hiring gap", "Playbooks reused from enterprise onboarding [@S3]"], "verdict": "$0.9M a year, pays back in 7 months", "recommended": True},
            {"heading": "Named managers", "points": ["One manager per 30 accounts, 14 hires", "Full coverage only in Q3 FY2027", "Highest satisfaction in the 2024 pilot"], "verdict": "$2.1M a year, pays back in 19 months", "tag": "Option B"}]},
        {"kind": "comparison", "title": "Four vendors in short", "options": [{"heading": f"Vendor {n}", "points": ["Answers in a day", "Has its own import"][: 1 + n % 2], **({"verdict": "Shortlisted"} if n < 3 else {})} for n in range(1, 5)]},
        {"kind": "process", "title": "From a signed order to the first report in five weeks", "stages": [
            {"label": "Contract", "detail": "Legal reads the order form [@S5]"}, {"label": "Set-up", "detail": "Accounts and roles are made from the customer's own list"}, {"label": "Import", "detail": "Records come in batches of 40 MB"}, {"label": "Training", "detail": "Two sessions of an hour"}, {"label": "First report"}]},
        {"kind": "process", "title": "Three words", "stages": [{"label": "Plan"}, {"label": "Build"}, {"label": "Learn from what people do"}]},
        {"kind": "image", "title": "The new dock takes two trucks at a time", "image": "S2", "alt": "Drawing of a dock with two bays", "caption": "The dock as it was planned in March", "points": ["Both bays are level with the street", "The second bay opens in May [@S5]"]},
        {"kind": "image", "title": "The dock from above", "image": "S2", "alt": "Drawing of a dock with two bays", "fill": True},
        {"kind": "kpis", "title": "Six figures", "kpis": [{"label": f"Figure {n}", "value": f"{n * 1234.5:,.1f}", "delta": "+4%", "direction": "flat"} for n in range(1, 7)], "commentary": "All of them are from the workbook."},
        *({"kind": "chart", "section": "Charts", "title": f"A chart of type {chart['type']}, number {n}", "chart": chart} for n, chart in enumerate(charts, 1)),
        {"kind": "sources"},
    ]  # fmt: skip
    return {
        "title": "Every kind",
        "subtitle": "One of each",
        "theme": theme,
        "date": "2026-11-23",
        "sources": SOURCES,
        "slides": slides,
    }


def sample_picture(width: int = 1200, height: int = 800, kind: str = "PNG") -> bytes:
    """Two bays in three colours."""
    image = Image.new("RGB", (width, height), "#DCE6F2")
    pen = ImageDraw.Draw(image)
    for at, colour in enumerate(("#1D5FAA", "#E3A02F")):
        left = width * (0.1 + 0.45 * at)
        pen.rectangle((left, height * 0.25, left + width * 0.35, height * 0.9), fill=colour)
    buffer = io.BytesIO()
    image.save(buffer, kind)
    return buffer.getvalue()


def stress_deck(theme: str = "slate") -> dict[str, Any]:
    """Content that is too long, too wide, too much, and in scripts the fonts do not have."""
    sentence = (
        "the import of customer records fails when a file holds more than forty megabytes and nobody is told about it"
    )
    words = sentence.split()
    long_bullet = " ".join(words[at % len(words)] for at in range(170))[:990]
    token = "https://files.example.com/" + "averylongpathsegment" * 9
    many = [
        {"text": f"Point {n}: {' '.join(words[: 6 + n])}", "sub": [f"Detail {n}, {' '.join(words[:8])}"]}
        for n in range(1, 15)
    ]
    rows = [
        [f"Account {n}", n * 137, f"{n}.{n % 10}%", " ".join(words[: n % 17]), "open" if n % 2 else "closed"]
        for n in range(1, 31)
    ]
    slides: list[dict[str, Any]] = [
        {"kind": "title", "title": "A title that goes on for a while because somebody pasted the first sentence of a long document into it", "subtitle": " ".join(words * 3)[:390]},
        {"kind": "bullets", "title": "One paragraph pasted whole, under a headline that itself needs both of the rows it may take on a slide", "bullets": [{"text": long_bullet}]},
        {"kind": "bullets", "title": "Fourteen points", "bullets": many, "callout": {"value": "1,234,567.89", "label": "records that did not arrive"}},
        {"kind": "bullets", "title": "A word that cannot break", "bullets": [{"text": "qw" * 200}, {"text": token}, {"text": "CSV=cmd|'/c calc'!A1 and a < b & c > d, \"quotes\""}]},
        {"kind": "bullets", "title": "多くの言語 العربية עברית 🚀", "bullets": [
            {"text": "売上高は前年同期比で二十二パーセント増加し、計画を上回りました。" * 4},
            {"text": "ارتفعت الإيرادات بنسبة 22٪ مقارنة بالعام الماضي وتجاوزت الخطة"},
            {"text": "ההכנסות עלו ב-22% לעומת השנה שעברה"},
            {"text": "🚀🎉👩‍👩‍👧‍👦 emoji, flags 🇩🇪 and zero\u200bwidth; Ünïcödé ﬁ ½ → ✓"},
            {"text": "Выручка выросла на 22 %; Τα έσοδα αυξήθηκαν"}]},
        {"kind": "table", "title": "Thirty rows", "columns": [{"header": "Account"}, {"header": "Revenue"}, {"header": "Share"}, {"header": "Remark"}, {"header": "State"}], "rows": rows, "total": ["Total", 63705, "100%", "", ""], "note": "Rounded."},
        {"kind": "table", "title": "Nine narrow columns", "columns": [{"header": f"Heading number {n}"} for n in range(9)], "rows": [[f"internationalisation{n}" for n in range(9)], ["", None, 1, 2.5, "-3%", "$4", "(5)", "6 pts", "n/a"]]},
        {"kind": "kpis", "title": "Wide figures", "kpis": [{"label": "A label that takes more than one row in its card", "value": "€1,234,567,890.12", "delta": "+12.3 percentage points year on year", "direction": "up", "good": True}] * 4, "commentary": " ".join(words * 2)},
        {"kind": "timeline", "title": "Six moments", "milestones": [{"date": "Mid-November 2026", "label": " ".join(words[:7]), "detail": " ".join(words)[:110], "status": s} for s in ("done", "done", "next", "planned", "risk", "planned")]},
        {"kind": "two_column", "title": "Two long columns", "left": {"heading": "A heading of several words that may wrap", "points": [" ".join(words)] * 4}, "right": {"heading": "Short", "points": ["One"]}},
        {"kind": "quote", "title": "A long quotation", "quote": long_bullet[:700], "attribution": "Somebody"},
        {"kind": "agenda", "title": "Agenda", "items": [{"title": " ".join(words[:9]), "detail": " ".join(words[4:18])[:110]} for _ in range(8)]},
        {"kind": "closing", "title": "To do", "message": " ".join(words * 2)[:200], "steps": [{"text": " ".join(words), "owner": "Procurement & legal", "due": "By the end of Q3"}] * 5},
        {"kind": "chart", "title": "Six series over twelve long categories", "chart": {"type": "column", "categories": [f"Category with a name {n}" for n in range(12)], "series": [{"name": f"Series {n}", "values": [n * 1000.5 + at for at in range(12)]} for n in range(6)], "subtitle": "Values"}, "takeaways": [" ".join(words)] * 3},
        {"kind": "chart", "title": "Many months", "chart": {"type": "line", "categories": [f"{2010 + at // 12}-{at % 12 + 1:02}" for at in range(120)], "series": [{"name": "Index", "values": [100 + (at * 37 % 53) for at in range(120)]}]}},
        {"kind": "chart", "title": "One value", "chart": {"type": "bar", "categories": ["A single category with quite a long name that should wrap somewhere"], "series": [{"name": "S", "values": [-4]}]}},
        {"kind": "sources"},
    ]  # fmt: skip
    sources = [{"id": f"S{n}", "title": f"Message {n} in a thread about the import of records, {' '.join(words[:6])}", "url": f"https://example.slack.com/archives/C1/p{n}", "locator": f"message of {n} Nov, Maya", "kind": "message"} for n in range(1, 31)]  # fmt: skip
    for at, slide in enumerate(slides[:-1]):
        slide["source_ids"] = [source["id"] for source in sources[: 1 + at * 3 % 20]]
        slide["notes"] = "Said about this slide: nothing yet."
    return {
        "title": "Stress",
        "theme": theme,
        "footer": "A footer",
        "sources": sources,
        "slides": slides,
        "author": "Maya",
    }
