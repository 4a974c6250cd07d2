"""What each type of entity looks like: a colour and a shape that no other type has.

Shapes differ as colours do, so that colour is never the only sign.
"""

from __future__ import annotations

from typing import NamedTuple

from kg.colours import BLUE, GREEN, GREY, ORANGE, PURPLE, SKY, VERMILLION, YELLOW


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
        ("SmallMolecule", "small molecules", "small molecule", "Drugs", BLUE, "dot"),
        (
            "AntibodyDrugConjugate",
            "antibody-drug conjugates",
            "antibody-drug conjugate",
            "Drugs",
            BLUE,
            "star",
        ),
        (
            "MonoclonalAntibody",
            "monoclonal antibodies",
            "monoclonal antibody",
            "Drugs",
            BLUE,
            "triangleDown",
        ),
        (
            "BispecificAntibody",
            "bispecific antibodies",
            "bispecific antibody",
            "Drugs",
            BLUE,
            "diamond",
        ),
        ("CellTherapy", "cell therapies", "cell therapy", "Drugs", BLUE, "hexagon"),
        ("FusionToxin", "fusion toxins", "fusion toxin", "Drugs", BLUE, "triangle"),
        ("Radioconjugate", "radioconjugates", "radioconjugate", "Drugs", BLUE, "square"),
        ("Enzyme", "enzymes", "enzyme", "Drugs", SKY, "dot"),
        ("Cytokine", "cytokines", "cytokine", "Drugs", SKY, "diamond"),
        ("Oligonucleotide", "oligonucleotides", "oligonucleotide", "Drugs", SKY, "triangle"),
        ("Vaccine", "vaccines", "vaccine", "Drugs", SKY, "square"),
        ("Drug", "other drugs", "drug", "Drugs", SKY, "triangleDown"),
        ("Regimen", "regimens", "regimen", "Drugs", SKY, "hexagon"),
        ("Antibody", "antibodies (parts)", "antibody", "Parts", PURPLE, "triangleDown"),
        ("Linker", "linkers", "linker", "Parts", PURPLE, "square"),
        ("Payload", "payloads", "payload", "Parts", PURPLE, "star"),
        ("Target", "targets", "target", "Biology", VERMILLION, "diamond"),
        ("Mechanism", "mechanisms", "mechanism", "Biology", ORANGE, "triangle"),
        ("Biomarker", "biomarkers", "biomarker", "Biology", YELLOW, "hexagon"),
        ("Disease", "diseases", "disease", "Medicine", GREEN, "dot"),
        ("AdverseEvent", "adverse events", "adverse event", "Medicine", YELLOW, "triangleDown"),
        ("Trial", "trials", "trial", "Evidence", GREY, "square"),
        ("Organization", "organizations", "organization", "Evidence", GREY, "hexagon"),
        ("Measure", "measures", "measure", "Evidence", GREY, "dot"),
    )
}


def look(kind: str) -> Look:
    """How a type is drawn; one that is not known here is drawn as a grey star."""
    return LOOKS.get(kind) or Look(kind, kind, "Other", GREY, "star")
