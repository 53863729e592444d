"""The checks of an item as it stands, with its office's dictionary, and who answers for what they found."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from typing import IO, Final

from django.db import transaction
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import Unit, User
from accounts.services.audit import record
from paper import previewing
from paper.previewing import NoPreview
from submissions.checks.documents import READ
from submissions.checks.findings import Finding, Reason, Severity
from submissions.checks.item import check_item
from submissions.checks.wording import Dictionary, WrongWord
from submissions.enums import WordSeverity
from submissions.models import Item, OfficeWord

#: Why a file was not checked, and what to do.
_UNCHECKED: Final[Mapping[previewing.Reason, Promise]] = {
    previewing.Reason.BROKEN: gettext_lazy(
        "It is damaged: open it in Word or WPS, save it again, and attach that."
    ),
    previewing.Reason.LARGE: gettext_lazy(
        "It is too large or too intricate to be checked: attach it in parts, or what belongs to the item."
    ),
    previewing.Reason.BUSY: gettext_lazy(
        "Too many files were being checked: remove it and attach it again in a minute."
    ),
    previewing.Reason.MISSING: gettext_lazy(
        "It is not in its place any more: remove it and attach it again."
    ),
}
#: So many of the parts that were not read are named.
_NAMED: Final = 5
SHIPPED = Path(__file__).resolve().parents[1] / "checks" / "words.json"


def findings_of(item: Item) -> list[Finding]:
    """Everything the checks say of the working text and its files, the gravest first; four queries."""
    found = check_item(
        title=item.title,
        body=item.body,
        genre=item.genre,
        units=_names(item),
        dictionary=dictionary_of(item.office),
    )
    if item.pk:
        files = item.attachments.filter(removed_at__isnull=True).order_by("pk")
        found += [Finding.from_json(data) for file in files for data in file.findings]
    return sorted(found, key=lambda finding: finding.order)


def findings_in_file(file: IO[bytes], name: str, extension: str) -> list[Finding]:
    """The secrets in the words of an upload. What was not checked, the whole file or a part of it, is a
    finding as well: somebody has to look through it and answer for it. The file is left at its start.
    """
    if extension not in READ:
        return []
    try:
        with previewing.on_disk(file) as path:
            answer, _none = previewing.ask(
                "submissions.inside.found", path=path, name=name, extension=extension
            )
    except NoPreview as error:
        return [_unchecked(name, str(_UNCHECKED[error.reason]))]
    finally:
        file.seek(0)
    findings = [Finding.from_json(told) for told in answer["findings"]]
    if unread := answer["unread"]:
        more = "…" if len(unread) > _NAMED else ""
        parts = "、".join(unread[:_NAMED]) + more
        note = _(
            "Parts that cannot be read: %(parts)s. Take out what is embedded there, or look at it yourself."
        )
        findings.append(_unchecked(name, note % {"parts": parts}))
    return findings


def _unchecked(name: str, note: str) -> Finding:
    return Finding(Reason.UNREADABLE, Severity.STATEMENT, name, note=note)


def digest_of_secrets(findings: Iterable[Finding]) -> str:
    """A hash of the places somebody has to answer for; empty when there are none.

    It names what was found and what stands around it, not where: text moved by a line needs no new answer.
    """
    places = sorted(
        [finding.reason, finding.source, finding.before, finding.found, finding.after, finding.note]
        for finding in findings
        if finding.severity is Severity.STATEMENT
    )
    return hashlib.sha256(json.dumps(places, ensure_ascii=False).encode()).hexdigest() if places else ""


def unanswered(item: Item, findings: Iterable[Finding]) -> dict[str, str]:
    """What the findings still keep from being filed: field name → what to do."""
    findings = list(findings)
    problems: dict[str, str] = {}
    blocked = [finding for finding in findings if finding.severity is Severity.BLOCK]
    for source in ("title", "body"):
        words = [f"{finding.found} → {finding.suggestion}" for finding in blocked if finding.source == source]
        if words:
            problems[source] = _("Correct these words: %(words)s.") % {"words": "；".join(words)}
    wanted = digest_of_secrets(findings)
    if not wanted:
        return problems
    if not item.secrecy_stated_by:
        problems["secrecy_stated_by"] = _("Take the places out that look like secrets, or name who answers.")
    if not item.secrecy_statement:
        problems["secrecy_statement"] = _("Say why the places that look like secrets are none.")
    if item.secrecy_stated_by and item.secrecy_statement and item.secrecy_stated_for != wanted:
        problems["secrecy_statement"] = _(
            "The places that look like secrets are others than before: look at them, and confirm again."
        )
    return problems


def dictionary_of(office: Unit) -> Dictionary:
    """The shipped words with the office's own in front."""
    own = OfficeWord.objects.filter(office=office).order_by("wrong")
    rows = own.values_list("wrong", "right", "severity", "note")
    return _dictionary(tuple(rows))


def shipped_words() -> tuple[WrongWord, ...]:
    """The list that comes with the program."""
    return tuple(
        WrongWord(
            **entry | {"severity": Severity(entry["severity"]), "unless": tuple(entry.get("unless", ()))}
        )
        for entry in json.loads(SHIPPED.read_text(encoding="utf-8"))
    )


@lru_cache(maxsize=64)
def _dictionary(own: tuple[tuple[str, str, str, str], ...]) -> Dictionary:
    """Built once for each state of an office's list."""
    words = {word.wrong: word for word in shipped_words()}
    for wrong, right, severity, note in own:
        if severity == WordSeverity.OFF:
            words.pop(wrong, None)
        else:
            words[wrong] = WrongWord(wrong, right, Severity(severity), note)
    return Dictionary(words.values())


def _names(item: Item) -> list[str]:
    units = Unit.objects.under(item.office)
    return [name for pair in units.values_list("name", "short_name") for name in pair if name]


@transaction.atomic
def save_word(
    *, office: Unit, wrong: str, right: str, severity: str, note: str, by: User, now: datetime
) -> OfficeWord:
    """Put a word on the office's list, or change the entry of the same wrong word."""
    word, _created = OfficeWord.objects.update_or_create(
        office=office,
        wrong=wrong,
        defaults={"right": right, "severity": severity, "note": note, "changed_by": by, "changed_at": now},
    )
    detail = {"right": right, "severity": severity}
    record(actor=by, action="word.save", target=word, office=office, now=now, detail=detail)
    return word


@transaction.atomic
def remove_word(*, word: OfficeWord, by: User, now: datetime) -> None:
    """Take a word off the office's list; the shipped entry of the same word counts again."""
    record(actor=by, action="word.remove", target=word, office=word.office, now=now)
    word.delete()
