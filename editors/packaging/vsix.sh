#!/usr/bin/env bash
# vsix.sh universal [OUT] | vsix.sh PLATFORM ARCHIVE [OUT]: packs the VS Code extension as OUT/rutter-PLATFORM.vsix, with the
# server of an archive that archive.sh made. PLATFORM is a name of the marketplaces, such as linux-x64; the universal
# package carries no server and uses the one on the PATH. Needs `npm ci` in editors/vscode first. Prints the path.
set -euo pipefail

fail() { echo "vsix.sh: $1" >&2; exit 1; }

usage="usage: vsix.sh universal [OUT], or vsix.sh PLATFORM ARCHIVE [OUT]"
platform=${1:-}
archive=
case $platform in
  universal) shift ;;
  linux-x64 | linux-arm64 | alpine-x64 | alpine-arm64 | darwin-x64 | darwin-arm64 | win32-x64)
    [ $# -ge 2 ] || fail "$usage"
    archive=$2
    [ -f "$archive" ] || fail "there is no archive at '$archive'; make it with archive.sh"
    archive=$(cd "$(dirname "$archive")" && pwd)/$(basename "$archive")
    shift 2
    ;;
  '') fail "$usage" ;;
  *) fail "there is no binary for '$platform': use linux-x64, linux-arm64, alpine-x64, alpine-arm64, darwin-x64, darwin-arm64, win32-x64 or universal" ;;
esac
[ $# -le 1 ] || fail "$usage"
out=${1:-.}
mkdir -p "$out"
out=$(cd "$out" && pwd)
cd "$(dirname "${BASH_SOURCE[0]}")/../vscode"
[ -x node_modules/.bin/vsce ] || fail "vsce is not installed; run npm ci in editors/vscode"

# The extension looks for its server in this folder before the PATH (src/binary.ts).
server=$PWD/server
[ ! -e "$server" ] || fail "'$server' exists already; remove it"
trap 'rm -rf "$server"' EXIT

npm run --silent build
options=(--no-dependencies --allow-missing-repository)
if [ -n "$archive" ]; then
  mkdir "$server"
  case $archive in
    *.zip) unzip -q -j "$archive" '*/rutter.exe' -d "$server" ;;
    *.tar.gz) tar -xzf "$archive" -C "$server" --strip-components=1 "$(basename "$archive" .tar.gz)/rutter" ;;
    *) fail "'$archive' is neither a .tar.gz nor a .zip" ;;
  esac
  options+=(--target "$platform")
fi
node_modules/.bin/vsce package "${options[@]}" -o "$out/rutter-$platform.vsix" >&2
printf '%s\n' "$out/rutter-$platform.vsix"
