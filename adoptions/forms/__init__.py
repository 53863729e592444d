"""Forms of this app. They clean and lay out; what must hold, the services check."""

from adoptions.forms.events import COUNT_LABELS, KIND_HINTS, EventForm
from adoptions.forms.layout import PROOF_KINDS, tell
from adoptions.forms.ledgers import LedgerForm
from adoptions.forms.outlets import OutletForm, OutletSearch
from adoptions.forms.registering import AdoptionForm, CreditFormSet, FindItemForm, RevokeForm

__all__ = [
    "COUNT_LABELS",
    "KIND_HINTS",
    "PROOF_KINDS",
    "AdoptionForm",
    "CreditFormSet",
    "EventForm",
    "FindItemForm",
    "LedgerForm",
    "OutletForm",
    "OutletSearch",
    "RevokeForm",
    "tell",
]
