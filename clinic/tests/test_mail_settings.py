"""Where mail goes."""

from clinic.tests.test_settings import values


def test_without_a_server_each_mail_is_a_file_on_this_machine() -> None:
    assert values("settings.EMAIL_BACKEND") == "django.core.mail.backends.filebased.EmailBackend"
    assert values("settings.EMAIL_FILE_PATH").endswith("/var/mail")


def test_the_servers_address_is_taken_apart() -> None:
    shown = (
        "[settings.EMAIL_BACKEND.split('.')[-2], settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_HOST_USER, "
        "settings.EMAIL_HOST_PASSWORD, settings.EMAIL_USE_TLS, settings.EMAIL_USE_SSL]"
    )
    assert values(shown, EMAIL_URL="smtp+tls://clinic:s%2Fecret@mail.example:587") == str(
        ["smtp", "mail.example", 587, "clinic", "s/ecret", True, False]
    )
    assert values(shown, EMAIL_URL="smtp+ssl://mail.example:465") == str(
        ["smtp", "mail.example", 465, "", "", False, True]
    )


def test_the_sender_is_named() -> None:
    sender = "Clinic <a@clinic.example>"
    assert values("settings.DEFAULT_FROM_EMAIL", DEFAULT_FROM_EMAIL=sender) == sender
