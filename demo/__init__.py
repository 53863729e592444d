"""The demo city: an office with real place names, in which every person, medium and event is invented.

`cast`, `media` and `texts` hold what there is; `plan` decides, without the database, who files what and
what becomes of it; `build` founds the `city` and lets everything happen on its `agenda`, in the order of
time and through the services of the apps: `filing`, `adopting`, `figures`.
"""
