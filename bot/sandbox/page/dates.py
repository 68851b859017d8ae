"""Moments as people read them; the sandbox and its reader share a machine, so its own time zone is theirs."""

import re
from datetime import UTC, datetime, timedelta
from typing import Final

DAY: Final = timedelta(days=1)
# The year 5138: what every calendar can show.
LATEST_SECONDS: Final = 100_000_000_000
PART: Final = re.compile(r"\{(\w+)\}")


def moment(seconds: float) -> datetime:
    """Give a moment in the local time zone."""
    return datetime.fromtimestamp(seconds, tz=UTC).astimezone()


def clock_time(seconds: float) -> str:
    """Give hours and minutes."""
    return f"{moment(seconds):%H:%M}"


def day_name(seconds: float, now: float) -> str:
    """Give the day as a heading: Today, Yesterday, or its date."""
    day, today = moment(seconds), moment(now)
    if day.date() in (today.date(), (today - DAY).date()):
        return "Today" if day.date() == today.date() else "Yesterday"
    year = "" if day.year == today.year else f" {day.year}"
    return f"{day:%A}, {day.day} {day:%B}{year}"


def full_time(seconds: float) -> str:
    """Give day and time to the second, for a tooltip."""
    return f"{moment(seconds):%A, %d %B %Y, %H:%M:%S}"


def local_moment(seconds: object) -> str:
    """Give a moment as a `datetime-local` input holds it; nothing for what is none."""
    return f"{moment(seconds):%Y-%m-%dT%H:%M}" if isinstance(seconds, int) and 0 <= seconds < LATEST_SECONDS else ""


def formatted(seconds: float, pattern: str, now: float) -> str:
    """Give the text of a `<!date^...>` token.

    Args:
        seconds: the moment.
        pattern: Slack's format, such as `{date_short} at {time}`.
        now: unix seconds.
    """
    day = moment(seconds)
    long = f"{day:%A}, {day.day} {day:%B} {day.year}"
    date = f"{day.day} {day:%B} {day.year}"
    short = f"{day.day} {day:%b} {day.year}"
    near = day_name(seconds, now).lower() if abs(now - seconds) < 2 * DAY.total_seconds() else ""
    pretty = near if near in ("today", "yesterday") else ""
    words = {
        "date_num": f"{day:%Y-%m-%d}",
        "date": date,
        "date_short": short,
        "date_long": long,
        "date_pretty": pretty or date,
        "date_short_pretty": pretty or short,
        "date_long_pretty": pretty or long,
        "time": f"{day:%H:%M}",
        "time_secs": f"{day:%H:%M:%S}",
        "ago": _ago(now - seconds),
    }
    return PART.sub(lambda match: words.get(match[1], match[0]), pattern)


def _ago(seconds: float) -> str:
    sizes = ((86_400, "day"), (3_600, "hour"), (60, "minute"), (1, "second"))
    size, unit = next(((size, unit) for size, unit in sizes if abs(seconds) >= size), (1, "second"))
    count = int(abs(seconds) // size)
    words = f"{count} {unit}{'' if count == 1 else 's'}"
    return f"in {words}" if seconds < 0 else f"{words} ago"
