"""The gaps in the words of messages: what each is filled with, and which kind of message has which."""

from typing import NamedTuple

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from bookings.enums import MessageKind


class Gap(NamedTuple):
    """What a gap is filled with, an example, and whether that takes several lines: then it fits into a text only."""

    meaning: str | Promise
    example: str
    is_long: bool = False


GAPS: dict[str, Gap] = {
    "clinic": Gap(_("the clinic’s name"), "Nilufar Clinic"),
    "phone": Gap(_("the phone of the location"), "+49 30 23125001"),
    "name": Gap(_("whoever booked"), "Ada Example"),
    "for_name": Gap(_("for whom, if somebody else booked"), "For Ben Example"),
    "reference": Gap(_("the reference"), "K7QM-3XPA"),
    "when": Gap(_("day and hours, with the zone"), "Tuesday 8 December 2026, 10:00–10:30, Berlin time (CET)"),
    "when_short": Gap(_("day and hour, in short"), "Tue 8 Dec, 10:00 Berlin time"),
    "where": Gap(_("the location and its address"), "Nilufar Berlin, Teststr. 1, 10115 Berlin"),
    "practitioner": Gap(_("the practitioner"), "Dr. Leyla Farrokh"),
    "link": Gap(_("the patient’s link"), "https://clinic.example/en/appointments/K7QM-3XPA.0123456789abcdef/"),
    "reply": Gap(
        _("by when the clinic answers"),
        "We answer within 1 working day. Until then the time stays yours.",
    ),
    "terms_late": Gap(
        _("until when to move or cancel"),
        "You can move or cancel it online until Monday 7 December, 10:00. After that, please call.",
    ),
    "bring": Gap(_("what to bring"), "Please bring:\n- a list of your medicines", is_long=True),
    "advice": Gap(
        _("the advice of the page, with its days and hours"),
        "- Until Tuesday 8 December, 14:30: Do not put make-up on the area",
        is_long=True,
    ),
    "call_clinic": Gap(_("signs to call the clinic about"), "- a lump, pus or a fever", is_long=True),
    "call_emergency": Gap(_("signs to call an ambulance for"), "- trouble breathing", is_long=True),
    "emergency": Gap(_("the emergency number of the location"), "112"),
    "from_day": Gap(_("the first day that keeps the plan"), "Tuesday 15 December"),
    "until": Gap(_("until when it is good"), "Monday 7 December, 12:00, Berlin time (CET)"),
    "links": Gap(
        _("the links, one a line"),
        "Tuesday 8 December 2026, 10:00, Berlin time (CET): https://clinic.example/en/appointments/K7QM-3XPA.0123/",
        is_long=True,
    ),
    "review": Gap(_("that a clinician must review the answers"), "A clinician must review the answers first."),
    "since": Gap(_("since when it waits"), "Friday 4 December, 09:12, Berlin time (CET)"),
    "change": Gap(_("what changed"), "Moved"),
    "pages": Gap(_("the pages, one a line"), "- Facial rejuvenation (English): 7 December 2026", is_long=True),
    "admin_link": Gap(_("the link into the admin"), "https://clinic.example/admin/bookings/appointment/1/change/"),
}
ALWAYS = ("clinic", "phone")
VISIT = (*ALWAYS, "name", "for_name", "reference", "when", "when_short", "where", "practitioner", "link")
STAFF = (*ALWAYS, "reference", "when", "when_short", "where", "practitioner", "admin_link")
SIGNS = ("call_clinic", "call_emergency", "emergency")
OF_KIND: dict[str, tuple[str, ...]] = {
    MessageKind.REQUESTED: (*VISIT, "reply", "terms_late"),
    MessageKind.CONFIRMED: (*VISIT, "advice", "bring", "terms_late"),
    MessageKind.DECLINED: VISIT,
    MessageKind.LAPSED: VISIT,
    MessageKind.MOVED: (*VISIT, "reply", "advice", "bring", "terms_late"),
    MessageKind.CANCELLED: VISIT,
    MessageKind.PLACE: (*VISIT, "until"),
    MessageKind.REMINDER: (*VISIT, "bring", "terms_late"),
    MessageKind.PREPARATION: (*VISIT, "advice"),
    MessageKind.AFTERCARE: (*VISIT, "advice", *SIGNS),
    MessageKind.CHECK_IN: (*VISIT, *SIGNS),
    MessageKind.NEXT_SESSION: (*VISIT, "from_day"),
    MessageKind.LINKS: (*ALWAYS, "links"),
    MessageKind.DATA: (*ALWAYS, "name", "for_name", "link", "until"),
    MessageKind.STAFF_REQUEST: (*STAFF, "review"),
    MessageKind.STAFF_WAITING: (*STAFF, "since", "review"),
    MessageKind.STAFF_DIARY: (*STAFF, "change"),
    MessageKind.STAFF_REVIEW: (*ALWAYS, "pages", "admin_link"),
}
# Without these a message would keep back what somebody needs: the way on, the advice, when to call.
NEEDED: dict[str, tuple[str, ...]] = {
    MessageKind.CONFIRMED: ("link", "when", "advice"),
    MessageKind.MOVED: ("link", "when", "reply", "advice"),
    MessageKind.PREPARATION: ("link", "advice"),
    MessageKind.AFTERCARE: ("link", "advice", *SIGNS),
    MessageKind.CHECK_IN: ("link", *SIGNS),
    MessageKind.LINKS: ("links",),
    MessageKind.STAFF_REVIEW: ("pages",),
    MessageKind.DATA: ("link",),
    MessageKind.PLACE: ("link", "when", "until"),
    MessageKind.REMINDER: ("link", "when"),
    MessageKind.REQUESTED: ("link", "when"),
}


def gaps_of(kind: str, *, short: bool = False) -> list[str]:
    """The gaps that this kind of message can fill; `short` are those that fit into a subject or a text message."""
    found = OF_KIND[kind]
    # A lost link has nothing else to say, in a text message too.
    return [gap for gap in found if not short or not GAPS[gap].is_long or gap == "links"]


def needed_in(kind: str) -> tuple[str, ...]:
    """The gaps that the text of this kind must keep."""
    return NEEDED.get(kind, ())
