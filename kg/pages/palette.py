"""What each type of entity looks like: a colour and a shape that no other type has.

Colours are those of Okabe and Ito, which people with any kind of colour vision can
tell apart, and a grey; shapes differ too, so that colour is never the only sign.
"""

from __future__ import annotations

from typing import NamedTuple

_BLUE, _SKY, _GREEN, _YELLOW = "#0072B2", "#56B4E9", "#009E73", "#F0E442"
_ORANGE, _VERMILLION, _PURPLE, _GREY = "#E69F00", "#D55E00", "#CC79A7", "#8C8C8C"


class Look(NamedTuple):
    """How a type is named and drawn.

    Attributes:
        name: as the legend says it, in the plural.
        one: as a single entity's details say it.
        group: the heading that it stands under in the legend.
        colour: of the inside of the shape.
        shape: one of those of vis-network that carry no label inside.
    """

    name: str
    one: str
    group: str
    colour: str
    shape: str


LOOKS: dict[str, Look] = {
    kind: Look(name, one, group, colour, shape)
    for kind, name, one, group, colour, shape in (
        ("SmallMolecule", "small molecules", "small molecule", "Drugs", _BLUE, "dot"),
        (
            "AntibodyDrugConjugate",
            "antibody-drug conjugates",
            "antibody-drug conjugate",
            "Drugs",
            _BLUE,
            "star",
        ),
        (
            "MonoclonalAntibody",
            "monoclonal antibodies",
            "monoclonal antibody",
            "Drugs",
            _BLUE,
            "triangleDown",
        ),
        (
            "BispecificAntibody",
            "bispecific antibodies",
            "bispecific antibody",
            "Drugs",
            _BLUE,
            "diamond",
        ),
        ("CellTherapy", "cell therapies", "cell therapy", "Drugs", _BLUE, "hexagon"),
        ("FusionToxin", "fusion toxins", "fusion toxin", "Drugs", _BLUE, "triangle"),
        ("Radioconjugate", "radioconjugates", "radioconjugate", "Drugs", _BLUE, "square"),
        ("Enzyme", "enzymes", "enzyme", "Drugs", _SKY, "dot"),
        ("Cytokine", "cytokines", "cytokine", "Drugs", _SKY, "diamond"),
        ("Oligonucleotide", "oligonucleotides", "oligonucleotide", "Drugs", _SKY, "triangle"),
        ("Vaccine", "vaccines", "vaccine", "Drugs", _SKY, "square"),
        ("Drug", "other drugs", "drug", "Drugs", _SKY, "triangleDown"),
        ("Regimen", "regimens", "regimen", "Drugs", _SKY, "hexagon"),
        ("Antibody", "antibodies (parts)", "antibody", "Parts", _PURPLE, "triangleDown"),
        ("Linker", "linkers", "linker", "Parts", _PURPLE, "square"),
        ("Payload", "payloads", "payload", "Parts", _PURPLE, "star"),
        ("Target", "targets", "target", "Biology", _VERMILLION, "diamond"),
        ("Mechanism", "mechanisms", "mechanism", "Biology", _ORANGE, "triangle"),
        ("Biomarker", "biomarkers", "biomarker", "Biology", _YELLOW, "hexagon"),
        ("Disease", "diseases", "disease", "Medicine", _GREEN, "dot"),
        ("AdverseEvent", "adverse events", "adverse event", "Medicine", _YELLOW, "triangleDown"),
        ("Trial", "trials", "trial", "Evidence", _GREY, "square"),
        ("Organization", "organizations", "organization", "Evidence", _GREY, "hexagon"),
        ("Measure", "measures", "measure", "Evidence", _GREY, "dot"),
    )
}


def look(kind: str) -> Look:
    """How a type is drawn; one that is not known here is drawn as a grey star."""
    return LOOKS.get(kind) or Look(kind, kind, "Other", _GREY, "star")
