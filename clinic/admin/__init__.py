"""Staff's pages about the clinic itself."""

from clinic.admin import places, practitioners

__all__ = ["places", "practitioners"]
