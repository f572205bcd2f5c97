"""LibreOffice as a second pair of eyes: it opens our Word documents as a person would."""

import shutil
import subprocess
from collections.abc import Mapping
from pathlib import Path

import pytest

PROGRAM = shutil.which("soffice") or shutil.which("libreoffice")
MISSING = (
    "LibreOffice не установлен: как документы Word выглядят на странице, не проверено "
    "(apt-get install libreoffice-writer-nogui)"
)


def to_pdf(files: Mapping[str, bytes], folder: Path) -> dict[str, bytes]:
    """Word documents by name → the PDF that LibreOffice prints of each. Skips without it.

    It has a profile of its own in ``folder``, so that it neither reads nor disturbs another one.
    """
    if PROGRAM is None:
        pytest.skip(MISSING)
    for name, content in files.items():
        (folder / f"{name}.docx").write_bytes(content)
    subprocess.run(
        [
            *(PROGRAM, f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--headless"),
            *("--convert-to", "pdf", "--outdir", folder / "pdf"),
            *(folder / f"{name}.docx" for name in files),
        ],
        check=True,
        capture_output=True,
        timeout=120,
    )
    return {name: (folder / "pdf" / f"{name}.pdf").read_bytes() for name in files}
