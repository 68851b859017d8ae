"""Content to build documents from: a research brief with every kind of block, and a long one."""

# ruff: noqa: E501 - content is data: one block a line

from typing import Any

from orchestration.skills.paper.content import Document
from orchestration.skills.problems import ContentRefused, parse_content
from tests.orchestration.skills.samples import SOURCES


def paper_problems(raw: object) -> list[str]:
    """Give what is to be mended in this JSON value; nothing where it is a document."""
    try:
        parse_paper(raw)
    except ContentRefused as refused:
        return refused.problems
    return []


def parse_paper(raw: object) -> Document:
    return parse_content(Document, raw, "the document")


def review_paper(theme: str = "slate") -> dict[str, Any]:
    """A quarter's review in six sections, every kind of block."""
    return {
        "title": "Mid-market churn: what the fourth quarter tells us",
        "subtitle": "Growth is back above plan; retention in the mid-market is the work for the first half",
        "author": "Revenue Operations",
        "date": "2026-11-23",
        "theme": theme,
        "language": "en-GB",
        "footer": "Northwind Cloud  |  Internal",
        "sources": SOURCES,
        "sections": [
            {"heading": "Headline results", "blocks": [
                {"kind": "paragraph", "text": "Enterprise expansion carried the quarter. The NPS slip is concentrated in accounts between **50 and 250 seats**, the same band where churn rose [@S1.3] [@S4]. What follows says why, and what the pooled success team would change."},
                {"kind": "kpis", "source_ids": ["S1"], "kpis": [
                    {"label": "Revenue", "value": "$48.2M", "delta": "+6.1% vs plan", "direction": "up", "good": True},
                    {"label": "Gross margin", "value": "71.4%", "delta": "+1.2 pts YoY", "direction": "up", "good": True},
                    {"label": "Free cash flow", "value": "$7.9M", "delta": "+$2.3M vs Q3", "direction": "up", "good": True},
                    {"label": "NPS", "value": "42", "delta": "-2 vs Q3", "direction": "down", "good": False}]},
                {"kind": "callout", "text": "Accounts that finish setup in their first two weeks renew at 94%; those that do not renew at 71% [@S4.1].", "value": "34 days", "label": "median time to first value in mid-market"},
            ]},
            {"heading": "Revenue and segments", "blocks": []},
            {"heading": "Revenue grew 22% year on year, the fastest quarter since 2024", "level": 2, "blocks": [
                {"kind": "chart", "caption": "Quarterly revenue against plan, $M", "source_ids": ["S1.2"],
                 "chart": {"type": "column", "categories": ["Q4 25", "Q1 26", "Q2 26", "Q3 26", "Q4 26"], "highlight": "Actual",
                           "series": [{"name": "Actual", "values": [39.5, 41.2, 42.8, 44.9, 48.2]}, {"name": "Plan", "values": [39.0, 41.5, 43.5, 44.8, 45.4]}]},
                 "takeaways": ["Actual passed plan in Q3 and widened the gap to **$2.8M** in Q4 [@S1.3]", "Eight of the ten largest deals closed before 31 October, so the linearity risk is lower than in Q3 [@S2]"]},
            ]},
            {"heading": "Enterprise carries the beat; mid-market is the only segment below plan", "level": 2, "blocks": [
                {"kind": "table", "caption": "Segments in the fourth quarter of FY2026", "source_ids": ["S1", "S2"],
                 "columns": [{"header": "Segment"}, {"header": "Q4 revenue ($M)"}, {"header": "vs plan"}, {"header": "YoY"}, {"header": "Net retention"}, {"header": "Logo churn"}],
                 "rows": [["Enterprise", 27.6, "+12.4%", "+31%", "118%", "0.6%"], ["Mid-market", 11.3, "-3.8%", "+9%", "97%", "3.9%"], ["Small business", 6.1, "+1.0%", "+14%", "101%", "2.8%"], ["Self-serve", 3.2, "+0.4%", "+2%", "94%", "5.1%"]],
                 "total": ["Total", 48.2, "+6.1%", "+22%", "108%", "2.4%"], "highlight_row": 1, "note": "Net retention and churn are trailing twelve months. Plan is operating plan v4 of January 2026."},
            ]},
            {"heading": "Why customers leave", "blocks": [
                {"kind": "bullets", "source_ids": ["S3"], "bullets": [
                    {"text": "**Slow onboarding**: median 34 days to first value, against 12 in enterprise", "sub": ["61% of churned accounts never finished setup [@S3]"]},
                    {"text": "**Price step at 100 seats** surprises growing teams at renewal", "sub": ["27 of 63 exit interviews name it first"]},
                    {"text": "**Missing SSO** on the Team plan blocks security reviews [@S4.1]"}]},
                {"kind": "quote", "quote": "We never got the import to work, and by the time somebody called us the budget had gone to a tool the team already knew.", "attribution": "Operations lead, 140 seats", "role": "exit interview, 12 November", "source_ids": ["S3"]},
                {"kind": "chart", "caption": "Reasons named first in exit interviews", "source_ids": ["S3"],
                 "chart": {"type": "bar", "categories": ["Price step at 100 seats", "Slow onboarding", "Missing SSO", "Went to a competitor", "Other"], "highlight": "Price step at 100 seats", "subtitle": "63 interviews, September to November",
                           "series": [{"name": "Interviews", "values": [27, 18, 9, 6, 3]}]}},
            ]},
            {"heading": "What we can do", "blocks": [
                {"kind": "two_column", "source_ids": ["S5"],
                 "left": {"heading": "Pooled success team", "points": ["One team of 8 covers 410 accounts by health score", "First touches in week 2, no hiring gap", "Playbooks reused from enterprise onboarding [@S3]"]},
                 "right": {"heading": "Named managers", "points": ["One manager per 30 accounts, 14 hires", "Full coverage only in Q3 FY2027", "Highest satisfaction in the 2024 pilot"]}},
                {"kind": "timeline", "source_ids": ["S5"], "milestones": [
                    {"date": "Dec 2026", "label": "Pooled team live", "detail": "8 people moved from enterprise onboarding", "status": "next"},
                    {"date": "Jan 2027", "label": "Guided setup", "detail": "In-product checklist for accounts over 50 seats"},
                    {"date": "Mar 2027", "label": "Price step removed", "detail": "Smooth per-seat price between 80 and 250 seats", "status": "risk"},
                    {"date": "May 2027", "label": "SSO on Team plan", "detail": "SAML and OIDC, no surcharge"}]},
            ]},
            {"heading": "Decisions we need", "blocks": [
                {"kind": "numbered", "numbered": ["Approve $0.9M for the pooled success team (CFO, today)", "Confirm the price step removal for the March release (CPO, 5 December)", "Report mid-market churn weekly to the executive staff (RevOps, from 1 December)"]},
            ]},
        ],
    }  # fmt: skip


def long_paper(sections: int = 18) -> dict[str, Any]:
    """About twenty pages: text, a table and a chart in each section."""
    paper = review_paper()
    words = "The figures of this part are compared with the plan and with the quarter before, segment by segment. " * 6
    table, chart = paper["sections"][3]["blocks"][0], paper["sections"][2]["blocks"][0]
    paper["sections"] = [
        {"heading": f"Part {number}: what the figures say", "blocks": [
            {"kind": "paragraph", "text": words + "[@S1]"}, {"kind": "paragraph", "text": words},
            chart, table, {"kind": "paragraph", "text": words + "[@S2]"},
        ]} for number in range(1, sections + 1)
    ]  # fmt: skip
    return paper
