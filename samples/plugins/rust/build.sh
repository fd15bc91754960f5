#!/bin/sh
# Needs a rustc with the target wasm32-unknown-unknown (Debian: rustc and libstd-rust-dev-wasm32), and the node modules of
# ../assemblyscript. RUSTC names another compiler; the committed bytes are those of Debian's rustc 1.63.
set -eu
cd "$(dirname "$0")"
mkdir -p build
"${RUSTC:-/usr/bin/rustc}" --edition 2021 --crate-name plugin --crate-type cdylib --target wasm32-unknown-unknown -C opt-level=z -C lto=fat \
  -C panic=abort -C strip=symbols -C link-arg=-zstack-size=16384 -o build/plugin.core.wasm plugin.rs
node ../assemblyscript/make-component.mjs build/plugin.core.wasm plugin.wasm utf8
