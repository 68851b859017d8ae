import json
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from bot.cli import threadwork
from bot.manifest import make_manifest

ROOT = Path(__file__).parents[2]
CATALOG = ROOT / "recipes" / "catalog"
HEAVY = """
import sys
from bot.cli import main
sys.argv = ["threadwork", *sys.argv[1:]]
try:
    main()
finally:
    print(sorted({"dbos", "slack_bolt", "sqlalchemy", "pptx"} & set(sys.modules)))
"""


@pytest.fixture(autouse=True)
def _empty_place(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)


@pytest.fixture
def run(tmp_path):
    """Run the command as its own process, for exit codes."""

    def go(*arguments, **environment):
        return subprocess.run(
            [sys.executable, "-W", "error", "-m", "bot.cli", *arguments],
            cwd=tmp_path,
            env={"PYTHONPATH": str(ROOT), "PATH": "/usr/bin:/bin", **environment},
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )

    return go


@pytest.mark.parametrize("arguments", [["--help"], ["-h"], ["serve", "--help"], ["recipes", "--help"]])
def test_help_says_what_there_is(arguments):
    result = CliRunner().invoke(threadwork, arguments)
    assert result.exit_code == 0
    assert "Usage:" in result.output


def test_help_loads_nothing_heavy():
    command = [sys.executable, "-c", HEAVY, "--help"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True, timeout=60)
    assert done.stdout.splitlines()[-1] == "[]"


def test_the_manifest_is_printed_as_json():
    assert json.loads(CliRunner().invoke(threadwork, ["manifest"]).output) == make_manifest()


def test_the_recipes_are_listed():
    assert "powerpoint-report  A slide deck" in CliRunner().invoke(threadwork, ["recipes", "list"]).output


def test_a_good_recipe_is_said_to_be_good():
    result = CliRunner().invoke(threadwork, ["recipes", "check", str(CATALOG / "powerpoint-report.toml")])
    assert result.output == "powerpoint-report.toml makes the recipe powerpoint-report, version 1.\n"


def test_without_a_name_the_built_in_recipes_are_checked():
    result = CliRunner().invoke(threadwork, ["recipes", "check"])
    assert result.exit_code == 0
    assert len(result.output.splitlines()) == len(list(CATALOG.glob("*.toml")))


def test_all_faults_of_all_recipes_in_a_folder_are_said_with_their_lines(tmp_path):
    good = (CATALOG / "powerpoint-report.toml").read_text(encoding="utf-8")
    (tmp_path / "a.toml").write_text(good, encoding="utf-8")
    (tmp_path / "b.toml").write_text(good.replace('name = "PowerPoint report"\n', "").replace("minimum", "least"))
    (tmp_path / "c.toml").write_text(good, encoding="utf-8")
    result = CliRunner().invoke(threadwork, ["recipes", "check", str(tmp_path)])
    assert result.exit_code == 2
    assert result.stdout == "a.toml makes the recipe powerpoint-report, version 1.\n"
    least = next(at for at, line in enumerate((tmp_path / "b.toml").read_text().splitlines(), 1) if "least" in line)
    assert result.stderr.splitlines() == [
        "b.toml: name is missing.",
        f"b.toml, line {least - 6}: parameters.slides_count.minimum is missing.",
        f"b.toml, line {least}: parameters.slides_count.least is no field here.",
        "c.toml: slug cannot be powerpoint-report, which is the recipe in a.toml.",
    ]


def test_the_database_is_migrated(tmp_path):
    for _ in range(2):
        result = CliRunner().invoke(threadwork, ["migrate"], env={"THREADWORK_HOME": str(tmp_path / "home")})
        assert (result.exit_code, result.output) == (0, "The database has this release's tables.\n")
    assert (tmp_path / "home" / "threadwork.db").exists()


@pytest.mark.parametrize(
    ("arguments", "environment", "sentence"),
    [
        (["recipes", "check", "bad.toml"], {}, "bad.toml, line 1: it is not TOML: "),
        (["recipes", "check", "binary.toml"], {}, "binary.toml: it is not UTF-8 text."),
        (["serve"], {}, "Set SLACK_BOT_TOKEN and SLACK_APP_TOKEN (or SLACK_SIGNING_SECRET for HTTP)"),
        (["serve"], {"SLACK_BOT_TOKEN": "nonsense"}, "SLACK_BOT_TOKEN does not start with xoxb-."),
        (["migrate"], {"THREADWORK_HOMER": "x"}, "There is no setting THREADWORK_HOMER"),
        (["doctor"], {"THREADWORK_HOMER": "x"}, "There is no setting THREADWORK_HOMER"),
        (["replay", "bun_1"], {}, "`bun_1` is not the id of a ticket: those begin with `tkt_`."),
        (["replay", "tkt_1"], {}, "I cannot read "),
        (
            ["replay", "tkt_1", "--folder", "bad.toml"],
            {},
            "bad.toml is not a folder. Name another folder with --folder",
        ),
        (["replay", "tkt_1", "--folder", "."], {}, ". is not empty. Name another folder with --folder."),
        (["demo", "--fault", "gremlins"], {}, "There is no fault called gremlins; there are: delayed_events, dropped_"),
        (["demo", "--fault", "login_page:method=files.info"], {}, "login_page cannot be kept to one method."),
        (["demo", "--fault", "rate_limited:times=often"], {}, "`times` is a whole number, 1 or more."),
    ],
)
def test_bad_input_ends_with_one_sentence_and_code_2(run, tmp_path, arguments, environment, sentence):
    (tmp_path / "bad.toml").write_text("slug =", encoding="utf-8")
    (tmp_path / "binary.toml").write_bytes(b"\xff\xfe")
    done = run(*arguments, **environment)
    assert done.returncode == 2
    assert done.stderr.startswith(sentence)
    assert "Traceback" not in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1


def test_a_command_that_is_not_there_is_refused(run):
    assert run("telepathy").returncode == 2
