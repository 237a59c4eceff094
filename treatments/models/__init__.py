"""What: treatments as structured, sourced content, and its signed editions."""

from treatments.models.care import Aftercare, Preparation, SessionPhase, Step, Substance
from treatments.models.edition import Edition
from treatments.models.evidence import Evidence, Reference
from treatments.models.money import Comparison, Price
from treatments.models.questions import Picture, Question
from treatments.models.safety import Complication, Contraindication
from treatments.models.subjects import BodyArea, Concern, Indication
from treatments.models.treatment import Treatment

__all__ = [
    "Aftercare",
    "BodyArea",
    "Comparison",
    "Complication",
    "Concern",
    "Contraindication",
    "Edition",
    "Evidence",
    "Indication",
    "Picture",
    "Preparation",
    "Price",
    "Question",
    "Reference",
    "SessionPhase",
    "Step",
    "Substance",
    "Treatment",
]
