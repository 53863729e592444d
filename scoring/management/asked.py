"""What the commands are asked for: an office, a month, a day, a scheme."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

from django.core.management.base import CommandError
from django.utils.translation import gettext as _

from accounts.models import Unit
from scoring.periods.month import Month, PeriodError
from scoring.schemes.reading import named_once, shipped, shipped_names


def office_of(code: str) -> Unit:
    """The office with this code. CommandError lists the offices there are."""
    office = Unit.objects.offices().filter(code=code).first()
    if office is None:
        known = "、".join(f"{unit.code} {unit.name}" for unit in Unit.objects.offices().in_order()[:20])
        raise CommandError(
            _("There is no office with the code %(code)s. Offices: %(known)s")
            % {"code": code, "known": known or _("none")}
        )
    return office


def month_of(text: str) -> Month:
    """The month that a text names. CommandError for none."""
    try:
        return Month.parse(text)
    except PeriodError as error:
        raise CommandError(_("%(text)s is no month: write it like 2026-03.") % {"text": text}) from error


def day_of(text: str) -> date:
    """The day that a text names. CommandError for none."""
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise CommandError(_("%(text)s is no day: write it like 2026-01-01.") % {"text": text}) from error


def scheme_data(name: str) -> Any:
    """The JSON data of a shipped scheme, by its name, or of a file. CommandError when there is none."""
    file = Path(name)
    if name.lower() in shipped_names() and not file.is_file():
        return shipped(name.lower())
    try:
        return json.loads(file.read_text(encoding="utf-8-sig"), object_pairs_hook=named_once)
    except FileNotFoundError as error:
        raise CommandError(
            _("There is no scheme %(file)s: name a JSON file or one of the shipped schemes %(names)s.")
            % {"file": file, "names": "、".join(shipped_names())}
        ) from error
    except OSError as error:
        raise CommandError(
            _("%(file)s cannot be read: %(reason)s") % {"file": file, "reason": error.strerror}
        ) from error
    except (ValueError, RecursionError) as error:
        raise CommandError(
            _("%(file)s is not JSON in UTF-8: %(reason)s") % {"file": file, "reason": error}
        ) from error
