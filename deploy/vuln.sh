#!/bin/sh
# Looks for known vulnerabilities in what the project calls (https://go.dev/doc/security/vuln/) with the govulncheck
# named. Where the database is out of reach it says so and passes; in continuous integration (CI set and not empty)
# that is a failure, as a vulnerability is everywhere.
set -u
said=$("$1" ./... 2>&1)
code=$?
printf '%s\n' "$said"
[ "$code" -ne 0 ] || exit 0
case $said in
*"fetching vulnerabilities"*)
	[ -z "${CI:-}" ] || exit 1
	echo "skipped: database out of reach"
	exit 0
	;;
esac
exit "$code"
