# Writes tests of properties in each library, and runs them: they run, and they fail. Sourced by tests/run.

run_property_tests() {
  local binary=$1 work kind
  work=$(mktemp -d)
  export RUTTER_STATE_DIR=$work/state RUTTER_CONFIG_DIR=$work/config
  for kind in rust python script; do
    mkdir -p "$work/$kind/.kiro/specs/sample" "$work/$kind/src"
    printf '# Design\n\n## Correctness Properties\n\n### Property 1: Texts come back\n\nFor any string, reading SHALL give what was written.\n\n**Validates: Requirements 1.1**\n' \
      >"$work/$kind/.kiro/specs/sample/design.md"
  done
  printf '[package]\nname = "sample"\nversion = "0.1.0"\nedition = "2024"\n\n[dev-dependencies]\nproptest = "1"\n\n[workspace]\n' >"$work/rust/Cargo.toml"
  touch "$work/rust/src/lib.rs"
  printf '[project]\nname = "sample"\nversion = "0"\ndependencies = ["hypothesis", "pytest"]\n' >"$work/python/pyproject.toml"
  printf '{"name":"sample","devDependencies":{"fast-check":"^3"},"scripts":{"test":"node --test"}}\n' >"$work/script/package.json"
  echo 'exports.a = 1;' >"$work/script/src/a.js"
  for kind in rust python script; do
    "$binary" -C "$work/$kind" property-test sample 1
  done

  (cd "$work/rust" && CARGO_TARGET_DIR=$work/target must_fail "sample is not written yet" cargo test --test sample_properties)
  python3 -m venv "$work/venv" && "$work/venv/bin/pip" -q install hypothesis pytest
  (cd "$work/python" && must_fail "sample is not written yet" "$work/venv/bin/pytest" -q)
  (cd "$work/script" && npm install --no-fund --no-audit --silent && must_fail "sample is not written yet" node --test)
  unset RUTTER_STATE_DIR RUTTER_CONFIG_DIR
  rm -rf "$work"
}

# The command fails, and says these words.
must_fail() {
  local words=$1 said
  shift
  if said=$("$@" 2>&1); then
    echo "$* passes, and nobody has written its test" >&2
    return 1
  fi
  grep -q "$words" <<<"$said" || { echo "$said" >&2; return 1; }
}
