#!/bin/sh
# Needs clang-19 and lld-19, and the node modules of ../assemblyscript.
set -eu
cd "$(dirname "$0")"
mkdir -p build
clang-19 --target=wasm32-unknown-unknown -std=c17 -Oz -Wall -Wextra -mbulk-memory -nostdlib -ffreestanding \
  -Wl,--no-entry -Wl,--strip-all -Wl,-z,stack-size=16384 -o build/plugin.core.wasm plugin.c
node ../assemblyscript/make-component.mjs build/plugin.core.wasm plugin.wasm utf8
