"""One schema, one style or neither, by hand and on real answers."""

import json
import math

import pytest

from crossover.evidence.answer_format import Conclusion, answer_format, parsed_json
from crossover.profile import requests_of
from crossover.samples import Slot, combine, read_upload

ORDER = '{"city": "Ulm", "size": %d}'
ODD = '{"city": "Ulm"}'


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ('{"a": 1}', {"a": 1}),
        ('```json\n{"a": 1}\n```', {"a": 1}),
        ("[1, 2]", [1, 2]),
        ("308", None),  # a number is no structure
        ('"yes"', None),
        ('{"a": 1', None),
        ("[" * 200_000, None),
        ('{"a": ' + "9" * 5_000 + "}", {"a": math.inf}),
        ("", None),
    ],
)
def test_only_objects_and_lists_are_structured(text, value):
    assert parsed_json(text) == value


@pytest.mark.parametrize(
    ("answers", "conclusion"),
    [
        ([ORDER % n for n in range(19)] + [ODD], Conclusion.STRUCTURED),  # 19 of 20: 95 %
        ([ORDER % n for n in range(18)] + [ODD] * 2, Conclusion.NONE),  # 90 %
        ([ORDER % n for n in range(9)], Conclusion.NONE),  # nine answers are too few to tell
        ([f"Dear customer, {'word ' * n}" for n in range(1, 21)], Conclusion.STYLE),
        ([f"{'word ' * n}Kind regards, Anna" for n in range(1, 21)], Conclusion.STYLE),
        (["blue", "It is 12 km.", "No, sorry about that, we do not.", "x y z"] * 5, Conclusion.NONE),
    ],
)
def test_what_the_form_argues_for(answers, conclusion):
    form = answer_format(answers)
    assert form is not None and form.conclusion is conclusion


def test_keys_types_and_values_by_hand():
    answers = [
        json.dumps({"kind": "ab"[n % 2], "size": n if n % 5 else None, "note": f"n{n}"}) for n in range(20)
    ]
    form = answer_format(answers)
    assert form is not None
    kind, size, note = form.keys
    assert (kind.types, kind.enum, kind.present.share) == (("string",), ("a", "b"), 1.0)
    assert (size.types, size.enum) == (("integer", "null"), ())
    assert note.enum == ()  # twenty values in twenty answers are no list to choose from
    assert (form.key_sets, form.key_set_bits, form.modal_keys) == (1, 0.0, ("kind", "note", "size"))


def test_entropy_of_two_equal_key_sets_is_one_bit():
    form = answer_format([ODD, ORDER % 1] * 10)
    assert form is not None and form.key_set_bits == pytest.approx(1.0)
    assert form.modal.share == 0.5 and form.off_format_rows == ()


def test_rows_off_the_form_are_named_only_where_there_is_one():
    form = answer_format([ORDER % n for n in range(39)] + ["sorry"])
    assert form is not None and form.off_format_rows == (39,)


def test_opening_and_ending_are_shared_by_four_of_five():
    form = answer_format(["Hi! Yes. Bye"] * 8 + ["Nah"] * 2)
    assert form is not None and (form.opening, form.ending) == ("Hi! Yes. Bye", "Hi! Yes. Bye")
    other = answer_format(["Hi! Yes. Bye"] * 7 + ["Nah"] * 3)
    assert other is not None and (other.opening, other.ending) == ("", "")
    assert answer_format([]) is None


def test_real_json_answers_are_one_schema_with_the_intents_as_a_list(shared):
    path = shared / "data/finetune/xsid_de_valid_chat.jsonl"
    samples = combine([read_upload(path.name, path.read_bytes(), slot=Slot.CHATS)])
    form = answer_format(requests_of(samples).answers)
    assert form is not None and form.conclusion is Conclusion.STRUCTURED
    intent = next(key for key in form.keys if key.name == "intent")
    assert len(intent.enum) == 15 and form.as_json.share == 1.0
