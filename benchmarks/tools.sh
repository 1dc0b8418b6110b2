# Gets tools for the scripts beside it, which source it: those that are not on PATH are installed by `go install` and pip
# into a folder of their own, $CHARTGEN_BENCH or ~/.cache/chartgen-bench. Needs go, and Python 3.11 or newer; $PYTHON
# chooses another one than python3. $without holds tools to leave out, between commas.
# shellcheck shell=bash

cache="${CHARTGEN_BENCH:-${XDG_CACHE_HOME:-$HOME/.cache}/chartgen-bench}"
python="${PYTHON:-python3}"
without="${without:-}"
mkdir -p "$cache/bin"
export PATH="$PATH:$cache/bin"

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

get_peers() { # the linters of others
  get kubeconform with_go github.com/yannh/kubeconform/cmd/kubeconform@latest
  get kube-linter with_go golang.stackrox.io/kube-linter/cmd/kube-linter@latest
  get kube-score with_go github.com/zegl/kube-score/cmd/kube-score@latest
  get checkov with_pip checkov checkov
}
