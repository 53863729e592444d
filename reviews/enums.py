"""What can be done to an item in review."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Action(models.TextChoices):
    SUBMIT = "submit", _("File")
    WITHDRAW = "withdraw", _("Withdraw")
    PASS = "pass", _("Pass")
    RETURN = "return", _("Return for revision")
    ISSUE = "issue", _("Sign and issue")
    RECUSE = "recuse", _("Recused")
    SEND_BACK = "send_back", _("Send back to an earlier level")
    EDIT = "edit", _("Edit the text")
    MERGE = "merge", _("Merge into another item")
    UNDO = "undo", _("Undo")


class Reason(models.TextChoices):
    """Why an item, or a place in it, has to be revised."""

    FACTS = "facts", _("facts to be verified")
    WORDING = "wording", _("wording or typing errors")
    TITLE = "title", _("title")
    STRUCTURE = "structure", _("structure or length")
    POLICY = "policy", _("policy or statement")
    DIRECTION = "direction", _("political direction")
    SECRECY = "secrecy", _("secrecy: not to be published")
    CONSENT = "consent", _("consent of the units concerned")
    MATERIAL = "material", _("pictures or files")
    AUTHORS = "authors", _("authors and credit")
    OTHER = "other", _("other")


class FitToSign(models.TextChoices):
    """Who may sign for one of the office's reviewers who is away."""

    STAFF = "staff", _("anybody of the office itself, with its sections and teams")
    SIGNERS = "signers", _("who signs at a level of the office")
    RANK = "rank", _("who signs at the same, a higher or the next lower level")


class Secrecy(models.TextChoices):
    """Which items of an office need a separate secrecy review before they are issued."""

    NONE = "none", _("none")
    IMPORTANT = "important", _("important items")
    FOUND = "found", _("important items, and items in which the checks found something secret")
    ALL = "all", _("all items")


class MeetingKind(models.TextChoices):
    GROUP = "group", _("Leading group's meeting")
    DIRECTORS = "directors", _("Director's meeting")


class Stance(models.TextChoices):
    AGREE = "agree", _("agrees")
    CHANGES = "changes", _("agrees with changes")
    DISAGREE = "disagree", _("does not agree")
    ABSTAIN = "abstain", _("abstains")
    ABSENT = "absent", _("absent")


#: Actions by which a person answers for a level.
SIGNING = frozenset({Action.PASS, Action.RETURN, Action.ISSUE, Action.SEND_BACK})
#: Actions that bring an item back, to its writers or to an earlier level, with what is to be revised.
RETURNING = frozenset({Action.RETURN, Action.SEND_BACK})
#: Actions that let an item go on.
APPROVING = frozenset({Action.PASS, Action.ISSUE})
