"""An item's state, and what the checks say of it, in plain words."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Final

from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from submissions.checks.findings import Finding, Reason, Severity
from submissions.enums import IN_REVIEW, Status
from submissions.models import Item


def waiting_days(item: Item, today: date) -> int | None:
    """The day of waiting for a reviewer, 1 on the day it arrived; None when no reviewer has it."""
    if item.status not in IN_REVIEW:
        return None
    return max((today - timezone.localdate(item.status_since)).days, 0) + 1


def status_in_words(item: Item, today: date) -> str:
    """Such as 在分管领导处 第2天, 综合科负责人退回, 已签发."""
    label = str(Status(item.status).label)
    days = waiting_days(item, today)
    return label if days is None else _("%(status)s, day %(days)s") % {"status": label, "days": days}


_REASONS: Final[dict[Reason, Promise]] = {
    Reason.WRONG_WORD: gettext_lazy("Wrong or outdated wording"),
    Reason.SECRECY_MARK: gettext_lazy("Looks like the mark of a classified paper"),
    Reason.INTERNAL_MATTER: gettext_lazy("Looks like a paper or matter for inner use"),
    Reason.CASE_DETAIL: gettext_lazy("Looks like a detail of a case, or of somebody who spoke up"),
    Reason.IDENTITY_NUMBER: gettext_lazy("A citizen's identity number"),
    Reason.MOBILE_NUMBER: gettext_lazy("A mobile telephone number"),
    Reason.BANK_CARD: gettext_lazy("The number of a bank card"),
    Reason.TITLES_ORDER: gettext_lazy("Posts in the wrong order: the Party's come first"),
    Reason.NO_TIME: gettext_lazy("No time is named: say when it happened"),
    Reason.NO_PLACE: gettext_lazy("No place or unit is named: say where it happened"),
    Reason.TOO_SHORT: gettext_lazy("Short for its genre"),
    Reason.TOO_LONG: gettext_lazy("Long for its genre"),
    Reason.UNREADABLE: gettext_lazy("Not checked, or not whole: look through the file yourself"),
}
_SEVERITIES: Final[dict[Severity, Promise]] = {
    Severity.STATEMENT: gettext_lazy("Take out, or answer for it"),
    Severity.BLOCK: gettext_lazy("Must be corrected"),
    Severity.HINT: gettext_lazy("Hint"),
}


@dataclass(frozen=True, slots=True)
class Told:
    """A finding as a page shows it; `place` is 标题, 正文 or the name of a file."""

    finding: Finding
    severity: str
    reason: str
    place: str


def in_words(findings: Iterable[Finding]) -> list[Told]:
    """The findings in the order given."""
    places = {"title": _("Title"), "body": _("Body")}
    return [
        Told(
            finding,
            str(_SEVERITIES[finding.severity]),
            str(_REASONS[finding.reason]),
            places.get(finding.source, finding.source),
        )
        for finding in findings
    ]
