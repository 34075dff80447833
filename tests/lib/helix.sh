# The Helix part of tests/run: sourced by it, not run by itself. Helix runs in the terminal of the pinned Neovim.
# shellcheck shell=bash

# shellcheck source=tests/lib/debian.sh
source "$(dirname "${BASH_SOURCE[0]}")/debian.sh"
# shellcheck source=tests/lib/neovim.sh
source "$(dirname "${BASH_SOURCE[0]}")/neovim.sh"

# Prints the path of Helix; installs it into the cache folder first where it is missing.
helix_path() {
  local home
  home=$(debian_root helix hx) || return 1
  debian_program "$home" hx "HELIX_RUNTIME=$home/root/usr/lib/hx/runtime" || return 1
  printf '%s\n' "$home/bin/hx"
}

# run_helix_tests BINARY: runs every script of tests/helix in a project and a home of its own; stops at the first that fails.
# RUTTER_HELIX names another Helix to test with.
run_helix_tests() {
  local binary here helix nvim root script name
  binary=$(realpath -e "$1") || { echo "there is no rutter binary at '$1'; build it first" >&2; return 1; }
  here=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd) || return 1
  nvim=${RUTTER_NVIM:-$(neovim_path)} && [ -x "$nvim" ] || return 1
  helix=${RUTTER_HELIX:-$(helix_path)} && [ -x "$helix" ] || return 1
  "$helix" --version || return 1
  root=$(mktemp -d) || return 1
  local failed=0
  for script in "$here"/helix/*_test.lua; do
    name=$(basename "$script" _test.lua)
    mkdir -p "$root/$name/home" "$root/$name/run" "$root/$name/bin"
    cp -R "$here/../fixtures/projects/shop-ts" "$root/$name/project" || { failed=1; break; }
    mkdir -p "$root/$name/project/.git"
    # The set-up of the README names the binary as it is found on the path.
    ln -s "$binary" "$root/$name/bin/rutter"
    if ! (set -o pipefail; cd "$root/$name/project" && env -i PATH="$root/$name/bin:$PATH" LANG=C.UTF-8 HOME="$root/$name/home" \
      XDG_RUNTIME_DIR="$root/$name/run" RUTTER_NVIM="$nvim" RUTTER_HELIX="$helix" RUTTER_BIN="$binary" \
      RUTTER_PROJECT="$root/$name/project" RUTTER_README="$here/../README.md" RUTTER_TESTS="$here" NVIM_LOG_FILE="$root/$name/nvim.log" \
      timeout --kill-after=5 60 "$nvim" --headless -u NONE -i NONE -n -l "$script" </dev/null 2>"$root/$name/messages" |
      sed "s/^/helix $name: /"); then
      sed "s/^/helix $name: /" "$root/$name/messages" >&2
      failed=1
    fi
    if [ "$failed" = 1 ]; then
      echo "helix $name: FAILED; the project is kept in $root/$name" >&2
      break
    fi
  done
  [ "$failed" = 1 ] || rm -rf "$root"
  return "$failed"
}
