"""The buttons of a message: each calls the one action behind it, and says what came of it."""

from typing import Any

from django.contrib import admin, messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from bookings.actions.told import told_by_phone, try_again
from bookings.admin.page import StaffPage
from bookings.exceptions import ChangedMeanwhile
from bookings.models import Message


class MessageButton(StaffPage):
    """A button of a message that this member of staff sees and may act on."""

    http_method_names = ["post"]
    message: Message

    def find(self, **kwargs: Any) -> None:
        self.message = get_object_or_404(self.model_admin.get_queryset(self.request), pk=kwargs["pk"])

    def may_open(self) -> bool:
        return self.staff.has_perm("bookings.change_message")

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        try:
            done = self.press()
        except ChangedMeanwhile:
            messages.error(request, _("This is no longer possible: look at how it stands now."))
        else:
            self.model_admin.log_change(request, self.message, done)
            messages.success(request, done)
        return redirect("admin:bookings_message_change", self.message.pk)

    def press(self) -> str:
        """Do it, and say what was done. Raises ChangedMeanwhile."""
        raise NotImplementedError


class Told(MessageButton):
    def press(self) -> str:
        told_by_phone(message=self.message, now=timezone.now())
        return _("Told by phone.")


class TryAgain(MessageButton):
    def press(self) -> str:
        try_again(message=self.message, now=timezone.now())
        return _("It goes out again within a minute.")


@admin.action(description=gettext_lazy("Try again"), permissions=["send"])
def send_again(model_admin: Any, request: HttpRequest, chosen: Any) -> None:
    """Send those that were given up once more, such as after the mail server was down."""
    done = left = 0
    for message in chosen:
        try:
            try_again(message=message, now=timezone.now())
        except ChangedMeanwhile:
            left += 1
        else:
            done += 1
            model_admin.log_change(request, message, _("It goes out again within a minute."))
    if done:
        words = ngettext(
            "%(count)s message goes out again within a minute.",
            "%(count)s messages go out again within a minute.",
            done,
        )
        messages.success(request, words % {"count": done})
    if left:
        words = ngettext(
            "%(count)s stays as it is: its time has passed, or another one is on its way.",
            "%(count)s stay as they are: their time has passed, or others are on their way.",
            left,
        )
        messages.warning(request, words % {"count": left})
