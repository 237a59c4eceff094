from django.urls import path

from bookings.views import appointment, choose, details, times

app_name = "bookings"
urlpatterns = [
    path("book/", choose.choose, name="choose"),
    path("book/<slug:slug>/", choose.where, name="where"),
    path("book/<slug:slug>/at/<slug:location>/", times.times, name="times"),
    path("book/<slug:slug>/details/", details.details, name="details"),
    path("book/<slug:slug>/check/", details.check, name="check"),
    path("book/<slug:slug>/keep/", details.keep, name="keep"),
    path("book/<slug:slug>/free/", details.free, name="free"),
    path("appointments/<str:token>/", appointment.appointment, name="appointment"),
]
