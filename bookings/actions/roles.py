"""The groups that a clinic gives its staff, each with the least it needs."""

from django.apps import apps
from django.contrib.auth.models import Group, Permission
from django.db import transaction
from django.db.models import QuerySet

APPS = ("bookings", "clinic", "treatments")
EVERYTHING = ("view", "add", "change", "delete")
# What is written on a treatment's page. Nobody edits an edition: it is made by signing.
CONTENT: dict[str, tuple[str, ...]] = {
    model._meta.label_lower: EVERYTHING for model in apps.get_app_config("treatments").get_models()
}
CONTENT["treatments.edition"] = ("view",)
DIARY = {
    "bookings.appointment": ("view", "change"),
    "bookings.transition": ("view",),
    "bookings.timeoff": ("view",),
    "bookings.closure": ("view",),
}
# By group, by model: the actions, or permissions of the model’s own.
ROLES: dict[str, dict[str, tuple[str, ...]]] = {
    "Receptionist": {
        **DIARY,
        "bookings.appointment": ("view", "add", "change"),
        "bookings.patient": ("view", "change"),
        "bookings.consent": ("view",),
        "bookings.checkin": ("view", "change"),
        "bookings.waitingentry": ("view", "change"),
        "bookings.placeoffer": ("view",),
        # To change one is to tell it by phone, or to send it once more.
        "bookings.message": ("view", "change"),
        # The diaries of the locations; one of their own where they treat too.
        "bookings.calendarfeed": EVERYTHING,
    },
    # Without the right to look up patients they see their own diary only.
    "Practitioner": {
        **DIARY,
        "bookings.course": EVERYTHING,
        "bookings.checkin": ("view", "change"),
        "bookings.screening": ("read_answers",),
        "bookings.calendarfeed": EVERYTHING,
    },
    "Content editor": CONTENT,
    "Clinical reviewer": {
        **CONTENT,
        "treatments.treatment": (*EVERYTHING, "sign_edition"),
        "bookings.appointment": ("view",),
        "bookings.screening": ("read_answers",),
    },
}
# Answers are read only by those who treat, whatever else they may do: see `may_read_answers`.
MANAGER = "Manager"


@transaction.atomic
def make_roles() -> None:
    """Make the groups that are missing; what a clinic has changed in one of them stays. Permissions must exist."""
    for name in (*ROLES, MANAGER):
        group, made = Group.objects.get_or_create(name=name)
        if made:
            group.permissions.set(permissions_of(name))


def permissions_of(role: str) -> QuerySet[Permission] | list[Permission]:
    """The permissions of a role. Raises Permission.DoesNotExist for one that no model has."""
    if role == MANAGER:
        staff = Permission.objects.filter(content_type__app_label="auth", content_type__model__in=("user", "group"))
        return Permission.objects.filter(content_type__app_label__in=APPS) | staff
    return [permission(label, action) for label, actions in ROLES[role].items() for action in actions]


def permission(label: str, action: str) -> Permission:
    app, model = label.split(".")
    codename = f"{action}_{model}" if action in EVERYTHING else action
    return Permission.objects.get(content_type__app_label=app, content_type__model=model, codename=codename)
