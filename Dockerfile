# One image for web, worker, beat and migrate; docker-compose.yml says which command each runs.
FROM python:3.13-slim

ENV PYTHONUNBUFFERED=1 \
    PYTHONDONTWRITEBYTECODE=1 \
    PIP_DISABLE_PIP_VERSION_CHECK=1 \
    PIP_NO_CACHE_DIR=1

# The account that owns nothing but its data; the same number everywhere, so volumes can be moved.
RUN useradd --system --uid 10001 --home-dir /var/lib/publicity --shell /usr/sbin/nologin publicity \
    && install -d -o publicity -g publicity -m 0700 /var/lib/publicity

WORKDIR /app
COPY requirements.txt ./
RUN python -m pip install --require-hashes -r requirements.txt
COPY . .

# Hashed and compressed once, here: the running container needs no write access to the program.
ENV STATIC_ROOT=/app/staticfiles
RUN PUBLICITY_ENV=local PUBLICITY_VAR=/tmp/build python manage.py collectstatic --noinput \
    && rm -rf /tmp/build

ENV PUBLICITY_ENV=production \
    PUBLICITY_VAR=/var/lib/publicity
USER publicity
VOLUME /var/lib/publicity
EXPOSE 8000
CMD ["gunicorn", "publicity.wsgi", "--bind", "0.0.0.0:8000", "--workers", "3", "--threads", "4", "--timeout", "120", "--worker-tmp-dir", "/dev/shm", "--no-control-socket", "--access-logfile", "-"]
