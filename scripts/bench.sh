#!/usr/bin/env bash
# What docs/performance.md reports: the server under load, and the map in a browser.
#
# The load comes from a neutral tool that drives any y-websocket server; LOADTOOL names its folder
# with the programs `loadtool` and `relay`. The relay passes frames on without documents and without
# a disk: it is the limit to compare with, and is measured in the same run. The server has one core,
# the tool the other. SCENARIOS picks some of: fanout docs presence search idle open storm slow crash
# rules cluster catalogue import exports suggestions report browser; RUNS says how often those run that are measured in turn with the relay.
set -euo pipefail
cd "$(dirname "$0")/.."

server=${GAPMAP_BIN:-$PWD/target/release/gapmap}
scenarios=${SCENARIOS:-fanout docs presence search idle open storm slow crash rules cluster catalogue import exports suggestions report browser}
runs=${RUNS:-3}
work=$(mktemp -d)
pids=()
finish() {
  # The load tool may have started the server anew, under another number.
  for pid in "${pids[@]}" $(cat "$work/pid" 2>/dev/null); do kill "$pid" 2>/dev/null || true; done
  rm -rf "$work"
}
trap finish EXIT

# A token of a new account with this role in this database.
token_of() {
  echo "a password for the benchmark" | "$server" user add bench@example.org --role "$1" --password-stdin --database "$2" >/dev/null
  "$server" token create --user bench@example.org --database "$2"
}

rules() {
  echo "== edits while rules withhold something"
  cargo bench --locked --bench rules 2>/dev/null
}

catalogue() {
  echo "== lists, filters, searches and coverage over 100,000 solutions and 10,000 gaps"
  cargo bench --locked --bench catalogue 2>/dev/null
}

suggestions() {
  echo "== suggestions: how good, and how fast over 100,000 records"
  cargo bench --locked --bench suggest 2>/dev/null
}

report() {
  echo "== a report of 300 gaps, 1,000 solutions and 5,000 fits, in every format"
  cargo bench --locked --bench report 2>/dev/null
}

# 100,000 solutions as a file, and a server on the same database that answers meanwhile.
import() {
  local port=9313 rows=100000
  local database=sqlite:$work/import.db file=$work/solutions.csv
  awk -v n=$rows 'BEGIN {
    print "solution_id,name,kind,summary,programme,grant_number,lifecycle,market_status,date_checked,tlp"
    for (i = 0; i < n; i++)
      printf "SOL-%d,\"Offer %d of a laboratory, for phones\",technology,\"What it does for evidence, in the words of page %d of its maker.\",Horizon 2020,%d,completed,in_research,2026-11-%02d,CLEAR\n", i, i, i, 100000 + i, 1 + i % 28
  }' >"$file"
  local token; token=$(token_of analyst "$database")
  "$server" serve --database "$database" --listen 127.0.0.1:$port --log-level error >>"$work/log" 2>&1 & pids+=($!)
  wait_for $port
  echo "== import of $rows rows, looked at and then taken in, while the list is asked for four times a second"
  ( while sleep 0.25; do
      curl -s -o /dev/null -w '%{time_total}\n' -H "Authorization: Bearer $token" "http://127.0.0.1:$port/api/v1/solutions?limit=50"
    done >"$work/asked" ) & pids+=($!)
  local begun=$EPOCHREALTIME
  "$server" import solutions "$file" --database "$database" >"$work/imported" & local importing=$!
  local most=0 now
  while kill -0 $importing 2>/dev/null; do
    now=$(awk '/VmHWM/ { print $2 }' "/proc/$importing/status" 2>/dev/null || true)
    most=${now:-$most}; sleep 0.2
  done
  wait $importing
  local ended=$EPOCHREALTIME
  sed 's/^/   /' "$work/imported"
  awk -v a="$begun" -v b="$ended" -v n=$rows -v m="$most" 'BEGIN { printf "   rows_per_s %d\n   most_memory_mib %d\n", n / (b - a), m / 1024 }'
  sort -n "$work/asked" | awk '{ t[NR] = $1 } END { printf "   list_ms.p50 %.1f\n   list_ms.p95 %.1f\n   list_ms.max %.1f\n", 1000 * t[int((NR + 1) / 2)], 1000 * t[int(NR * 0.95)], 1000 * t[NR] }'
}

# A map of 10,000 nodes, in each format.
exports() {
  local port=9314
  local database=sqlite:$work/export.db file=$work/map.txt
  awk 'BEGIN { for (i = 0; i < 10000; i++) { for (j = i % 100 ? (i % 10 ? 2 : 1) : 0; 0 < j; j--) printf "\t"; printf "What was said %d of phones, borders and evidence\n", i } }' >"$file"
  local token; token=$(token_of facilitator "$database")
  "$server" serve --database "$database" --listen 127.0.0.1:$port --log-level error >>"$work/log" 2>&1 & pids+=($!)
  wait_for $port
  local api=http://127.0.0.1:$port/api/v1 auth="Authorization: Bearer $token"
  local session; session=$(curl -s -H "$auth" -H 'Content-Type: application/json' -d '{"title":"Bench"}' "$api/sessions" | sed 's/^{"id":"\([^"]*\).*/\1/')
  local map; map=$("$server" import map "$file" --session "$session" --database "$database" | sed 's/.* //')
  echo "== export of a map of 10,000 nodes"
  for format in json freeplane xmind opml markdown csv svg pdf png; do
    curl -s -o /dev/null -H "$auth" -w "   $format %{http_code}: %{time_total} s, %{size_download} bytes\n" "$api/maps/$map/export?format=$format"
  done
}

# One server, then three, on one PostgreSQL and one NATS, under the load of benches/cluster.
cluster() {
  local postgres nats n
  mkfifo "$work/hold"
  scripts/test-postgres.sh durable <"$work/hold" >"$work/postgres" & pids+=($!)
  scripts/test-nats.sh <"$work/hold" >"$work/nats" & pids+=($!)
  exec 9>"$work/hold" # Both end when this is closed.
  until [ -s "$work/postgres" ] && [ -s "$work/nats" ]; do sleep 0.05; done
  postgres=$(cat "$work/postgres"); nats=$(cat "$work/nats")
  for n in 1 3; do
    # Servers that know one another from the start, on a database of their own.
    local name=bench_$n address servers="" running=() number
    address=${postgres/\/postgres\?/\/$name?}
    psql -qXd "$postgres" -c "CREATE DATABASE $name"
    local token; token=$(token_of facilitator "$address")
    for number in $(seq "$n"); do
      "$server" serve --database "$address" --nats "$nats" --listen 127.0.0.1:$((9320 + number)) --log-level error >>"$work/log" 2>&1 &
      running+=($!); pids+=($!)
      servers+=" http://127.0.0.1:$((9320 + number))"
      wait_for $((9320 + number))
    done
    GAPMAP_BENCH_SERVERS=$servers GAPMAP_BENCH_PIDS=${running[*]} GAPMAP_BENCH_TOKEN=$token cargo bench --locked --bench cluster 2>/dev/null
    kill "${running[@]}"; wait "${running[@]}" 2>/dev/null || true
  done
  exec 9>&-
}

wait_for() { until (exec 3<>"/dev/tcp/127.0.0.1/$1") 2>/dev/null; do sleep 0.05; done; }

browser() {
  echo "== the map in a browser, 10,000 nodes"
  (cd frontend && npx vite build --config bench/vite.config.ts >/dev/null && node bench/map.mjs)
}

if [ -z "${LOADTOOL:-}" ]; then
  echo "LOADTOOL is not set: figures of the live map are left out (see docs/performance.md)"
  for scenario in ${SCENARIOS:-rules cluster catalogue import exports suggestions report browser}; do "$scenario"; done
  exit 0
fi

port=9311
relay_port=9312
start="taskset -c 0 $server serve --database sqlite:$work/gapmap.db --listen 127.0.0.1:$port --log-level error >>$work/log 2>&1 & echo \$! >$work/pid"

token=$(token_of facilitator "sqlite:$work/gapmap.db")

begin() { bash -c "$start"; pids+=("$(cat "$work/pid")"); wait_for $port; }
ours() { taskset -c 1 "$LOADTOOL/loadtool" --kind gapmap --url "http://127.0.0.1:$port" --token "$token" --pid-file "$work/pid" "$@"; }
limit() { taskset -c 1 "$LOADTOOL/loadtool" --url "ws://127.0.0.1:$relay_port/{doc}" --pid-file "$work/relay.pid" "$@"; }
figures() { grep -E "^($1) " | sed 's/^/   /'; }

taskset -c 0 "$LOADTOOL/relay" $relay_port & echo $! >"$work/relay.pid"; pids+=($!)
wait_for $relay_port
begin

both() { # name, then the tool's arguments: some runs of each, in turn
  local name=$1; shift
  for run in $(seq "$runs"); do
    for who in limit ours; do
      echo "== $name, run $run: $([ $who = ours ] && echo gapmap || echo relay)"
      "$who" "$@" | figures 'latency_ms.p50|latency_ms.p99|lost|refused|server_cpu_us_per_delivery'
    done
  done
}

for scenario in $scenarios; do
  case $scenario in
    fanout)
      both "fanout, 100 clients" fanout --clients 100 --writers 10 --every-ms 100 --seconds 8
      both "fanout, 300 clients" fanout --clients 300 --writers 10 --every-ms 100 --seconds 8 ;;
    docs) both "100 maps of 5" docs --docs 100 --clients 5 --writers 1 --every-ms 200 --seconds 8 ;;
    presence) both "presence, 100 clients" fanout --clients 100 --writers 10 --every-ms 100 --seconds 8 --presence-every-ms 200 ;;
    search)
      echo "== the highest rate with p99 < 100 ms, 50 clients"
      ours search --clients 50 --writers 10 --seconds 4 --from 1600 --to 6400 --halvings 1 --patience 2 2>&1 | grep -E '^[0-9]+/s|^held_per_s' | sed 's/^/   /' ;;
    idle)
      for maps in 200 600; do
        # The 400 maps more say what one map takes, without what the first of them brings into memory.
        kill "$(cat "$work/pid")"; wait 2>/dev/null "$(cat "$work/pid")" || true; sleep 0.5; begin
        echo "== idle, 2,000 connections over $maps maps"
        ours idle --connections 2000 --docs $maps --settle 8 | figures 'kib_per_connection|kib_per_doc|closed_by_server|rss_start_mib|rss_docs_mib|rss_all_mib'
      done ;;
    open)
      echo "== cold open, 1,000 nodes and 10,000 edits"
      ours open --nodes 1000 --history 10000 --tries 5 --wait 5 | figures 'cold_open_ms.p50|cold_open_ms.max|warm_open_ms.p50|bytes_transferred'
      echo "== cold open, 10,000 nodes and 100,000 edits"
      ours open --nodes 10000 --history 100000 --tries 3 --batch 50 --wait 8 | figures 'cold_open_ms.p50|cold_open_ms.max|warm_open_ms.p50|bytes_transferred' ;;
    storm)
      echo "== storm, 200 back at once"
      ours storm --clients 200 --rounds 5 | figures 'all_in_sync_ms.p50|all_in_sync_ms.max|failed' ;;
    slow)
      echo "== one of 20 stops reading"
      ours slow --clients 20 --writers 10 --every-ms 50 --seconds 12 --recover 15 --edit map --payload 4096 | figures '.*p99|.*lost|converged|slow_client_closed|.*rss.*|caught_up.*' ;;
    crash)
      echo "== kill -9, 20 rounds"
      ours crash --kill-cmd "kill -9 \$(cat $work/pid)" --start-cmd "$start" --after 3 --step 0.37 --rounds 20 | figures 'seen.*|acked.*' ;;
    rules | cluster | catalogue | import | exports | suggestions | report | browser) "$scenario" ;;
  esac
done
