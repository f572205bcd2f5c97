"""``manage.py decline``: the contract's lines in, six forms a line out."""

import subprocess
import sys
from pathlib import Path

MANAGE = Path(__file__).resolve().parents[3] / "manage.py"


def decline(text: str) -> subprocess.CompletedProcess:
    return subprocess.run(
        [sys.executable, str(MANAGE), "decline"], input=text.encode(), capture_output=True
    )


def test_six_forms_a_line():
    done = decline("Ли\tВиктор\t\tm\nposition\tтьютор\n")

    lines = done.stdout.decode().splitlines()
    assert done.returncode == 0
    assert lines[0].split("\t")[2] == "Ли Виктору"
    assert lines[1].split("\t") == [
        *("тьютор", "тьютора", "тьютору", "тьютора", "тьютором", "тьюторе")
    ]


def test_a_wrong_line_is_named_and_the_others_stand():
    done = decline("Ли\tВиктор\tm\nposition\tметодист\n")

    assert done.returncode == 1
    assert "Строка 1" in done.stderr.decode()
    assert done.stdout.decode().splitlines()[1].startswith("методист\tметодиста")
