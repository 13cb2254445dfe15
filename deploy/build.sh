#!/bin/sh
# Builds what is released, bot and pathway, into the folder named (default bin): the one place for the flags, so that
# make, the image and the test of the same hash build alike. The same source and the same Go give the same bytes.
#
#   CGO_ENABLED=0     no library of the machine that builds gets in, and none is needed where it runs
#   -trimpath         no path of the machine that builds
#   -buildvcs=false   the image and an unpacked archive have no .git, and must give the same bytes as a clone
#   -s -w             no symbols for a debugger: a third smaller; a stack trace still names functions and lines
#   -buildid=         no name that the build gives itself, which differs where the cache or the flags of a tool do
#   GOFLAGS, GOAMD64, GOARM64, GOEXPERIMENT: what somebody has set for themselves does not change what is released
#
# GOOS and GOARCH may be set: they choose another machine, and another hash. "go version -m bin/bot" says what a
# binary was built with.
set -eu
out=$(mkdir -p "${1:-bin}" && cd "${1:-bin}" && pwd)
cd "$(dirname "$0")/.."
export CGO_ENABLED=0 GOFLAGS=-mod=readonly GOWORK=off GOAMD64=v1 GOARM64=v8.0 GOEXPERIMENT=
exec go build -trimpath -buildvcs=false -ldflags="-s -w -buildid=" -o "$out" ./cmd/bot ./cmd/pathway
