#!/bin/sh
# Builds twice, from two clean copies in folders of different names and lengths and each with an empty build cache, and
# compares the SHA-256 of each binary. Prints them, and fails where they differ. "reproduce.sh quick" uses the usual
# cache: that shows what folder and flags do, and not what the compiler does.
set -eu
cd "$(dirname "$0")/.."
work=$(mktemp -d)
trap 'chmod -R u+w "$work" && rm -rf "$work"' EXIT INT TERM
one=$work/a two=$work/another-folder/with/a/longer/name
for copy in "$one" "$two"; do
	mkdir -p "$copy"
	# What is in the folder and not ignored: a clean copy also where something is not committed yet.
	if git rev-parse --is-inside-work-tree >/dev/null 2>&1; then
		git ls-files -z --cached --others --exclude-standard | xargs -0 sh -c 'for f; do [ ! -e "$f" ] || printf "%s\0" "$f"; done' sh |
			tar --create --null --files-from=- --file=- | tar --extract --directory="$copy" --file=-
	else
		tar --create --exclude=./.tools --exclude=./bin --file=- . | tar --extract --directory="$copy" --file=-
	fi
	if [ "${1:-}" = quick ]; then
		sh "$copy/deploy/build.sh" "$copy/bin"
	else
		GOCACHE=$copy.cache sh "$copy/deploy/build.sh" "$copy/bin"
		rm -rf "$copy.cache"
	fi
done
(cd "$one/bin" && sha256sum -- *) | tee "$work/sums"
(cd "$two/bin" && sha256sum --check --quiet "$work/sums") || {
	echo "the two builds differ" >&2
	exit 1
}
echo "the same twice, with $(go env GOVERSION) for $(go env GOOS)/$(go env GOARCH)"
