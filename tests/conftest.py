"""What holds for all tests."""

from __future__ import annotations

import os

from hypothesis import settings

# The same examples on every machine and in every process: a red run must be red again. A nightly run draws others, and
# more of them: pytest --hypothesis-profile=nightly.
settings.register_profile("steady", derandomize=True, deadline=None, database=None)
settings.register_profile("nightly", derandomize=False, deadline=None, max_examples=2000, print_blob=True)
settings.load_profile(os.environ.get("CHARTGEN_HYPOTHESIS", "steady"))

# No test reads what an earlier one found, nor writes into the home of whoever runs it.
os.environ["CHARTGEN_CACHE_DIR"] = ""
