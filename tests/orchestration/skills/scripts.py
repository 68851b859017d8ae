"""Content in other scripts: a paper that runs from right to left, with every kind of block."""

# ruff: noqa: E501 - content is data: one block a line

from typing import Any


def arabic_paper() -> dict[str, Any]:
    """Every kind of block in Arabic, with Hebrew and English among it."""
    return {
        "title": "تقرير الربع الرابع: الإيرادات والعملاء",
        "subtitle": "نمو الإيرادات بنسبة 22% في عام 2026",
        "author": "فريق العمليات",
        "date": "2026-11-23",
        "language": "ar",
        "sources": [{"id": "S1", "title": "دفتر الإغلاق Q4 close.xlsx", "kind": "file", "locator": "sheet P&L"}],
        "sections": [
            {"heading": "النتائج الرئيسية", "blocks": [
                {"kind": "paragraph", "text": "ارتفعت الإيرادات إلى **48.2 مليون** دولار مقارنة بالخطة [@S1.1]. هذا النص طويل بما يكفي لكي يمتد على أكثر من سطر واحد في الصفحة."},
                {"kind": "bullets", "bullets": [{"text": "الشركات الكبيرة: 12.4%", "sub": ["Enterprise قادت النمو"]}]},
                {"kind": "numbered", "numbered": ["الأول", "الثاني"]},
                {"kind": "kpis", "kpis": [{"label": "الإيرادات", "value": "48.2", "delta": "6.1%", "direction": "up"}]},
                {"kind": "table", "caption": "القطاعات", "columns": [{"header": "القطاع"}, {"header": "الإيرادات"}],
                 "rows": [["كبيرة", 27.6], ["متوسطة", 11.3]], "total": ["المجموع", 38.9], "source_ids": ["S1"]},
                {"kind": "chart", "caption": "الإيرادات", "chart": {"type": "column", "categories": ["الأول", "الثاني"],
                 "series": [{"name": "فعلي", "values": [1, 2]}, {"name": "خطة", "values": [1, 3]}]}},
                {"kind": "quote", "quote": "لم نتمكن من تشغيل الاستيراد.", "attribution": "عميل"},
                {"kind": "two_column", "left": {"heading": "أ", "points": ["نقطة"]}, "right": {"heading": "ب", "points": ["نقطة"]}},
                {"kind": "timeline", "milestones": [{"date": "12/2026", "label": "إطلاق"}, {"date": "01/2027", "label": "متابعة"}]},
                {"kind": "callout", "text": "النتيجة الأهم.", "value": "34", "label": "يوما"},
            ]},
            {"heading": "קטע בעברית", "blocks": [{"kind": "paragraph", "text": "הנתונים של הרבעון מראים עלייה של 22%."}]},
            {"heading": "English part", "blocks": [{"kind": "paragraph", "text": "All in English."}]},
            {"heading": "الخلاصة", "blocks": [{"kind": "paragraph", "text": "انتهى."}]},
        ],
    }  # fmt: skip
