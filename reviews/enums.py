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


#: Actions by which a person answers for a level.
SIGNING = frozenset({Action.PASS, Action.RETURN, Action.ISSUE})
#: Actions that let an item go on.
APPROVING = frozenset({Action.PASS, Action.ISSUE})
