"""Words for the audit trail: every action that is recorded anywhere, and every kind of object.

The trail stores the codes. They are named here, below the apps that record them, so that the auditor's
page and its filter have one list; a test compares it with the calls of `accounts.services.record`.
"""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

ACTIONS: dict[str, Promise] = {
    "login": _("Logged in"),
    "login.failed": _("Login failed"),
    "logout": _("Logged out"),
    "password.change": _("Changed own password"),
    "profile.change": _("Changed own profile"),
    "office.set-up": _("Set up the office"),
    "unit.open": _("Opened a unit"),
    "unit.change": _("Changed a unit"),
    "person.create": _("Opened an account"),
    "person.change": _("Changed an account"),
    "person.password": _("Reset a password"),
    "person.deactivate": _("Deactivated an account"),
    "person.reactivate": _("Reactivated an account"),
    "role.grant": _("Gave a role"),
    "role.end": _("Ended a role"),
    "audit.read": _("Read the audit trail"),
    "item.submit": _("Filed an item"),
    "item.withdraw": _("Withdrew an item"),
    "item.pass": _("Passed an item"),
    "item.return": _("Returned an item"),
    "item.issue": _("Signed and issued an item"),
    "item.recuse": _("Recusal recorded"),
    "item.discard": _("Discarded a draft"),
    "adoption.register": _("Registered an adoption"),
    "adoption.edit": _("Corrected an adoption"),
    "adoption.revoke": _("Revoked an adoption"),
    "outlet.create": _("Added an outlet"),
    "outlet.edit": _("Changed an outlet"),
    "ledger.import": _("Imported a ledger"),
    "ledger.discard": _("Discarded a ledger import"),
    "scheme.add": _("Added a scoring scheme"),
    "bulletin.draft": _("Drafted a bulletin"),
    "bulletin.check": _("Checked a bulletin"),
    "bulletin.reopen": _("Reopened a bulletin"),
    "bulletin.issue": _("Issued a bulletin"),
}

TARGETS: dict[str, Promise] = {
    "accounts.user": _("Account"),
    "accounts.unit": _("Unit"),
    "accounts.rolegrant": _("Role"),
    "submissions.item": _("Item"),
    "adoptions.outlet": _("Outlet"),
    "adoptions.adoption": _("Adoption"),
    "adoptions.ledgerimport": _("Ledger import"),
    "stats.schemeversion": _("Scoring scheme"),
    "stats.tally": _("Monthly count"),
    "stats.bulletin": _("Bulletin"),
}
