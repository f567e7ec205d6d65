#!/bin/sh
# Runs a throw-away Postgres for the tests: prints its address on one line, and stops and removes
# it when standard input ends, so that it never outlives whoever started it, however they ended.
# The word "stop" on standard input pulls its plug, "start" starts it again; each is answered. What was
# committed outlasts that when the first argument is "durable".
set -eu

fast="-c fsync=off -c full_page_writes=off -c synchronous_commit=off"
[ "${1:-}" != durable ] || fast=""
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
    $as "$bin/pg_ctl" -D "$dir/data" -m immediate stop >/dev/null 2>&1 || true
    cd / && rm -rf "$dir"
}
trap stop EXIT
trap '' INT # Ctrl-C reaches the tests too; their end is what ends this.

$as "$bin/initdb" -D "$dir/data" -U postgres --auth=trust --no-sync -E UTF8 --locale=C.UTF-8 >"$dir/initdb.log" 2>&1 ||
    { cat "$dir/initdb.log" >&2; exit 1; }
# No port: a socket in a folder of its own, so that any number of these run side by side.
start() {
    $as "$bin/pg_ctl" -D "$dir/data" -w -t 60 -l "$dir/postgres.log" -o "-c listen_addresses='' -k $dir \
        -c max_connections=400 $fast" start >/dev/null ||
        { cat "$dir/postgres.log" >&2; exit 1; }
}
start

echo "postgres://postgres@localhost/postgres?host=$dir"
while read -r word; do
    case $word in
    stop) $as "$bin/pg_ctl" -D "$dir/data" -w -m immediate stop >/dev/null ;;
    start) start ;;
    esac
    echo "$word"
done
