"""Staff's pages about the content: the drafts, their rows in the order of the page, and signing."""

from treatments.admin import editions, library, treatment

__all__ = ["editions", "library", "treatment"]
