"""What the tables of :mod:`kg.pages.sections` say of a node: columns and patterns.

A column that begins with ``+`` is shown on demand. The class stands in the default graph, which
leaves out what only a superseded version says; the reference is that of the node's own graph.
"""

from __future__ import annotations

_FIGURES = """  OPTIONAL {
    ?node lkg:total ?total OPTIONAL { ?node lkg:count ?count }
    BIND(CONCAT(COALESCE(STR(?count), "?"), "/", STR(?total)) AS ?patients)
  }
  OPTIONAL {
    ?node lkg:value ?number OPTIONAL { ?node lkg:unit ?unit }
    BIND(CONCAT(STR(?number), COALESCE(CONCAT(" ", ?unit), "")) AS ?value)
  }
  OPTIONAL {
    ?node lkg:lower ?lower ; lkg:upper ?upper OPTIONAL { ?node lkg:confidenceLevel ?level }
    BIND(CONCAT(STR(?lower), " to ", STR(?upper),
                COALESCE(CONCAT(" (", STR(?level), " %)"), "")) AS ?interval)
  }
  OPTIONAL { ?node lkg:population ?analysed FILTER(?analysed != "unstated")
             BIND(?analysed AS ?population) }
  OPTIONAL { ?node lkg:subgroup ?subgroup }
  OPTIONAL { ?node lkg:reported ?reported }
"""
_TIME = """  OPTIONAL {
    ?node lkg:timePoint ?months OPTIONAL { ?node lkg:timing ?timing }
    BIND(CONCAT(COALESCE(?timing, "at"), " ", STR(?months), " months") AS ?time)
  }
"""
_P = """  OPTIONAL { ?node lkg:pValue ?p ; lkg:pRelation ?relation
             BIND(IF(?relation = "=", STR(?p), CONCAT(?relation, " ", STR(?p))) AS ?pValue) }
"""
_HOW = """  OPTIONAL { ?node lkg:assessor ?assessor }
  OPTIONAL { ?node lkg:criteria ?criteria }
  OPTIONAL { ?node lkg:followUp ?followUp }
  OPTIONAL { ?node lkg:dataCutoff ?dataCutoff }
"""
_WHO = """  OPTIONAL { ?node lkg:setting ?setting }
  OPTIONAL { ?node lkg:requires ?requires . ?requires rdfs:label ?requiresLabel }
  OPTIONAL { ?node lkg:excludes ?excludes . ?excludes rdfs:label ?excludesLabel }
  OPTIONAL { ?node lkg:after ?after . ?after rdfs:label ?afterLabel }
"""
_MARKS = """  OPTIONAL { ?node lkg:locator ?locator }
  OPTIONAL { ?node lkg:checked ?checked }
"""
_OF_TRIAL = """  ?node lkg:trial ?trial .
  ?trial dcterms:identifier ?registered .
  OPTIONAL { ?trial lkg:acronym ?acronym }
  BIND(COALESCE(?acronym, ?registered) AS ?trialLabel)
  OPTIONAL { ?node lkg:arm ?given . ?given rdfs:label ?arm }
"""

_FIGURE_COLUMNS = {
    "reported": "As reported",
    "patients": "n/N",
    "value": "Value",
    "interval": "Interval",
    "population": "Among",
}
_HOW_COLUMNS = {
    "+assessor": "Assessed by",
    "+criteria": "Criteria",
    "+followUp": "Follow-up, months",
    "+dataCutoff": "Data cut",
}

RESULT_COLUMNS = {
    "measure": "Endpoint",
    "trial": "Trial",
    "arm": "Arm",
    **_FIGURE_COLUMNS,
    "time": "Time",
    "reference": "Reference",
    "+subgroup": "Subgroup",
    "+among": "Of those with",
    "+assessor": "Assessed by",
    "+criteria": "Criteria",
    "+threshold": "Threshold",
    "+role": "Role of the endpoint",
    "+pValue": "p",
    "+followUp": "Follow-up, months",
    "+dataCutoff": "Data cut",
}
RESULTS = (
    """  ?node a lkg:Outcome ; lkg:measure ?measure .
  ?measure rdfs:label ?measureLabel .
  GRAPH ?reference { ?node a lkg:Outcome }
  FILTER NOT EXISTS { ?node lkg:adverseEvent ?harm }
  FILTER NOT EXISTS { ?node lkg:comparator ?other }
"""
    + _OF_TRIAL
    + _FIGURES
    + _TIME
    + _HOW
    + _MARKS
    + """  OPTIONAL { ?node lkg:among ?among . ?among rdfs:label ?amongLabel }
  OPTIONAL { ?node lkg:threshold ?threshold }
  OPTIONAL { ?node lkg:endpointRole ?role }
"""
    + _P
)

TEST_COLUMNS = {
    "measure": "Endpoint",
    "trial": "Trial",
    "arm": "Arm",
    "comparator": "Against",
    "reported": "As reported",
    "value": "Value",
    "interval": "Interval",
    "pValue": "p",
    "population": "Among",
    "time": "Time",
    "reference": "Reference",
    "+harm": "Harm",
    "+subgroup": "Subgroup",
    "+sides": "Sides of the test",
    "+role": "Role of the endpoint",
    **_HOW_COLUMNS,
}
TESTS = (
    """  ?node a lkg:Outcome ; lkg:comparator ?other ; lkg:measure ?measure .
  ?other rdfs:label ?comparator .
  ?measure rdfs:label ?measureLabel .
  GRAPH ?reference { ?node a lkg:Outcome }
"""
    + _OF_TRIAL
    + _FIGURES
    + _TIME
    + _HOW
    + _MARKS
    + """  OPTIONAL { ?node lkg:adverseEvent ?harm . ?harm rdfs:label ?harmLabel }
  OPTIONAL { ?node lkg:endpointRole ?role }
  OPTIONAL { ?node lkg:pSides ?sides }
"""
    + _P
)

HARM_COLUMNS = {
    "harm": "Harm",
    "grade": "Grade",
    "trial": "Trial",
    "arm": "Arm",
    **_FIGURE_COLUMNS,
    "time": "Time",
    "reference": "Reference",
    "+subgroup": "Subgroup",
    "+measure": "Measure",
    **_HOW_COLUMNS,
}
HARMS = (
    """  ?node a lkg:Outcome ; lkg:adverseEvent ?harm .
  ?harm rdfs:label ?harmLabel .
  GRAPH ?reference { ?node a lkg:Outcome }
  FILTER NOT EXISTS { ?node lkg:comparator ?other }
"""
    + _OF_TRIAL
    + _FIGURES
    + _TIME
    + _HOW
    + _MARKS
    + """  OPTIONAL { ?node lkg:grade ?grade }
  OPTIONAL { ?node lkg:measure ?measure . ?measure rdfs:label ?measureLabel }
"""
)

DECISION_COLUMNS = {
    "date": "Day",
    "type": "Decision",
    "where": "Where",
    "drug": "Drug",
    "indication": "For",
    "setting": "In whom",
    "requires": "With",
    "combinedWith": "Together with",
    "remark": "Remark",
    "reference": "Reference",
    "+agency": "Agency",
    "+after": "After",
    "+excludes": "Not with",
    "+pivotal": "Pivotal trial",
    "+harm": "Harm",
    "+reported": "As reported",
}
DECISIONS = (
    """  ?node a lkg:RegulatoryEvent ; lkg:drug ?drug ; lkg:eventType ?type ; lkg:date ?day .
  ?drug rdfs:label ?drugLabel .
  GRAPH ?reference { ?node a lkg:RegulatoryEvent }
  OPTIONAL { ?node lkg:datePrecision ?precision }
  BIND(SUBSTR(STR(?day), 1, IF(!BOUND(?precision), 10, IF(?precision = "year", 4, 7))) AS ?date)
  OPTIONAL { ?node lkg:jurisdiction ?where }
  OPTIONAL { ?node lkg:agency ?agency . ?agency rdfs:label ?agencyLabel }
  OPTIONAL { ?node lkg:indication ?indication . ?indication rdfs:label ?indicationLabel }
"""
    + _WHO
    + """\
  OPTIONAL { ?node lkg:combinedWith ?combinedWith . ?combinedWith rdfs:label ?combinedWithLabel }
  OPTIONAL { ?node lkg:pivotal ?pivotal . ?pivotal rdfs:label ?pivotalLabel }
  OPTIONAL { ?node lkg:adverseEvent ?harm . ?harm rdfs:label ?harmLabel }
  OPTIONAL { ?node lkg:designation ?designation }
  OPTIONAL { ?node lkg:reason ?reason }
  OPTIONAL { ?node lkg:initiator ?initiator }
  BIND(COALESCE(?designation, CONCAT(?reason, ", by ", ?initiator), ?reason,
                CONCAT("by ", ?initiator)) AS ?remark)
  OPTIONAL { ?node lkg:reported ?reported }
"""
    + _MARKS
)

ARM_COLUMNS = {
    "arm": "Arm",
    "role": "Role",
    "drug": "Drugs",
    "regimen": "Regimen",
    "dose": "Dose",
    "setting": "In whom",
    "priorLines": "Earlier lines, at least",
    "after": "After",
    "requires": "With",
    "reference": "Reference",
    "+excludes": "Not with",
    "+ageLow": "From age",
    "+ageHigh": "To age",
}
ARMS = (
    """  ?node a lkg:Arm ; rdfs:label ?arm .
  GRAPH ?reference { ?node lkg:role ?role }
  OPTIONAL { ?node lkg:drug ?drug . ?drug rdfs:label ?drugLabel }
  OPTIONAL { ?node lkg:regimen ?regimen . ?regimen rdfs:label ?regimenLabel }
  OPTIONAL { ?node lkg:dose ?dose }
  OPTIONAL { ?node lkg:priorLines ?priorLines }
  OPTIONAL { ?node lkg:ageLow ?ageLow }
  OPTIONAL { ?node lkg:ageHigh ?ageHigh }
"""
    + _WHO
)

TRIAL_COLUMNS = {
    "trial": "Trial",
    "phase": "Phase",
    "drug": "Drugs",
    "condition": "Diseases",
    "enrollment": "Patients",
    "status": "Status",
    "reference": "Reference",
    "+number": "Number",
    "+sponsor": "Sponsor",
    "+startDate": "Start",
}
TRIALS = """  ?node a lkg:Trial ; rdfs:label ?trialLabel ; dcterms:identifier ?number .
  BIND(?node AS ?trial)
  GRAPH ?reference { ?node lkg:condition ?condition }
  ?condition rdfs:label ?conditionLabel .
  OPTIONAL { ?node lkg:drug ?drug . ?drug rdfs:label ?drugLabel }
  OPTIONAL { ?node lkg:phase ?phase }
  OPTIONAL { ?node lkg:enrollment ?enrollment }
  OPTIONAL { ?node lkg:status ?status }
  OPTIONAL { ?node lkg:sponsor ?sponsor . ?sponsor rdfs:label ?sponsorLabel }
  OPTIONAL { ?node lkg:startDate ?startDate }
"""

OBSERVATION_COLUMNS = {
    "about": "About",
    "measure": "Measure",
    **_FIGURE_COLUMNS,
    "subgroup": "Subgroup",
    "reference": "Reference",
    **_HOW_COLUMNS,
}
OBSERVATIONS = (
    """  ?node a lkg:Observation ; lkg:about ?about ; lkg:measure ?measure .
  ?about rdfs:label ?aboutLabel . ?measure rdfs:label ?measureLabel .
  GRAPH ?reference { ?node a lkg:Observation }
"""
    + _FIGURES
    + _HOW
    + _MARKS
)

STATEMENT_COLUMNS = {
    "statement": "What was said",
    "speaker": "By whom",
    "kind": "Kind",
    "about": "About",
    "reference": "Reference",
}
STATEMENTS = (
    """  ?node a lkg:Statement ; rdfs:comment ?statement ; lkg:speaker ?speaker ; lkg:about ?about .
  ?about rdfs:label ?aboutLabel .
  GRAPH ?reference { ?node a lkg:Statement }
  OPTIONAL { ?node lkg:kind ?kind }
"""
    + _MARKS
)
