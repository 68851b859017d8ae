"""Days: which one it is where somebody lives."""

from datetime import date, datetime
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError


def find_day(moment: datetime, zone: str | None) -> date:
    """Give the day that a moment falls on.

    Args:
        moment: When.
        zone: Where, an IANA name; what is none counts as UTC.
    """
    try:
        place = ZoneInfo(zone or "UTC")
    except (ZoneInfoNotFoundError, ValueError):
        place = ZoneInfo("UTC")
    return moment.astimezone(place).date()
