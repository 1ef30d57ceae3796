"""How hard the property tests try: HYPOTHESIS_PROFILE is fast, default or fuzz."""

from __future__ import annotations

import os

from hypothesis import settings

settings.register_profile("fast", max_examples=10)
settings.register_profile("fuzz", max_examples=2000)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "default"))
