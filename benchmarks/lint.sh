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
cache="${CHARTGEN_BENCH:-${XDG_CACHE_HOME:-$HOME/.cache}/chartgen-bench}"
python="${PYTHON:-python3}"
mkdir -p "$cache/bin"
export PATH="$PATH:$cache/bin"

case " $* " in *" --help "* | *" -h "*) exec "$python" "$here/peers.py" "$@" ;; esac

without=""
previous=""
for word in "$@"; do
  case "$word" in --without=*) without=",${word#*=}," ;; esac
  if [ "$previous" = "--without" ]; then without=",$word,"; fi
  previous="$word"
done

wanted() { # is a tool needed, and not there yet?
  case "$without" in *",$1,"*) return 1 ;; esac
  ! command -v "$1" >/dev/null
}

get() { # get TOOL COMMAND...: install it, or say that it cannot be had
  local tool="$1"
  shift
  wanted "$tool" || return 0
  echo "installing $tool" >&2
  if ! "$@" >"$cache/$tool.log" 2>&1; then
    echo "note: $tool cannot be had and is left out; see $cache/$tool.log" >&2
  fi
}

with_go() { GOBIN="$cache/bin" go install "$1"; }

with_pip() { # with_pip TOOL WHAT: into an environment of its own
  "$python" -m venv "$cache/$1-venv"
  "$cache/$1-venv/bin/pip" install --quiet "$2"
  ln -sf "$cache/$1-venv/bin/$1" "$cache/bin/$1"
}

if [ -n "${CHARTGEN:-}" ]; then
  ln -sf "$(command -v "$CHARTGEN")" "$cache/bin/chartgen"
  PATH="$cache/bin:$PATH"
fi
get chartgen with_pip chartgen "$here/.."
get helm with_go helm.sh/helm/v4/cmd/helm@latest
get kubeconform with_go github.com/yannh/kubeconform/cmd/kubeconform@latest
get kube-linter with_go golang.stackrox.io/kube-linter/cmd/kube-linter@latest
get kube-score with_go github.com/zegl/kube-score/cmd/kube-score@latest
get checkov with_pip checkov checkov

exec "$python" "$here/peers.py" "$@"
