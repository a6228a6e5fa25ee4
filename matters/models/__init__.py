"""Models of the catalogue, one noun a file."""

from matters.models.business_item import BusinessItem
from matters.models.catalogue import BaseItem, CatalogueList, CatalogueListing, Theme
from matters.models.comment import VersionComment
from matters.models.feedback import GuideFeedback
from matters.models.finding import CatalogueFinding
from matters.models.guide_parts import Condition, Faq, Fee, LegalBasis, Result
from matters.models.guide_text import GuideText
from matters.models.history import ElementChange, MatterMove, VersionMove
from matters.models.import_job import ImportJob
from matters.models.material import Material, MaterialUse, Paper
from matters.models.matter import Matter
from matters.models.proof import ProofItem
from matters.models.sample import SampleDossier, SampleFile, SampleNote, SamplePage
from matters.models.search_entry import SearchEntry
from matters.models.search_query import SearchQuery
from matters.models.short_link import ShortLink
from matters.models.situation import Situation, SituationOption
from matters.models.step import Step, StepRole
from matters.models.synonym import Synonym
from matters.models.take_over import TakeOver
from matters.models.version import JointAgency, MatterVersion, VersionTheme

__all__ = [
    "BaseItem",
    "BusinessItem",
    "CatalogueFinding",
    "CatalogueList",
    "CatalogueListing",
    "Condition",
    "ElementChange",
    "Faq",
    "Fee",
    "GuideFeedback",
    "GuideText",
    "ImportJob",
    "JointAgency",
    "LegalBasis",
    "Material",
    "MaterialUse",
    "Matter",
    "MatterMove",
    "MatterVersion",
    "Paper",
    "ProofItem",
    "Result",
    "SampleDossier",
    "SampleFile",
    "SampleNote",
    "SamplePage",
    "SearchEntry",
    "SearchQuery",
    "ShortLink",
    "Situation",
    "SituationOption",
    "Step",
    "StepRole",
    "TakeOver",
    "Synonym",
    "Theme",
    "VersionComment",
    "VersionMove",
    "VersionTheme",
]
