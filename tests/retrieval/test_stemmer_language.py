import random

import pytest

from crossover.retrieval import stemmer_language

SENTENCES = {
    "english": "The invoice is sent to you with the order, and it can be paid for at the end of the month.",
    "german": "Die Rechnung wird mit der Ware verschickt und ist bis zum Ende des Monats zu bezahlen.",
    "french": "La facture est envoyée avec les articles et elle est à payer dans le mois qui suit.",
    "spanish": "La factura se envía con el pedido y es necesario pagar en el plazo de un mes, no más tarde.",
    "italian": "La fattura è inviata con il pacco e si deve pagare entro la fine del mese, non oltre.",
    "portuguese": "A fatura é enviada com o pedido e deve ser paga no prazo de um mês, não mais tarde.",
    "dutch": "De factuur wordt met het pakket verstuurd en is voor het einde van de maand te betalen.",
    "swedish": "Fakturan är med i paketet och den ska betalas till slutet av månaden, inte efter det.",
    "norwegian": "Fakturaen er med i pakken, og den skal betales av deg før slutten av måneden, ikke etter.",
    "danish": "Fakturaen er med i pakken, og den skal betales af dig til slutningen af måneden, ikke efter.",
    "polish": "Faktura jest w paczce i należy ją zapłacić do końca miesiąca, ale nie po tym terminie.",
    "russian": "Счёт лежит в посылке, и его нужно оплатить до конца месяца, но не позже, как и все другие.",
}


@pytest.mark.parametrize("language", SENTENCES)
def test_a_plain_sentence_is_enough_to_tell_the_language(language):
    assert stemmer_language([SENTENCES[language]]) == language


@pytest.mark.parametrize(
    "text",
    ["", "a" * 1_000, "SKU-4711 4712 4713", "x = f(a, b); return x[0]", "à", "12,50 EUR", "漢字かな交じり文"],
)
def test_no_language_is_claimed_for_what_is_not_prose(text):
    assert stemmer_language([text]) is None


def test_no_texts_have_no_language():
    assert stemmer_language([]) is None


def test_the_larger_part_of_a_mixed_collection_decides():
    assert stemmer_language([SENTENCES["german"]] * 30 + [SENTENCES["english"]] * 10) == "german"
    assert stemmer_language([SENTENCES["german"]] * 10 + [SENTENCES["english"]] * 30) == "english"


def test_the_sample_reaches_the_end_of_a_long_collection():
    codes = [f"SKU-{number}" for number in range(400)]
    assert stemmer_language(codes + [SENTENCES["german"]] * 400) == "german"


def test_the_same_texts_always_give_the_same_answer():
    texts = list(SENTENCES.values())
    assert len({stemmer_language(texts) for _ in range(20)}) == 1
    shuffled = random.Random(3).sample(texts, len(texts))
    assert stemmer_language(shuffled) == stemmer_language(texts)
