"""Django's own words that its Chinese catalogue lacks; naming them here puts them into ours."""

from django.utils.translation import gettext_lazy as _

BORROWED = (_("- Select an option -"),)
