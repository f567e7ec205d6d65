#!/bin/sh
# Runs a throw-away Postgres for the tests: prints its address on one line, and stops and removes
# it when standard input ends, so that it never outlives whoever started it, however they ended.
# The word "stop" on standard input pulls its plug, "start" starts it again; each is answered. What was
# committed outlasts that when the first argument is "durable". When that is "replicated", there is a
# standby besides, whose address stands behind the first, and which has every commit before that is
# told; "kill" ends the first for good, without a warning, and "promote" puts the standby in its place.
set -eu

kind=${1:-fast}
fast=""
[ "$kind" != fast ] || fast="-c fsync=off -c full_page_writes=off -c synchronous_commit=off"
bin=$(ls -d /usr/lib/postgresql/*/bin "$(pg_config --bindir 2>/dev/null || true)" 2>/dev/null | sort -V | tail -1)
if [ ! -x "$bin/initdb" ]; then
    echo "the tests need PostgreSQL's own programs (Debian: apt-get install postgresql), or GAPMAP_TEST_POSTGRES" >&2
    exit 1
fi

dir=$(mktemp -d "${TMPDIR:-/tmp}/gapmap-postgres.XXXXXX")
as=""
if [ "$(id -u)" = 0 ]; then # Postgres refuses to run as root.
    chown postgres: "$dir"
    as="setpriv --reuid=postgres --regid=postgres --init-groups"
fi
cd "$dir"
stop() {
    for data in data standby; do
        $as "$bin/pg_ctl" -D "$dir/$data" -m immediate stop >/dev/null 2>&1 || true
    done
    cd / && rm -rf "$dir"
}
trap stop EXIT
trap '' INT # Ctrl-C reaches the tests too; their end is what ends this.

$as "$bin/initdb" -D "$dir/data" -U postgres --auth=trust --no-sync -E UTF8 --locale=C.UTF-8 >"$dir/initdb.log" 2>&1 ||
    { cat "$dir/initdb.log" >&2; exit 1; }
# No port: a socket in a folder of its own, so that any number of these run side by side. Its number
# is the name of the socket.
start() {
    $as "$bin/pg_ctl" -D "$dir/$1" -w -t 60 -l "$dir/$1.log" -o "-c listen_addresses='' -k $dir -p $2 \
        -c max_connections=400 $fast" start >/dev/null ||
        { cat "$dir/$1.log" >&2; exit 1; }
}
start data 5432
address="postgres://postgres@localhost/postgres?host=$dir"

# Asks the first one.
ask() { $as "$bin/psql" -qXAt -h "$dir" -U postgres "$@"; }
if [ "$kind" = replicated ]; then
    $as "$bin/pg_basebackup" -h "$dir" -U postgres -D "$dir/standby" -R -X stream -c fast --no-sync
    start standby 5433
    # Not before: the standby, once in its place, waits for nobody.
    ask -c "ALTER SYSTEM SET synchronous_standby_names = '*'" -c "SELECT pg_reload_conf()" >/dev/null
    until [ "$(ask -c "SELECT count(*) FROM pg_stat_replication WHERE sync_state = 'sync'")" = 1 ]; do sleep 0.05; done
    address="$address postgres://postgres@localhost:5433/postgres?host=$dir"
fi

echo "$address"
while read -r word; do
    case $word in
    stop) $as "$bin/pg_ctl" -D "$dir/data" -w -m immediate stop >/dev/null ;;
    start) start data 5432 ;;
    kill) kill -9 "$(head -1 "$dir/data/postmaster.pid")" ;;
    promote) $as "$bin/pg_ctl" -D "$dir/standby" -w promote >/dev/null ;;
    esac
    echo "$word"
done
