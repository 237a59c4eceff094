"""The addresses of every kind of page that anyone may read, and what they are held to."""

TREATMENTS = [
    "dark-circles",
    "facial-rejuvenation",
    "hair-and-scalp",
    "localised-fat-and-cellulite",
    "mesotherapy",
    "pigmentation",
    "scars-and-stretch-marks",
]
PUBLIC = [
    "/en/",
    "/en/treatments/",
    "/en/treatments/mesotherapy/",
    "/en/treatments/pigmentation/",
    "/en/treatments/pigmentation/aftercare/",
    "/en/areas/face/",
    "/en/concerns/melasma/",
    "/en/practitioners/",
    "/en/locations/",
    "/en/locations/berlin/",
    "/en/privacy/",
    "/en/accessibility/",
    "/en/imprint/",
    "/en/book/",
    "/en/book/pigmentation/",
    "/en/book/pigmentation/at/berlin/",
    "/en/no-such-page/",
]
