# Editors out of Debian packages, for tests/run: sourced by it, not run by itself.
# shellcheck shell=bash

# A stable release, so that versions stay. Packages bring their own C library, so they run on other systems too.
DEBIAN_SUITE=trixie

# debian_root NAME PACKAGE...: prints the folder with these packages and all they need, unpacked; installs them into the cache folder
# first where they are missing. Takes the mirror from the machine's own apt, needs no root, leaves the machine's packages alone.
debian_root() {
  local tools=${RUTTER_TOOLS:-$HOME/.cache/rutter-tools}
  local name=$1 home program
  shift
  home=$tools/$name-$DEBIAN_SUITE
  if [ ! -e "$home/complete" ]; then
    if [ "$(uname -m)" != x86_64 ]; then
      echo "$name can't be installed for its tests: this machine is $(uname -m), and the recipe knows x86_64 only" >&2
      return 1
    fi
    for program in apt-get dpkg; do
      command -v "$program" >/dev/null || { echo "$name can't be installed for its tests: there is no $program here" >&2; return 1; }
    done
    # Only a whole install is marked complete; a broken one is made anew.
    rm -rf "$home"
    mkdir -p "$home" || return 1
    if ! (set -e; unpack_debian "$home" "$@") >"$home/log" 2>&1; then
      echo "$name could not be installed for its tests: $(tail -n 3 "$home/log")" >&2
      return 1
    fi
    touch "$home/complete"
  fi
  printf '%s\n' "$home"
}

# unpack_debian HOME PACKAGE...: into HOME/root, without running what packages bring as scripts.
unpack_debian() {
  local home=$1 apt=$1/apt root=$1/root keys=/usr/share/keyrings/debian-archive-keyring.gpg mirror package
  shift
  mirror=$(sed -n 's/^URIs: *\([^ ]*\/debian\)\/*\( .*\)\{0,1\}$/\1/p' /etc/apt/sources.list.d/debian.sources | head -n 1)
  [ -n "$mirror" ] && [ -e "$keys" ] || { echo "apt of this machine knows no Debian mirror."; return 1; }
  mkdir -p "$apt/lists/partial" "$apt/debs/partial" "$root"
  # With no package known as installed, everything is fetched, the C library too.
  : >"$apt/status"
  echo "deb [signed-by=$keys] $mirror $DEBIAN_SUITE main" >"$apt/sources.list"
  local options=(-qq -o Debug::NoLocking=1 -o APT::Install-Recommends=0 -o Acquire::Languages=none -o "APT::Sandbox::User=$(id -un)"
    -o "Dir::Etc::sourcelist=$apt/sources.list" -o Dir::Etc::sourceparts=/dev/null -o Dir::Etc::preferencesparts=/dev/null
    -o "Dir::State::Lists=$apt/lists" -o "Dir::State::status=$apt/status" -o "Dir::Cache=$apt" -o "Dir::Cache::archives=$apt/debs")
  apt-get "${options[@]}" update
  apt-get "${options[@]}" install --yes --download-only "$@"
  for package in "$apt"/debs/*.deb; do dpkg -x "$package" "$root"; done
  rm -rf "$apt" "$root/usr/include" "$root/usr/share/doc" "$root/usr/share/man" "$root/usr/share/locale" "$root/usr/share/perl"
}

# debian_program HOME PROGRAM NAME=VALUE...: writes HOME/bin/PROGRAM, which runs it with its own C library and this environment.
debian_program() {
  local home=$1 program=$2 arguments='"$@"' setting
  shift 2
  mkdir -p "$home/bin"
  {
    echo '#!/bin/sh'
    for setting in "$@"; do
      case $setting in
        --*) arguments="'$setting' $arguments" ;;
        *) printf "export '%s'\n" "$setting" ;;
      esac
    done
    printf "exec '%s' --argv0 '%s' --library-path '%s' '%s' %s\n" "$home/root/usr/lib/x86_64-linux-gnu/ld-linux-x86-64.so.2" \
      "$home/root/usr/bin/$program" "$home/root/usr/lib/x86_64-linux-gnu" "$home/root/usr/bin/$program" "$arguments"
  } >"$home/bin/$program"
  chmod +x "$home/bin/$program"
}
