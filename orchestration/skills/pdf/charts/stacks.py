"""From where to where each bar reaches."""

from orchestration.skills.charts.looks import Looks


def stack(looks: Looks, place: int) -> list[tuple[float, float] | None]:
    """Give where the bar of each series begins and ends at one category; None where there is no value."""
    above = below = 0.0
    parts: list[tuple[float, float] | None] = []
    for series in looks.chart.series:
        value = series.values[place]
        if value is None:
            parts.append(None)
        elif not looks.is_stacked:
            parts.append((0.0, value))
        elif value >= 0:
            parts.append((above, above + value))
            above += value
        else:
            parts.append((below, below + value))
            below += value
    return parts


def find_reach(looks: Looks) -> tuple[float, float]:
    """Give the lowest and highest end of any bar; zero is always between them."""
    ends = [end for place in range(len(looks.chart.categories)) for part in stack(looks, place) if part for end in part]
    return min(0.0, *ends), max(0.0, *ends)
