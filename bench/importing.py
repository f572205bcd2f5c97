"""Import of 2,000 people from XLSX by the command: seconds and peak memory of its process."""

import os
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from bench.measuring import prepare, report

prepare()

from programmes.people import columns, spreadsheet  # noqa: E402
from tests import recipes  # noqa: E402

ROWS = 2000
SURNAMES = ["Иванов", "Цыдыпов", "Ткач", "Черных", "Осадчий", "Тимофеев-Цыренов", "Ли", "Соловей"]
school = recipes.make_school()
rows = [
    [
        SURNAMES[n % 8], f"Пётр{'абвгдежзик'[n % 10]}", f"Ильич{'абвгдежзик'[n // 10 % 10]}", "м",
        f"{n % 28 + 1:02d}.{n // 28 % 12 + 1:02d}.{2008 + n % 7}", "обучающийся",
        f"{n % 11 + 1}а", "", "+7 914 000-00-00", "", "",
    ]
    for n in range(ROWS)
]  # fmt: skip
file = Path(tempfile.mkdtemp(prefix="portal-bench-")) / "people.xlsx"
file.write_bytes(spreadsheet.write_xlsx("Люди", [c.title for c in columns.COLUMNS], rows))
started = time.perf_counter()
done = subprocess.run(
    [sys.executable, "manage.py", "import_people", str(file), "--school", str(school.pk)],
    env=os.environ,
    capture_output=True,
    text=True,
    check=False,
)
seconds = time.perf_counter() - started
if done.returncode:
    sys.exit(done.stderr[-500:])
peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
report("import_2000_rows", seconds, "s", school.people.count())
report("import_2000_rows_peak", peak, "MB", 1)
