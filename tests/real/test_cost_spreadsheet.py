"""LibreOffice, headless, recalculates the spreadsheet to the totals of the other formats."""

from __future__ import annotations

import csv
import io
import re
import shutil
import subprocess
import zipfile
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from edgeward.ownership.compare import cost_plant
from edgeward.ownership.priced import PlantCost
from edgeward.report.cost import render_cost
from edgeward.session import assess_plant, open_session

_ROOT = Path(__file__).parents[2]
_SOFFICE = shutil.which("soffice")
_TODAY = date(2026, 11, 23)


@pytest.mark.skipif(_SOFFICE is None, reason="LibreOffice is not installed")
def test_a_recalculated_spreadsheet_has_the_same_totals(tmp_path: Path) -> None:
    pytest.importorskip("xlsxwriter")
    cost = _cost("teck-haul-trucks")
    book = tmp_path / "cost.xlsx"
    book.write_bytes(_without_values(render_cost([cost], "xlsx", True, False, _TODAY)))
    totals = _recalculated(book, tmp_path)
    expected = {place.name: place.monthly.best for place in cost.use_cases[0].alternatives}
    assert {row["Place"]: Decimal(row["A month"]) for row in totals} == expected


def _cost(name: str) -> PlantCost:
    session = open_session(_ROOT, _TODAY)
    plant = assess_plant(session, name)
    assert plant.site is not None
    assert plant.decision is not None
    return cost_plant(
        plant.site, session.workspace.catalog, session.book.thresholds, plant.decision, _TODAY
    )


def _without_values(book: bytes) -> bytes:
    """The same spreadsheet with formulas only: nothing to show that was not worked out afresh."""
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(book)) as old, zipfile.ZipFile(target, "w") as new:
        for name in old.namelist():
            new.writestr(name, re.sub(rb"(</f>)<v>[^<]*</v>", rb"\1", old.read(name)))
    return target.getvalue()


def _recalculated(book: Path, folder: Path) -> list[dict[str, str]]:
    """The first sheet as LibreOffice works it out; full precision, all formulas afresh."""
    assert _SOFFICE is not None
    # 44 comma, 34 quote, 76 UTF-8, not as shown: the cell's own digits.
    form = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,false,false"
    subprocess.run(
        [
            _SOFFICE,
            f"-env:UserInstallation=file://{folder / 'profile'}",
            *("--headless", "--convert-to", form, "--outdir", str(folder), str(book)),
        ],
        check=True,
        capture_output=True,
        timeout=180,
    )
    return list(csv.DictReader(io.StringIO(book.with_suffix(".csv").read_text())))
