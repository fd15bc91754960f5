#!/usr/bin/env bash
# Builds the commands and their core modules: clang-19, wasi-libc, libclang-rt-19-dev-wasm32, rustc with libstd-rust-dev-wasm32
# (all Debian's), and from npm assemblyscript@0.28.20, @assemblyscript/wasi-shim@0.1.0 and @bytecodealliance/jco@1.16.1.
set -euo pipefail
cd "$(dirname "$0")"
npm=${1:?the folder with node_modules}/node_modules
core=$(mktemp -d)
for file in *.c; do
  clang-19 --target=wasm32-wasi --sysroot=/usr -isystem /usr/include/wasm32-wasi -Oz -w -Wl,-s -o "$core/${file%.c}.wasm" "$file"
done
/usr/bin/rustc --edition 2021 --target wasm32-wasi -C opt-level=z -C lto -C panic=abort -C strip=symbols -o "$core/rust.wasm" rust.rs
cp assemblyscript.ts "$1/command.ts"
(cd "$1" && node node_modules/assemblyscript/bin/asc.js command.ts --config node_modules/@assemblyscript/wasi-shim/asconfig.json -Oz -o "$core/assemblyscript.wasm")
for file in "$core"/*.wasm; do
  node "$npm/@bytecodealliance/jco/src/jco.js" new "$file" --wasi-command -o "$(basename "$file")" >/dev/null
done
rm -r "$core"
