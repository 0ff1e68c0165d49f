"""The report of a study's folder, and single figures of it, as files."""

from __future__ import annotations

import os
from pathlib import Path

from stcsim.api.opening import wrong_folder
from stcsim.api.opening_studies import open_for_report
from stcsim.api.study_findings import findings_of
from stcsim.errors import InputError
from stcsim.report.study import write_study_report
from stcsim.report.study.figures import figures
from stcsim.report.study.page import NAME


def study_report(folder: str | os.PathLike[str], figure: str = "") -> Path:
    """Write the report of a study's folder, or one figure of it, and return its path.

    Parameters
    ----------
    folder : of the study
    figure : name of a figure, which is written as SVG instead of the report

    Raises
    ------
    InputError
        the folder is none of a study, cannot be read or written, or there is no such figure
    """
    where = Path(folder)
    findings = findings_of(open_for_report(where), os.fspath(folder))
    try:
        if not figure:
            return write_study_report(where / NAME, findings)
        for drawn in figures(findings):
            if drawn.name == figure:
                return drawn.picture.save(where / f"{figure}.svg")
    except OSError as error:
        raise wrong_folder(where, f"cannot be written: {error.strerror or error}") from None
    names = ", ".join(drawn.name for drawn in figures(findings))
    raise InputError(f"there is no figure {figure!r} in this report; there are {names or 'none'}")
