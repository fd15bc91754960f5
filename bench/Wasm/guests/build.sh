#!/usr/bin/env bash
# Builds the guests beside their sources: build.sh  (needs clang-19 and lld-19)
set -euo pipefail
cd "$(dirname "$0")"
build() { "${CLANG:-clang-19}" -O2 --target=wasm32-unknown-unknown -nostdlib -Wl,--no-entry -Wl,--strip-all "$@"; }
build -o calls.wasm calls.c
build -Wl,-z,stack-size=4096 -Wl,--initial-memory=$((33 * 65536)) -o small33.wasm small.c
build -Wl,-z,stack-size=4096 -Wl,--initial-memory=65536 -o small1.wasm small.c
chmod -x ./*.wasm
