# The part of tests/run with real tool servers: sourced by it, not run by itself.
# shellcheck shell=bash

MCP_NPM=(@modelcontextprotocol/server-everything@2026.8.31 @modelcontextprotocol/server-filesystem@2026.8.31)
MCP_PIP=(mcp-server-git==2026.10.19 mcp-server-time==2026.10.19)

# Prints the folder with the pinned servers; installs them into the cache folder first where they are missing.
mcp_servers_path() {
  local tools=${RUTTER_TOOLS:-$HOME/.cache/rutter-tools}
  local home new
  # Another set of versions gets another folder.
  home=$tools/mcp-$(printf '%s\n' "${MCP_NPM[@]}" "${MCP_PIP[@]}" | cksum | cut -d' ' -f1)
  if [ ! -e "$home/complete" ]; then
    # Programs of a virtual environment name its place, so it is made there; only a whole one is marked complete.
    rm -rf "$home"
    mkdir -p "$home" || return 1
    new=$home/log
    if ! { (cd "$home" && npm install --no-fund --no-audit --ignore-scripts --no-save "${MCP_NPM[@]}") &&
      python3 -m venv "$home/venv" &&
      "$home/venv/bin/pip" install --quiet --disable-pip-version-check --only-binary :all: "${MCP_PIP[@]}"; } >"$new" 2>&1; then
      echo "The tool servers could not be installed: $(tail -n 3 "$new")" >&2
      return 1
    fi
    touch "$home/complete"
  fi
  printf '%s\n' "$home"
}

# run_mcp_tests: the client against the real servers.
run_mcp_tests() {
  local servers
  servers=$(mcp_servers_path) || return 1
  RUTTER_MCP_SERVERS=$servers cargo test -p rutter-tools --test real -- --ignored
}
