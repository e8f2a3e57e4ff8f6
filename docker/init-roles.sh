#!/bin/bash
# Run once by the PostgreSQL image, when its volume is new.
set -eu
psql -v ON_ERROR_STOP=1 --username "$POSTGRES_USER" --dbname postgres \
  -v owner_password="$REALMS_DB_OWNER_PASSWORD" -v app_password="$REALMS_DB_APP_PASSWORD" \
  -f /realms/roles.sql
