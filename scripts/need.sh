#!/usr/bin/env bash
# Says in one line what is missing; installs Debian's packages for the tests where it may.
set -euo pipefail

fail() { echo "missing: $1" >&2; exit 1; }

command -v cargo >/dev/null || fail "Rust 1.95 or later (https://rustup.rs)"
command -v cc >/dev/null || fail "a C compiler (Debian: apt-get install gcc)"
command -v node >/dev/null || fail "Node 20.19 or later (https://nodejs.org)"
command -v npm >/dev/null || fail "npm, which comes with Node"
node -e 'const [a, b] = process.versions.node.split(".").map(Number); process.exit(a > 20 || (a === 20 && b >= 19) ? 0 : 1)' \
  || fail "Node 20.19 or later; this is $(node --version)"
rustc --version | awk '{split($2, v, "."); exit !(v[1] > 1 || v[2] >= 95)}' \
  || fail "Rust 1.95 or later; this is $(rustc --version)"

[ "${1:-build}" = test ] || exit 0

wanted=()
ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1 || wanted+=(postgresql)
command -v chromium >/dev/null || wanted+=(chromium fonts-dejavu-core)
command -v xmllint >/dev/null || wanted+=(libxml2-utils)
PATH=$PATH:/usr/sbin command -v nats-server >/dev/null || wanted+=(nats-server)
command -v qpdf >/dev/null || wanted+=(qpdf)
command -v pdftotext >/dev/null || wanted+=(poppler-utils)
command -v soffice >/dev/null || wanted+=(libreoffice-writer-nogui)
[ ${#wanted[@]} -eq 0 ] && exit 0

if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
  apt-get update -q >/dev/null
  DEBIAN_FRONTEND=noninteractive apt-get install -yq --no-install-recommends "${wanted[@]}" >/dev/null
else
  fail "${wanted[*]} for the tests (Debian: apt-get install ${wanted[*]})"
fi
