#!/bin/sh
# Makes png/*.png from pictures.yaml and the symbols of OpenMoji, which it takes from npm in one pinned version.
# Run it after a change of pictures.yaml and look at the result: go run ./cmd/pathway pictures --sheet sheet.html
#
# Needs npm, and from Debian's packages librsvg2-bin and pngquant. Rasterisers written in Go draw the line widths wrongly.
set -eu

version=17.0.0
sum=55ee7d13485dec86e9f38c1f3a645a13382d33ff97c0cd845ee824b0aef45e68

here=$(cd "$(dirname "$0")" && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
npm pack --silent "openmoji@$version" >/dev/null
echo "$sum  openmoji-$version.tgz" | sha256sum --check --quiet
tar xzf "openmoji-$version.tgz" package/color/svg
symbols=package/color/svg

# symbol CODE X SIDE writes one symbol in its square, in the middle of the height. A child stands on the same ground as
# an adult and is smaller; the shield is green.
symbol() {
	[ -f "$symbols/$1.svg" ] || { echo "there is no symbol $1 in OpenMoji $version" >&2; exit 1; }
	x=$2 y=$(((540 - $3) / 2)) side=$3 colours=""
	case $1 in
	1F9D2) x=$((x + side * 15 / 100)) y=$((y + side * 25 / 100)) side=$((side * 70 / 100)) ;;
	1F6E1) colours='s/#EA5A47/#B1CC33/Ig; s/#D22F27/#5C9E31/Ig' ;;
	esac
	echo "<svg x=\"$x\" y=\"$y\" width=\"$side\" height=\"$side\" viewBox=\"0 0 72 72\">"
	sed -e 's/<?xml[^>]*?>//' -e 's/<!DOCTYPE[^>]*>//' -e 's/<svg[^>]*>//' -e "$colours" "$symbols/$1.svg"
}

# cross X SIDE writes a red cross over a symbol, with a white edge.
cross() {
	a=$(($1 + $2 * 15 / 100)) b=$(($1 + $2 * 85 / 100))
	top=$(((540 - $2) / 2 + $2 * 15 / 100)) bottom=$(((540 - $2) / 2 + $2 * 85 / 100))
	for line in "#fff 52" "#d22f27 32"; do
		echo "<path d=\"M$a $top L$b $bottom M$b $top L$a $bottom\" stroke=\"${line% *}\"" \
			"stroke-width=\"${line#* }\" stroke-linecap=\"round\" fill=\"none\"/>"
	done
}

# arrow X WIDTH writes an arrow to the right in a gap between two symbols.
arrow() {
	from=$(($1 + 14)) to=$(($1 + $2 - 14))
	echo "<path d=\"M$from 270 H$to M$((to - 30)) 236 L$to 270 L$((to - 30)) 304\" stroke=\"#000\"" \
		"stroke-width=\"16\" stroke-linecap=\"round\" stroke-linejoin=\"round\" fill=\"none\"/>"
}

# picture NAME MARK CODE... makes one picture.
picture() {
	name=$1 mark=$2
	shift 2
	gap=0
	[ "$mark" = arrow ] && gap=100
	side=$(((940 - gap * ($# - 1)) / $#))
	[ "$side" -le 440 ] || side=440
	x=$(((960 - side * $# - gap * ($# - 1)) / 2)) left=$#
	{
		echo '<svg xmlns="http://www.w3.org/2000/svg" width="960" height="540"><rect width="960" height="540" fill="#fff"/>'
		for code in "$@"; do
			(symbol "$code" $x $side)
			left=$((left - 1))
			[ $left -eq 0 ] && [ "$mark" = cross ] && cross $x $side
			x=$((x + side))
			[ $left -gt 0 ] && [ "$mark" = arrow ] && arrow $x $gap
			x=$((x + gap))
		done
		echo '</svg>'
	} >"$name.svg"
	rsvg-convert --background-color=white "$name.svg" >"$name.large.png"
	pngquant --force --strip --speed 1 --nofs 32 --output "$here/png/$name.png" "$name.large.png"
}

mkdir -p "$here/png"
rm -f "$here"/png/*.png
sed -n 's/^\([a-z-]*\): {symbols: \[\(.*\)\], mark: \([a-z]*\)}.*/\1 \3 \2/p' "$here/pictures.yaml" | tr -d ',' |
	while read -r name mark codes; do
		# shellcheck disable=SC2086 # the codes are words
		picture "$name" "$mark" $codes
	done

# What covers a picture: a narrow strip of nothing.
echo '<svg xmlns="http://www.w3.org/2000/svg" width="960" height="96"><rect width="960" height="96" fill="#fff"/></svg>' |
	rsvg-convert | pngquant --force --strip 2 --output "$here/blank.png" -
