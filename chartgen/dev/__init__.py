"""Work on chartgen itself, in a checkout: ``python -m chartgen.dev {regen,new-rule,new-judgement,kube-schemas}``."""
