"""What holds for all tests: they judge what is done, not how long a busy machine takes for it."""

from hypothesis import settings

settings.register_profile("behaviour", deadline=None)
settings.load_profile("behaviour")
