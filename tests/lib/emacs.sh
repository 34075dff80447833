# The Emacs part of tests/run: sourced by it, not run by itself.
# shellcheck shell=bash

# shellcheck source=tests/lib/debian.sh
source "$(dirname "${BASH_SOURCE[0]}")/debian.sh"

# Prints the path of Emacs, which brings eglot; installs it into the cache folder first where it is missing.
emacs_path() {
  local home root dump load
  home=$(debian_root emacs emacs-nox) || return 1
  root=$home/root
  dump=$(find "$root/usr/libexec/emacs" -name '*.pdmp') && root=$(echo "$root"/usr/share/emacs/[0-9]*) || return 1
  load=$(find "$root/lisp" -type d ! -name obsolete | tr '\n' ':')
  debian_program "$home" emacs-nox "EMACSLOADPATH=${load%:}" "EMACSDATA=$root/etc" "EMACSDOC=$root/etc" \
    "EMACSPATH=$(dirname "$dump")" "--dump-file=$dump" || return 1
  printf '%s\n' "$home/bin/emacs-nox"
}

# run_emacs_tests BINARY: runs every file of tests/emacs in a project and a home of its own; stops at the first that fails.
# RUTTER_EMACS names another Emacs to test with.
run_emacs_tests() {
  local binary here emacs root script name
  binary=$(realpath -e "$1") || { echo "there is no rutter binary at '$1'; build it first" >&2; return 1; }
  here=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd) || return 1
  emacs=${RUTTER_EMACS:-$(emacs_path)} && [ -x "$emacs" ] || return 1
  "$emacs" --version | head -n 1
  root=$(mktemp -d) || return 1
  local failed=0
  for script in "$here"/emacs/*-test.el; do
    name=$(basename "$script" -test.el)
    mkdir -p "$root/$name/home" "$root/$name/run" "$root/$name/bin"
    cp -R "$here/../fixtures/projects/shop-ts" "$root/$name/project" || { failed=1; break; }
    mkdir -p "$root/$name/project/.git"
    # The set-up of the README names the binary as it is found on the path.
    ln -s "$binary" "$root/$name/bin/rutter"
    if ! (set -o pipefail; cd "$root/$name/project" && env -i PATH="$root/$name/bin:$PATH" LANG=C.UTF-8 TERM=dumb HOME="$root/$name/home" \
      XDG_RUNTIME_DIR="$root/$name/run" RUTTER_PROJECT="$root/$name/project" RUTTER_README="$here/../README.md" \
      timeout --kill-after=5 60 "$emacs" -Q --batch -L "$here/emacs" -l "$script" -f ert-run-tests-batch-and-exit </dev/null 2>&1 |
      sed "s/^/emacs $name: /"); then
      failed=1
    fi
    if [ "$failed" = 1 ]; then
      echo "emacs $name: FAILED; the project is kept in $root/$name" >&2
      break
    fi
  done
  [ "$failed" = 1 ] || rm -rf "$root"
  return "$failed"
}
