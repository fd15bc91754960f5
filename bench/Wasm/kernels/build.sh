#!/usr/bin/env bash
# Builds every kernel for wasm32 beside its source: build.sh  (needs clang-19 and lld-19).
# -fno-builtin: a loop stays a loop, since there is no library with a memmove to call.
set -euo pipefail
cd "$(dirname "$0")"
clang=${CLANG:-clang-19}
for source in *.c; do
  name=${source%.c}
  [ "$name" = native ] && continue
  simd=; [[ $name == *_simd ]] && simd=-msimd128
  "$clang" -O2 -fno-builtin --target=wasm32-unknown-unknown -nostdlib $simd -Wl,--no-entry -Wl,--strip-all -o "$name.wasm" "$source"
  chmod -x "$name.wasm"
done
