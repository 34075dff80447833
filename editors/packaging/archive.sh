#!/usr/bin/env bash
# archive.sh TARGET BIN [OUT]: packs a built binary with README and LICENSE as OUT/rutter-TARGET.tar.gz (Windows: .zip), with
# its SHA-256 beside it. TARGET is a Rust target triple; OUT is the current folder unless given. Prints the archive's path.
set -euo pipefail

fail() { echo "archive.sh: $1" >&2; exit 1; }

if [ $# -lt 2 ] || [ $# -gt 3 ]; then fail "usage: archive.sh TARGET BIN [OUT]"; fi
target=$1
binary=$2
out=${3:-.}
[[ $target =~ ^[a-z0-9_]+(-[a-z0-9_]+){2,3}$ ]] || fail "'$target' is not a target triple such as x86_64-unknown-linux-musl"
[ -f "$binary" ] || fail "there is no binary at '$binary'; build it first: cargo build --release --locked -p rutter-cli --target $target"
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
mkdir -p "$out"
out=$(cd "$out" && pwd)

# The program that prints "SHA256  NAME" is called differently on macOS.
checksum() {
  if command -v sha256sum >/dev/null; then sha256sum "$1"; else shasum -a 256 "$1"; fi
}

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
name=rutter-$target
mkdir "$work/$name"
cp "$root/README.md" "$root/LICENSE" "$work/$name/"
case $target in
  *-windows-*)
    cp "$binary" "$work/$name/rutter.exe"
    archive=$name.zip
    if command -v zip >/dev/null; then
      (cd "$work" && zip -q -9 -r "$archive" "$name")
    else
      (cd "$work" && 7z a -bso0 -tzip -mx=9 "$archive" "$name")
    fi
    ;;
  *)
    cp "$binary" "$work/$name/rutter"
    chmod 755 "$work/$name/rutter"
    archive=$name.tar.gz
    # Without this macOS adds files with its own attributes.
    export COPYFILE_DISABLE=1
    tar -C "$work" -cf - "$name" | gzip -9 >"$work/$archive"
    ;;
esac
(cd "$work" && checksum "$archive" >"$archive.sha256")
mv "$work/$archive" "$work/$archive.sha256" "$out/"
printf '%s\n' "$out/$archive"
