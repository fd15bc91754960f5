#!/usr/bin/env bash
# The WebAssembly engine against native code and V8:  bench/wasm.sh [--json] [--rounds N] [NAMES]
cd "$(dirname "$0")/.." && exec dotnet run -c Release --project bench/Wasm -- "$@"
