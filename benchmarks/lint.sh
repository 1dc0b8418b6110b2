#!/usr/bin/env bash
# How long chartgen lint takes beside other linters on the same charts, in one run.
#
#   benchmarks/lint.sh [--charts FOLDER_OF_REAL_CHARTS] [--rounds 5] [--number 100] [--without TOOL,...]
#                      [--kubeconform-schemas LOCATION]
#
# Makes 100 small charts with `helm create`; --charts names a folder below which the first 100 charts are the real ones,
# for example a checkout of https://github.com/grafana/helm-charts. Tools that are not on PATH are installed by
# `go install` and pip into a folder of their own, $CHARTGEN_BENCH or ~/.cache/chartgen-bench; what cannot be had is left
# out with a note. Needs go, and Python 3.11 or newer. $PYTHON and $CHARTGEN choose others than python3 and chartgen.
set -euo pipefail

here="$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)"
python="${PYTHON:-python3}"

case " $* " in *" --help "* | *" -h "*) exec "$python" "$here/peers.py" "$@" ;; esac

without=""
previous=""
for word in "$@"; do
  case "$word" in --without=*) without=",${word#*=}," ;; esac
  if [ "$previous" = "--without" ]; then without=",$word,"; fi
  previous="$word"
done

# shellcheck source=benchmarks/tools.sh
source "$here/tools.sh"

if [ -n "${CHARTGEN:-}" ]; then
  ln -sf "$(command -v "$CHARTGEN")" "$cache/bin/chartgen"
  PATH="$cache/bin:$PATH"
fi
get chartgen with_pip chartgen "$here/.."
get helm with_go helm.sh/helm/v4/cmd/helm@latest
get_peers

exec "$python" "$here/peers.py" "$@"
