"""The waiting list: who waits for what, and which places are offered to whom at this moment."""

from typing import Any

from django.contrib import admin, messages
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.db.models import F, OuterRef, Prefetch, Subquery
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from bookings.actions.leave import leave
from bookings.admin.appointment_page import link_for
from bookings.admin.filters import NamedFilter
from bookings.admin.opening import OpeningFilter
from bookings.enums import OfferState, PartOfDay
from bookings.models import PlaceOffer, WaitingEntry
from clinic.models import WEEKDAYS, Location

DAY_NAMES, PART_NAMES = dict(WEEKDAYS), dict(PartOfDay.choices)


def on_the_clock(moment: Any, place: Location) -> str:
    local = moment.astimezone(place.zone)
    return f"{date_format(local, 'D j M Y, H:i')} {local.tzname()}"


class WaitingFilter(OpeningFilter):
    """The list opens with those who still wait."""

    title = gettext_lazy("who")
    parameter_name = "who"
    opens_with = gettext_lazy("Who still waits")

    def narrowed(self, queryset: Any) -> Any:
        return queryset.waiting()


class PlaceOfferInline(admin.TabularInline):
    model = PlaceOffer
    fields = ("starts", "practitioner", "state", "offered", "held_until")
    readonly_fields = fields
    extra = 0
    can_delete = False

    def get_queryset(self, request: HttpRequest) -> Any:
        return super().get_queryset(request).select_related("practitioner", "entry__location")

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    @admin.display(description=gettext_lazy("place"))
    def starts(self, offer: PlaceOffer) -> str:
        return on_the_clock(offer.starts_at, offer.entry.location)

    @admin.display(description=gettext_lazy("offered at"))
    def offered(self, offer: PlaceOffer) -> str:
        return on_the_clock(offer.offered_at, offer.entry.location)

    @admin.display(description=gettext_lazy("held until"))
    def held_until(self, offer: PlaceOffer) -> str:
        return on_the_clock(offer.until, offer.entry.location)


@admin.register(WaitingEntry)
class WaitingEntryAdmin(admin.ModelAdmin):
    change_form_template = "admin/bookings/waiting.html"
    list_display = ["reference", "who", "offered", "treatment", "location", "wishes", "since"]
    list_filter = [WaitingFilter, "location", "treatment", ("practitioner", NamedFilter)]
    list_select_related = ["patient", "treatment", "location", "practitioner"]
    search_fields = ["reference", "patient__name", "patient__email", "patient__phone"]
    search_help_text = gettext_lazy("Search by reference, name, email or phone")
    fields = (
        "reference",
        "state",
        "patient",
        "contact",
        "type",
        "treatment",
        "location",
        "wishes",
        "appointment",
        "since",
    )
    readonly_fields = fields
    inlines = (PlaceOfferInline,)
    actions = ("take_off",)

    def get_queryset(self, request: HttpRequest) -> Any:
        """Whom to call comes first: a place is held for them, and not for long."""
        open_offers = PlaceOffer.objects.filter(state=OfferState.OPEN)
        until = open_offers.filter(entry=OuterRef("pk")).values("until")[:1]
        found = super().get_queryset(request).annotate(open_until=Subquery(until))
        shown = open_offers.select_related("practitioner")
        return found.prefetch_related(Prefetch("offers", shown, to_attr="open_offers"))

    def get_ordering(self, request: HttpRequest) -> Any:
        return [F("open_until").asc(nulls_last=True), "created_at", "pk"]

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def change_view(self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: Any = None) -> Any:
        shown: dict[str, Any] = {"show_save": False, "show_save_and_continue": False}
        if found := self.get_object(request, object_id):
            shown["patient_link"] = link_for(found, request)
        return super().change_view(request, object_id, form_url, {**(extra_context or {}), **shown})

    @admin.display(description=gettext_lazy("who"), ordering="patient__name")
    def who(self, entry: WaitingEntry) -> str:
        if entry.patient.erased_at:
            return "–"
        return format_html(
            '<bdi>{}</bdi><br><a href="{}" dir="ltr">{}</a>',
            entry.patient.name,
            entry.patient.phone.as_rfc3966,
            entry.patient.phone,
        )

    @admin.display(description=gettext_lazy("contact"))
    def contact(self, entry: WaitingEntry) -> str:
        patient = entry.patient
        if patient.erased_at:
            return "–"
        address = format_html('<br><a href="mailto:{}">{}</a>', patient.email, patient.email) if patient.email else ""
        return format_html('<a href="{}" dir="ltr">{}</a>{}', patient.phone.as_rfc3966, patient.phone, address)

    @admin.display(description=gettext_lazy("offered now"), ordering=F("open_until").asc(nulls_last=True))
    def offered(self, entry: Any) -> str:
        if not entry.open_offers:
            return "–"
        [offer] = entry.open_offers
        place, until = (on_the_clock(moment, entry.location) for moment in (offer.starts_at, offer.until))
        words = _("%(place)s with %(who)s, held until %(until)s")
        return format_html(
            '<span class="status status--requested">{}</span>',
            words % {"place": place, "who": offer.practitioner, "until": until},
        )

    @admin.display(description=gettext_lazy("would take"))
    def wishes(self, entry: WaitingEntry) -> str:
        """In words: which days, which parts of the day, with whom, until when."""
        days = ", ".join(str(DAY_NAMES[day]) for day in sorted(entry.weekdays)) or _("any day")
        parts = ", ".join(str(PART_NAMES[part]) for part in PART_NAMES if part in entry.parts) or _("any time")
        who = _("with %(who)s") % {"who": entry.practitioner} if entry.practitioner else _("with anyone")
        until = _("until %(day)s") % {"day": date_format(entry.last_day, "j M Y")} if entry.last_day else ""
        return "; ".join(filter(None, [days, parts, who, until]))

    @admin.display(description=gettext_lazy("since"), ordering="created_at")
    def since(self, entry: WaitingEntry) -> str:
        return on_the_clock(entry.created_at, entry.location)

    @admin.action(description=gettext_lazy("Take off the list"), permissions=["change"])
    def take_off(self, request: HttpRequest, queryset: Any) -> HttpResponse | None:
        """Asks first: what is offered to them goes to the next at once."""
        entries = list(queryset.waiting())
        if entries and "sure" not in request.POST:
            context = {
                **self.admin_site.each_context(request),
                "title": _("Take off the list?"),
                "opts": self.opts,
                "entries": entries,
                "checkbox": ACTION_CHECKBOX_NAME,
            }
            return render(request, "admin/bookings/take_off.html", context)
        for entry in entries:
            leave(entry=entry, now=timezone.now())
            self.log_change(request, entry, "Taken off the list.")
        words = ngettext("%(count)s was taken off the list.", "%(count)s were taken off the list.", len(entries))
        messages.success(request, words % {"count": len(entries)})
        return None
