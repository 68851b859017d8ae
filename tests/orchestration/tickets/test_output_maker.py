import pytest

from orchestration.tickets.output_maker import make_filename


@pytest.mark.parametrize(
    ("title", "filename"),
    [
        ("Churn fell in summer", "Churn-fell-in-summer.pptx"),
        ("../../etc/passwd", "etc-passwd.pptx"),
        ("Größe & Zahl: 2026/27", "Größe-Zahl-2026-27.pptx"),
        ("売上 報告", "売上-報告.pptx"),
        ("???", "report.pptx"),
        ("a\0b\nc", "a-b-c.pptx"),
        ("x" * 200, f"{'x' * 80}.pptx"),
        ("ﬁnal", "final.pptx"),
    ],
)
def test_a_file_is_named_by_the_letters_and_digits_of_its_title(title, filename):
    assert make_filename(title, "pptx") == filename
