#!/bin/sh
# Installs what the tests need beside Go, says what it installs, and names what it could not.
# In continuous integration (CI set and not empty) nothing may be missing.
set -u

missing=""
for pair in redis-server:redis-server chromium:chromium; do
	command -v "${pair%%:*}" >/dev/null 2>&1 || missing="$missing ${pair##*:}"
done
[ -n "$missing" ] || exit 0

as_root=""
if [ "$(id -u)" != 0 ]; then
	if command -v sudo >/dev/null 2>&1 && sudo -n true 2>/dev/null; then
		as_root="sudo"
	else
		as_root="none"
	fi
fi
if command -v apt-get >/dev/null 2>&1 && [ "$as_root" != none ]; then
	echo "installing from Debian's packages:$missing"
	$as_root env DEBIAN_FRONTEND=noninteractive sh -c "
		apt-get update -qq &&
		apt-get install -y -qq --no-install-recommends $missing >/dev/null"
fi

left=""
for pair in redis-server:redis-server chromium:chromium; do
	command -v "${pair%%:*}" >/dev/null 2>&1 || left="$left ${pair##*:}"
done
[ -n "$left" ] || exit 0
echo "could not install:$left. Tests that need it are skipped." >&2
[ -z "${CI:-}" ]
