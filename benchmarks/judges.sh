#!/usr/bin/env bash
# What kubeconform, kube-linter, kube-score and checkov say of charts-output/: fails when one of them says something that
# benchmarks/disagreements.toml does not argue. --write makes docs/peers.md.
#
#   benchmarks/judges.sh [--write] [--kubeconform-schemas LOCATION]
#
# Runs in the environment of the tests (pip install -e '.[dev]'; $PYTHON chooses its Python); what other tools are not on
# PATH is installed as tools.sh says.
set -euo pipefail

here="$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)"
# shellcheck source=benchmarks/tools.sh
source "$here/tools.sh"
case " $* " in *" --help "* | *" -h "*) ;; *) get_peers ;; esac
exec "$python" "$here/judges.py" "$@"
