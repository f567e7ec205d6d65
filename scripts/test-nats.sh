#!/bin/sh
# Runs a throw-away NATS for the tests: prints its address on one line, and kills and removes it when
# standard input ends, so that it never outlives whoever started it, however they ended.
set -eu

# Debian puts it where only root looks.
PATH=$PATH:/usr/sbin
if ! command -v nats-server >/dev/null; then
    echo "the tests need nats-server (Debian: apt-get install nats-server), or GAPMAP_TEST_NATS" >&2
    exit 1
fi

dir=$(mktemp -d "${TMPDIR:-/tmp}/gapmap-nats.XXXXXX")
nats-server -a 127.0.0.1 -p -1 --ports_file_dir "$dir" -l "$dir/nats.log" </dev/null >/dev/null &
pid=$!
stop() {
    kill -9 "$pid" 2>/dev/null || true
    rm -rf "$dir"
}
trap stop EXIT
trap '' INT # Ctrl-C reaches the tests too; their end is what ends this.

until [ -s "$dir/nats-server_$pid.ports" ]; do
    kill -0 "$pid" 2>/dev/null || { cat "$dir/nats.log" >&2; exit 1; }
    sleep 0.02
done
echo "$(sed 's/.*"nats":\["\([^"]*\)".*/\1/' "$dir/nats-server_$pid.ports")"
cat >/dev/null
