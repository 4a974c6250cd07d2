"""Drugs nearest to a drug, and why: what they share, the rarer the more.

Drugs are compared by five aspects: targets, mechanisms (also of a payload), payloads, classes of
payload, and diseases in which they were tested or approved; each with all that is broader.
A shared feature weighs its information content, ``IC = -ln(share of drugs that have it)``
(Resnik, IJCAI 1995, 448-453), over the sum of the IC of all features of the aspect that either
drug has: the terms of simGIC (Pesquita and others, BMC Bioinformatics 2008;9(Suppl 5):S4).
So an aspect gives 0 to 1, the score is their sum, 5 at most; it is symmetric, and what
all drugs have in common weighs nothing.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable
from math import log

import msgspec

from kg.analysis.sources import Select, Source, Triple, stated
from kg.cards import Link
from kg.errors import BadParameter
from kg.vocabulary import curie

# By which ?node and ?p a ?drug has a ?feature.
_ASPECTS = {
    "target": "?drug lkg:target ?feature . BIND(?drug AS ?node) BIND(lkg:target AS ?p)",
    "mechanism": """?drug lkg:payload? ?node . ?node lkg:mechanism ?feature .
      BIND(lkg:mechanism AS ?p)""",
    "payload": "?drug lkg:payload ?feature . BIND(?drug AS ?node) BIND(lkg:payload AS ?p)",
    "payload class": """?drug lkg:payload ?node . ?node lkg:payloadClass ?feature .
      BIND(lkg:payloadClass AS ?p)""",
    "disease": """{ ?node lkg:drug ?drug ; lkg:condition ?feature . BIND(lkg:condition AS ?p) }
      UNION {
        VALUES ?eventType { "approval" "accelerated-approval" "conditional-approval"
          "exceptional-approval" "re-approval" "conversion" }
        ?node lkg:eventType ?eventType ; lkg:drug ?drug ; lkg:indication ?feature .
        BIND(lkg:indication AS ?p)
      }""",
}
_HIERARCHY = "SELECT ?narrow ?broad { ?narrow rdfs:subClassOf|skos:broader ?broad }"
Feature = tuple[str, str]  # the aspect, and an IRI or text
Features = dict[Feature, set[Triple]]  # with the triples by which a drug has them


class Reason(msgspec.Struct, frozen=True):
    """One feature that two drugs share.

    Attributes:
        aspect: "target", "mechanism", "payload", "payload class" or "disease".
        feature: what they share; its ``id`` is "" for a class of payload.
        weight: what it adds to the score, with what is broader than it and nothing nearer.
        drugs: how many drugs have it.
        evidence: who states that either drug has it, by date.
    """

    aspect: str
    feature: Link
    weight: float
    drugs: int
    evidence: list[Source]


class Neighbour(msgspec.Struct, frozen=True):
    """A drug, how near it is (0 to 5) and why, the weightiest reason first."""

    drug: Link
    score: float
    reasons: list[Reason]


def neighbours(
    select: Select, drug: str, most: int, label: Callable[[str], str]
) -> list[Neighbour]:
    """The drugs nearest to a drug, the nearest first, then by their ids; none without features.

    Args:
        select: answers SELECT queries.
        drug: its IRI.
        most: how many at most.
        label: from an IRI to its label.

    Raises:
        BadParameter: most < 1.
    """
    if most < 1:
        raise BadParameter(f"{most} neighbours: ask for one or more")
    broader = _broader(select)
    features = _features(select, broader)
    own = features.setdefault(drug, {})
    shared_by = Counter(feature for has in features.values() for feature in has)
    content = {feature: log(len(features) / n) for feature, n in shared_by.items()}
    near = {
        other: _folded(weights, broader)
        for other, has in features.items()
        if other != drug and (weights := _weights(own, has, content))
    }
    best = sorted(near, key=lambda other: (-_score(near[other]), other))[:most]
    by = {(o, feature): own[feature] | features[o][feature] for o in best for feature in near[o]}
    said = stated(select, (triple for triples in by.values() for triple in triples))
    return [
        Neighbour(
            Link(curie(other), label(other)),
            round(_score(near[other]), 3),
            [
                Reason(
                    feature[0],
                    _link(feature, label),
                    round(weight, 3),
                    shared_by[feature],
                    sorted({each for triple in by[other, feature] for each in said[triple]}),
                )
                for feature, weight in sorted(near[other].items(), key=lambda w: (-w[1], w[0]))
            ],
        )
        for other in best
    ]


def _broader(select: Select) -> dict[str, set[str]]:
    found: dict[str, set[str]] = defaultdict(set)
    for narrow, broad in select(_HIERARCHY):
        found[str(narrow)].add(str(broad))
    return found


def _features(select: Select, broader: dict[str, set[str]]) -> dict[str, Features]:
    """What each drug that has any feature has, with all that is broader."""
    found: dict[str, Features] = defaultdict(dict)
    for aspect, pattern in _ASPECTS.items():
        for drug, node, p, value in select(f"SELECT ?drug ?node ?p ?feature {{ {pattern} }}"):
            triple = (str(node), curie(str(p)), str(value))
            for feature in _upwards(str(value), broader):
                found[str(drug)].setdefault((aspect, feature), set()).add(triple)
    return found


def _upwards(value: str, broader: dict[str, set[str]]) -> set[str]:
    """A feature and all that is broader."""
    found, todo = set(), [value]
    while todo:
        if (each := todo.pop()) not in found:
            found.add(each)
            todo.extend(broader.get(each, ()))
    return found


def _weights(one: Features, other: Features, content: dict[Feature, float]) -> dict[Feature, float]:
    """What each shared feature adds to the score, if it adds anything."""
    either: dict[str, float] = defaultdict(float)
    for feature in sorted(one.keys() | other.keys()):
        either[feature[0]] += content[feature]
    return {
        feature: content[feature] / either[feature[0]]
        for feature in sorted(one.keys() & other.keys())
        if content[feature] > 0
    }


def _folded(weights: dict[Feature, float], broader: dict[str, set[str]]) -> dict[Feature, float]:
    """The most specific of shared features, each with the weight of those that it implies."""
    upwards = {feature: _upwards(feature[1], broader) for feature in weights}
    found: dict[Feature, float] = {}
    left = dict(weights)
    for feature in sorted(weights, key=lambda each: (-len(upwards[each]), each)):
        if feature in left:
            aspect = feature[0]
            implied = [each for each in left if each[0] == aspect and each[1] in upwards[feature]]
            found[feature] = sum(left.pop(each) for each in implied)
    return found


def _score(weights: dict[Feature, float]) -> float:
    """Rounded, so that the order of a sum does not break a tie."""
    return round(sum(weights.values()), 9)


def _link(feature: Feature, label: Callable[[str], str]) -> Link:
    aspect, value = feature
    return Link("", value) if aspect == "payload class" else Link(curie(value), label(value))
