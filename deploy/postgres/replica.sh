#!/bin/bash
# A streaming replica: copies the primary once, then follows it.
set -euo pipefail
export PGDATA=/var/lib/postgresql/replica PGPASSWORD="$PORTAL_REPLICA_PASSWORD"
if [ ! -s "$PGDATA/PG_VERSION" ]; then
  rm -rf "$PGDATA.new"
  pg_basebackup --host postgres --username portal_replica --pgdata "$PGDATA.new" \
    --write-recovery-conf --wal-method stream --checkpoint fast
  mv "$PGDATA.new" "$PGDATA"
fi
exec postgres -D "$PGDATA" -c hot_standby=on
