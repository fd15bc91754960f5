#!/usr/bin/env bash
# The WebAssembly engine against native code and V8:  bench/wasm.sh [--rebuild] [--json] [--rounds N] [NAMES]
# --rebuild makes the guests from their C sources first (clang-19, lld-19); without it the committed ones are used.
cd "$(dirname "$0")/.." || exit
if [ "${1-}" = --rebuild ]; then
  shift
  bench/Wasm/kernels/build.sh && bench/Wasm/guests/build.sh || exit
fi
exec dotnet run -c Release --project bench/Wasm -- "$@"
