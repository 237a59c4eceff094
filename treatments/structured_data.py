"""A treatment's page in schema.org's words (JSON-LD), saying only what the page says."""

from typing import Any

from clinic.structured_data import breadcrumbs
from treatments.models import Edition
from treatments.page import Page


def treatment_page(
    page: Page, edition: Edition, *, url: str, clinic_name: str, steps: list[tuple[str, str]]
) -> dict[str, Any]:
    """The page, the therapy it is about, the conditions that is used for, its questions and where it stands.

    A sign-off made for a demonstration names no reviewer: that person does not exist.
    """
    therapy = f"{url}#treatment"
    web_page: dict[str, Any] = {
        "@type": "MedicalWebPage",
        "@id": url,
        "url": url,
        "name": page["name"],
        "description": page["tagline"],
        "inLanguage": edition.language,
        "lastReviewed": edition.signed_at.date().isoformat(),
        "about": {"@id": therapy},
        "author": {"@type": "MedicalOrganization", "name": clinic_name},
        "citation": [citation(reference) for reference in page["references"]],
    }
    if not edition.is_demo:
        reviewer = {"@type": "Person", "name": edition.reviewer_name, "jobTitle": edition.reviewer_role}
        web_page["reviewedBy"] = reviewer
    graph = [web_page, therapy_of(page, therapy), *conditions(page, therapy), breadcrumbs(steps)]
    if page["questions"]:
        graph.append({"@type": "FAQPage", "mainEntity": [question(row) for row in page["questions"]]})
    return {"@context": "https://schema.org", "@graph": graph}


def therapy_of(page: Page, key: str) -> dict[str, Any]:
    texts = {
        "preparation": [row["text"] for row in page["preparation"]],
        "howPerformed": [row["text"] for row in page["steps"]],
        "followup": [row["text"] for row in page["aftercare"]],
    }
    serious = [row for row in page["complications"] if row["is_serious"]]
    return {
        "@type": "MedicalTherapy",
        "@id": key,
        "name": page["name"],
        "bodyLocation": [area["name"] for area in page["areas"]],
        **{name: ". ".join(line.rstrip(".") for line in lines) + "." for name, lines in texts.items() if lines},
        "contraindication": [
            {"@type": "MedicalContraindication", "name": row["name"]} for row in page["contraindications"]
        ],
        "seriousAdverseOutcome": [{"@type": "MedicalEntity", "name": row["name"]} for row in serious],
    }


def conditions(page: Page, therapy: str) -> list[dict[str, Any]]:
    return [
        {"@type": "MedicalCondition", "name": row["concern"]["name"], "possibleTreatment": {"@id": therapy}}
        for row in page["indications"]
    ]


def question(row: dict[str, Any]) -> dict[str, Any]:
    answer = {"@type": "Answer", "text": row["answer"]}
    return {"@type": "Question", "name": row["question"], "acceptedAnswer": answer}


def citation(reference: dict[str, Any]) -> dict[str, Any]:
    """A publication with what is known of it."""
    known = {
        "name": reference["title"] or reference["journal"] or reference["identifier"],
        "author": reference["authors"],
        "datePublished": str(reference["year"] or ""),
        "url": reference["url"],
    }
    return {"@type": "CreativeWork", **{name: value for name, value in known.items() if value}}
