from django.urls import path

from treatments import views

app_name = "treatments"
urlpatterns = [
    path("", views.home, name="home"),
    path("treatments/", views.index, name="index"),
    path("treatments/<slug:slug>/", views.treatment, name="treatment"),
    path("treatments/<slug:slug>/aftercare/", views.aftercare, name="aftercare"),
    path("areas/<slug:slug>/", views.area, name="area"),
    path("concerns/<slug:slug>/", views.concern, name="concern"),
]
