"""Who may sign in: managers give out roles, and only a superuser gives more than a role has."""

from typing import Any

from django.contrib import admin
from django.contrib.auth.admin import UserAdmin
from django.contrib.auth.models import User
from django.http import HttpRequest

admin.site.unregister(User)


@admin.register(User)
class StaffAdmin(UserAdmin):
    """Nobody makes themselves more than they are: rights come from groups, and superusers are left alone."""

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        found = super().get_readonly_fields(request, obj)
        return found if is_superuser(request) else (*found, "is_superuser", "user_permissions")

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return super().has_change_permission(request, obj) and may_touch(request, obj)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return super().has_delete_permission(request, obj) and may_touch(request, obj)


def is_superuser(request: HttpRequest) -> bool:
    return bool(request.user.is_superuser)


def may_touch(request: HttpRequest, user: User | None) -> bool:
    return user is None or not user.is_superuser or is_superuser(request)
