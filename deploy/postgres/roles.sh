#!/bin/bash
# Runs once, when the database of docker-compose.yml is created: the two roles of the portal,
# the role of the replica, and the database.
set -euo pipefail
psql --username postgres --set ON_ERROR_STOP=1 \
  --set owner="$PORTAL_OWNER_PASSWORD" --set app="$PORTAL_APP_PASSWORD" \
  --set replica="$PORTAL_REPLICA_PASSWORD" <<'SQL'
CREATE ROLE portal_owner LOGIN PASSWORD :'owner';
CREATE ROLE portal_app LOGIN PASSWORD :'app';
CREATE ROLE portal_replica LOGIN REPLICATION PASSWORD :'replica';
ALTER ROLE portal_app SET statement_timeout = '30s';
ALTER ROLE portal_app SET lock_timeout = '10s';
ALTER ROLE portal_app SET idle_in_transaction_session_timeout = '60s';
CREATE DATABASE portal OWNER portal_owner;
SQL
echo "host replication portal_replica all scram-sha-256" >> "$PGDATA/pg_hba.conf"
psql --username postgres --command "SELECT pg_reload_conf()"
