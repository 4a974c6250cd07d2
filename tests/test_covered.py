"""What an empty answer says: that there is nothing, or that nobody looked."""


def words(answer):
    assert len(answer) == 0
    return answer.coverage


def test_a_disease_that_was_looked_at(graph):
    said = words(graph.ask("responses", drug="imatinib", disease="hairy cell leukemia"))
    assert said.covered
    assert said.words.startswith("covered, none found: Hairy cell leukemia was looked for until ")
    assert "left out: the variant form" in said.words


def test_a_disease_above_the_areas(graph):
    said = words(graph.ask("responses", drug="BL22", disease="acute leukemia"))
    assert said.covered and "Acute myeloid leukemia" in said.words


def test_a_drug_by_the_diseases_of_its_trials(graph):
    said = words(graph.ask("history", drug="BL22"))
    assert said.covered and "Hairy cell leukemia" in said.words
    assert "Acute myeloid leukemia" not in said.words


def test_a_target_by_the_drugs_that_hit_it(graph):
    said = words(graph.ask("statements", about="CD25"))
    assert said.covered


def test_a_disease_that_nobody_looked_at(graph):
    said = words(graph.ask("responses", drug="imatinib", disease="plasma cell leukemia"))
    assert not said.covered
    assert said.words.startswith("not covered: no area that was looked at holds plasma cell")


def test_a_question_about_no_entity(graph):
    said = words(graph.ask("drugs-by-payload-class", payload_class="none such"))
    assert not said.covered and "kg ask coverage" in said.words


def test_a_view_knows_from_the_whole_graph_what_was_looked_at(graph):
    said = words(
        graph.as_of("2011-06-30").ask(
            "approved-drugs", disease="hairy cell leukemia", jurisdiction="JP"
        )
    )
    assert said.covered


def test_an_answer_with_rows_says_nothing_of_it_and_one_without_shows_it(graph):
    assert graph.ask("drugs-by-target", target="CD22").coverage is None
    assert "covered, none found" in repr(graph.ask("history", drug="BL22"))
