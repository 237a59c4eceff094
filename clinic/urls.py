"""The wiring: the only module of the clinic that knows the other apps."""

from django.conf import settings
from django.conf.urls.i18n import i18n_patterns
from django.contrib import admin
from django.contrib.sitemaps.views import sitemap
from django.urls import include, path, re_path
from django.views.generic import RedirectView
from django.views.static import serve

from clinic import health
from clinic.sitemaps import ClinicPages
from clinic.views import pages
from treatments.sitemaps import AreaPages, ConcernPages, TreatmentPages

handler400 = "clinic.views.errors.bad_request"
handler403 = "clinic.views.errors.forbidden"
handler404 = "clinic.views.errors.not_found"
handler500 = "clinic.views.errors.server_error"

SITEMAPS = {"clinic": ClinicPages, "treatments": TreatmentPages, "areas": AreaPages, "concerns": ConcernPages}

urlpatterns = [
    path("", pages.front_door),
    path("admin/", admin.site.urls),
    path("healthz", health.healthz),
    path("readyz", health.readyz),
    path("robots.txt", pages.robots),
    path("sitemap.xml", sitemap, {"sitemaps": SITEMAPS}, name="sitemap"),
    path("", include("bookings.program_urls")),
    path("favicon.ico", RedirectView.as_view(url=f"{settings.STATIC_URL}img/favicon.ico")),
    # Uploads are re-encoded pictures under random names; a proxy may serve the folder instead (docs/operations.md).
    re_path(r"^media/(?P<path>.+)$", serve, {"document_root": settings.MEDIA_ROOT}),
]
urlpatterns += i18n_patterns(
    path("", include("treatments.urls")),
    path("practitioners/", pages.practitioners, name="practitioners"),
    path("locations/", pages.locations, name="locations"),
    path("locations/<slug:slug>/", pages.location, name="location"),
    path("privacy/", pages.privacy, name="privacy"),
    path("accessibility/", pages.accessibility, name="accessibility"),
    path("imprint/", pages.imprint, name="imprint"),
    path("", include("bookings.urls")),
)
