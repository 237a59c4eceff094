"""What a list shows when it is opened."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _


class OpeningFilter(admin.SimpleListFilter):
    """Narrows a list from the start, under `opens_with`; “All” shows the rest too."""

    opens_with: Any = ""

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [("all", _("All"))]

    def choices(self, changelist: Any) -> Any:
        for value, title in [(None, self.opens_with), *self.lookup_choices]:
            chosen = {self.parameter_name: value} if value else {}
            yield {
                "selected": self.value() == value,
                "query_string": changelist.get_query_string(chosen, [self.parameter_name]),
                "display": title,
            }

    def queryset(self, request: HttpRequest, queryset: Any) -> Any:
        return queryset if self.value() == "all" else self.narrowed(queryset)

    def narrowed(self, queryset: Any) -> Any:
        raise NotImplementedError
