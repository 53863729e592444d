"""How static files are stored and named: by their content, so that browsers keep them for ever."""

from __future__ import annotations

from whitenoise.storage import CompressedManifestStaticFilesStorage


class ModuleStaticFilesStorage(CompressedManifestStaticFilesStorage):  # type: ignore[misc]  # whitenoise is untyped
    """Modules import each other by those names too.

    An import map would do the same for browsers, but is an inline script, which the CSP refuses.
    """

    support_js_module_import_aggregation = True
