"""The clinic in schema.org's words (JSON-LD), saying what its pages say."""

from typing import Any

from clinic.models import Location

DAYS = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]


def breadcrumbs(steps: list[tuple[str, str]]) -> dict[str, Any]:
    """A BreadcrumbList of (name, absolute URL) pairs, from the home page down."""
    return {
        "@type": "BreadcrumbList",
        "itemListElement": [
            {"@type": "ListItem", "position": position, "name": name, "item": url}
            for position, (name, url) in enumerate(steps, start=1)
        ],
    }


def medical_clinic(place: Location, *, clinic_name: str, url: str) -> dict[str, Any]:
    """One location as a MedicalClinic: address, position, phone and opening hours."""
    data: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "MedicalClinic",
        "name": f"{clinic_name}, {place.name}",
        "url": url,
        "telephone": place.phone.as_e164,
        "address": {
            "@type": "PostalAddress",
            "streetAddress": place.street,
            "postalCode": place.postcode,
            "addressLocality": place.city,
            "addressCountry": place.country,
        },
        "openingHoursSpecification": [
            {
                "@type": "OpeningHoursSpecification",
                "dayOfWeek": DAYS[row.weekday],
                "opens": f"{row.opens:%H:%M}",
                "closes": f"{row.closes:%H:%M}",
            }
            for row in place.opening_hours.all()
        ],
    }
    if place.latitude is not None and place.longitude is not None:
        data["geo"] = {
            "@type": "GeoCoordinates",
            "latitude": float(place.latitude),
            "longitude": float(place.longitude),
        }
    return data
