"""Who may not decide on an item: a view in the database, so that the rule has one home and is asked cheaply
for one item, for one person and for all items at once."""

from __future__ import annotations

from typing import Final

from django.conf import settings
from django.db import models

#: In `Involvement.level`: wrote or filed the item, as it is or as it once was filed.
WRITER: Final = "writer"
#: In `Involvement.level`: reviewed the item for secrets.
SECRECY: Final = "secrecy"


class Involvement(models.Model):
    """The part a person had in an item, which keeps them from deciding on it at any other level.

    Writers are the submitter, the authors, and whoever was one of them when a version was filed. A level was
    answered for by who signed there, and by whom they stood in for, unless it was undone. The view is made
    by the migrations of this app; the columns it reads cannot change their type below it.
    """

    pk = models.CompositePrimaryKey("item", "user", "level")
    item = models.ForeignKey("submissions.Item", on_delete=models.DO_NOTHING, related_name="involved")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.DO_NOTHING, related_name="+")
    #: The status of the level the person answered for, or WRITER, or SECRECY.
    level = models.CharField(max_length=20)

    class Meta:
        managed = False

    def __str__(self) -> str:
        return f"{self.item} {self.user} {self.level}"
