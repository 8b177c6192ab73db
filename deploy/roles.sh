#!/bin/sh
# Runs once, when PostgreSQL's data is made: the owner of the tables, and the application's role, which can neither
# change a table nor see past a landlord. Needs OWNER_PASSWORD and APPLICATION_PASSWORD.
set -eu

psql --username "$POSTGRES_USER" --dbname postgres --set ON_ERROR_STOP=1 \
    --set owner_password="$OWNER_PASSWORD" --set application_password="$APPLICATION_PASSWORD" <<'SQL'
CREATE ROLE asb_owner LOGIN NOSUPERUSER CREATEDB NOCREATEROLE NOBYPASSRLS PASSWORD :'owner_password';
CREATE ROLE asb_app LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOBYPASSRLS PASSWORD :'application_password';
CREATE DATABASE asbcases OWNER asb_owner;
REVOKE CONNECT ON DATABASE asbcases FROM PUBLIC;
GRANT CONNECT ON DATABASE asbcases TO asb_app;
\connect asbcases
CREATE EXTENSION pg_trgm;
CREATE EXTENSION btree_gist;
CREATE EXTENSION unaccent;
SQL
