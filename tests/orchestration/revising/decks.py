"""A deck with a slide of each kind that can be shown otherwise."""

from typing import Any

Json = dict[str, Any]


def make_deck(*slides: Json, **more: Any) -> Json:
    """Give a deck with these slides between its title and its sources."""
    return {
        "title": "Wind in Iowa",
        "language": "en-US",
        "sources": [{"id": "S1", "title": "iowa.csv", "kind": "file"}],
        "slides": [{"kind": "title"}, *slides, {"kind": "sources"}],
        **more,
    }


BULLETS: Json = {
    "kind": "bullets",
    "title": "What was decided",
    "bullets": [{"text": "Scope: two regions [@S1.1]"}, {"text": "Start: in March [@S1.2]"}],
    "notes": "Said on Monday.",
}
CHART: Json = {
    "kind": "chart",
    "title": "Wind overtook coal",
    "chart": {
        "type": "column",
        "categories": ["2015", "2016", "2017"],
        "series": [{"name": "Wind", "values": [17.9, 20.1, None]}, {"name": "Coal", "values": [29.6, 25.4, 21.0]}],
        "subtitle": "Net generation, GWh",
        "number_format": "#,##0.0",
    },
    "takeaways": ["Wind grew each year [@S1.1]"],
    "source_ids": ["S1.1"],
}
TABLE: Json = {
    "kind": "table",
    "title": "By source",
    "columns": [{"header": "Source"}, {"header": "2016"}, {"header": "2017"}],
    "rows": [["Wind", "20,073", "21,251 [@S1.3]"], ["Coal", "25,379", "25,900"]],
    "total": ["All", "45,452", "47,151"],
    "note": "In thousand MWh.",
}
KPIS: Json = {
    "kind": "kpis",
    "title": "In figures",
    "kpis": [{"label": "Wind", "value": "37 %", "delta": "+2"}, {"label": "Coal", "value": "44 %"}],
}
TIMELINE: Json = {
    "kind": "timeline",
    "title": "Plan",
    "milestones": [{"date": "May", "label": "Build"}, {"date": "June", "label": "Ship", "detail": "To all"}],
}
QUOTE: Json = {"kind": "quote", "title": "Said", "quote": "It works.", "attribution": "Priya"}
