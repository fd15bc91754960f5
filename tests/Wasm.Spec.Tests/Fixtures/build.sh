#!/usr/bin/env bash
# Converts the fixtures again: build.sh WAST2JSON_FOLDER
set -euo pipefail
cd "$(dirname "$0")"
node "$1/wast2json.mjs" . . # a folder for each, beside its source
