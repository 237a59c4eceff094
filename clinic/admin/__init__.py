"""Staff's pages about the clinic itself."""

from clinic.admin import places, practitioners, users

__all__ = ["places", "practitioners", "users"]
