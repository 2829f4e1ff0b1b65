"""Names for people: models with their hosts, price columns, and what happens to a model at a host."""

from __future__ import annotations

from crossover.prices import OWN_MACHINES, Lifecycle, LifecycleEvent, PriceBook, host_label
from crossover.words import mark, say, say_as

_INFERENCE = "inference"


def model_label(book: PriceBook, host: str, model: str) -> str:
    """The model's name for people, with its host: "GPT-4o mini at OpenAI"."""
    return at_host(model_name(book, host, model), host)


def model_name(book: PriceBook, host: str, model: str) -> str:
    """The model's name for people, without its host."""
    entry = next((entry for entry in book.catalogue if entry.is_called(host, model)), None)
    return entry.label if entry else model


def at_host(model: str, host: str) -> str:
    """A model's name with the host that runs it."""
    if host in OWN_MACHINES:
        return say_as("own machine", "{model} at {host}", model=model, host=host_label(host))
    return say("{model} at {host}", model=model, host=host_label(host))


def field_label(name: str) -> str:
    """The name of a price column for people, its unit included where it is not per million tokens."""
    tuned, plain = name.startswith("tuned_"), name.removeprefix("tuned_")
    label = say(_FIELD_LABELS.get(plain, plain.replace("_", " ")))
    return say("tuned {label}", label=label) if tuned else label


def subject_label(subject: str) -> str:
    """What a price change is about, for people: "inference", or "tuning" with its mode and tier."""
    return ", ".join(say(part) if part in _SUBJECTS else part for part in subject.split(", "))


def event_words(event: Lifecycle) -> str:
    """A dated event of the book as a clause: "shut down on 2027-01-14, replacement gpt-6-luna"."""
    words = say(_EVENT_WORDS[event.event, event.scope == _INFERENCE], day=event.on)
    if not event.replacement:
        return words
    return say("{event}, replacement {model}", event=words, model=event.replacement)


_FIELD_LABELS = {
    "input_mtok": mark("input"),
    "output_mtok": mark("output"),
    "cached_input_mtok": mark("cached input"),
    "cache_write_mtok": mark("cache write"),
    "batch_input_mtok": mark("batch input"),
    "batch_output_mtok": mark("batch output"),
    "long_from_tokens": mark("long-context limit, tokens"),
    "long_input_mtok": mark("input beyond the limit"),
    "long_output_mtok": mark("output beyond the limit"),
    "long_cached_input_mtok": mark("cached input beyond the limit"),
    "long_cache_write_mtok": mark("cache write beyond the limit"),
    "training_usd_per_mtok": mark("training"),
    "training_usd_per_hour": mark("training per hour"),
    "hosting_usd_per_hour": mark("hosting per hour"),
    "storage_usd_per_month": mark("storage per month"),
    "minimum_fee_usd": mark("smallest bill per job"),
    "min_examples": mark("fewest examples"),
    "max_example_tokens": mark("longest example, tokens"),
    "free_tokens_per_day": mark("free training tokens a day"),
    "free_until": mark("free until"),
    "region": mark("region"),
}
_EVENT_WORDS = {
    (event, is_inference): words
    for event, on_inference, on_tuning in (
        (LifecycleEvent.OPENED, mark("available from {day}"), mark("open for tuning from {day}")),
        (
            LifecycleEvent.CLOSED_TO_NEW,
            mark("closed to new customers from {day}"),
            mark("tuning closed to new customers from {day}"),
        ),
        (
            LifecycleEvent.CLOSED_TO_INACTIVE,
            mark("closed to inactive customers from {day}"),
            mark("tuning closed to inactive customers from {day}"),
        ),
        (LifecycleEvent.NO_NEW_JOBS, mark("no new jobs from {day}"), mark("no new tuning jobs from {day}")),
        (LifecycleEvent.SHUTDOWN, mark("shut down on {day}"), mark("tuned models shut down on {day}")),
        (
            LifecycleEvent.NOT_OFFERED,
            mark("not offered as of {day}"),
            mark("tuning not offered as of {day}"),
        ),
    )
    for is_inference, words in ((True, on_inference), (False, on_tuning))
}
# the parts of a price change's subject that people read in their own language; modes stay ids
_SUBJECTS = (
    mark("inference"),
    mark("tuning"),
    mark("global"),
    mark("data-zone"),
    mark("regional-us"),
    mark("developer"),
    mark("data-sharing"),
)
