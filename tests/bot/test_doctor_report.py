import click
import pytest

from bot.doctor.report import draw_report, make_report
from recipes.finding import Finding

WELL = Finding.ok("Home", "/srv/threadwork, writable, 42.0 GB free")
SLOW = Finding.warning("Bot token", "could not be tried (ratelimited)", advice="Run this again in a minute.")
AWAY = Finding.problem(
    "Database", "cannot be opened: connection refused", advice="Check THREADWORK_DATABASE_URL. " + "Look again. " * 10
)


def draw(*findings: Finding) -> list[str]:
    return click.unstyle(draw_report(findings)).splitlines()


def test_a_finding_is_a_line_and_its_advice_stands_under_it():
    assert draw(WELL, SLOW) == [
        "ok       Home       /srv/threadwork, writable, 42.0 GB free",
        "warning  Bot token  could not be tried (ratelimited)",
        "                    Run this again in a minute.",
        "",
        "1 warning.",
    ]


def test_long_advice_is_wrapped_under_itself():
    first, _, *wrapped, _, _ = draw(AWAY)
    assert first.startswith("problem  Database  cannot")
    assert wrapped
    assert all(line.startswith(" " * 19 + "L") and len(line) <= 100 for line in wrapped)


def test_an_address_is_never_broken():
    path = "/srv/" + "threadwork-" * 12
    assert any(path in line for line in draw(Finding.ok("Home", f"{path}, writable")))


@pytest.mark.parametrize(
    ("findings", "sum_up"),
    [
        ((WELL,), "All is well."),
        ((WELL, AWAY), "1 problem."),
        ((AWAY, AWAY, SLOW), "2 problems and 1 warning."),
    ],
)
def test_the_last_line_sums_up(findings, sum_up):
    assert draw(*findings)[-1] == sum_up


def test_json_has_the_same():
    report = make_report((WELL, SLOW, AWAY))
    assert (report["problems"], report["warnings"]) == (1, 1)
    assert report["findings"][1] == {
        "subject": "Bot token",
        "mark": "warning",
        "said": "could not be tried (ratelimited)",
        "advice": "Run this again in a minute.",
    }
