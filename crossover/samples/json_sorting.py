def _json_slot(text: str, extension: str) -> Slot:
    first = _first_value(text)
    if isinstance(first, Mapping):
        keys = set(map(str, first))
    elif first is not None:
        keys = set()
    else:
        keys = {a or b for a, b in _KEYS.findall(text[:_HEAD_BYTES])}
    if isinstance(first, str | int | float) or first == [] or first == {}:
        keys |= _later_keys(text)
    if is_message(first) or {"role", "text"} <= keys:
        return Slot.CHATS
    if keys & _TOOL_KEYS or {"function", "question"} <= keys or (first is not None and _is_tool(first)):
        return Slot.TOOLS
    if (
        keys & _CHAT_KEYS
        or ("prompt" in keys and "completion" in keys)
        or (first is not None and raw_messages(first))
    ):
        return Slot.CHATS
    if {"function", "functions", "tools", "parameters"} & keys:
        return Slot.TOOLS
    if (
        {"paragraphs", "qas"} & keys
        or '"paragraphs"' in text[:5_000]
        or (any(map(is_question_name, keys)) and _asks(keys))
    ):
        return Slot.QUESTIONS
    return (
        Slot.QUESTIONS
        if extension in ("jsonl", "ndjson") and any(map(is_question_name, keys))
        else Slot.KNOWLEDGE
    )


def _later_keys(text: str) -> set[str]:
    """Keys of the whole head, for files whose first line says nothing."""
    return {a or b for a, b in _KEYS.findall(text)}


def _is_tool(value: object) -> bool:
    if not isinstance(value, Mapping):
        return False
    return "messages" not in value and any(raw.parameters for raw in islice(raw_tools(value), 3))


def _asks(keys: set[str]) -> bool:
    """A record with a text is a question only when something stands beside it that is not just a name."""
    names = {column_key(key) for key in keys}
    return bool(
        names
        - {
            "text",
            "title",
            "body",
            "contents",
            "content",
            "id",
            "doc_id",
            "url",
            "source",
            "metadata",
            "name",
        }
    )


def _first_value(text: str) -> object | None:
    """The first element of an array, the first line, or the whole object; None when the head does not hold it."""
    start = len(text) - len(text.lstrip())
    if text[start : start + 1] == "[":
        start = len(text) - len(text[start + 1 :].lstrip())
    if text[start : start + 2000].count("[") > 500:
        return None
    try:
        value: object = json.JSONDecoder(strict=False, parse_int=len).raw_decode(text, start)[0]
    except (ValueError, RecursionError):
        return None
    inner = (
        next((v for v in value.values() if isinstance(v, list)), None) if isinstance(value, dict) else None
    )
    if inner and isinstance(inner[0], dict) and set(value) & _WRAPPERS:
        return {**inner[0], **{key: None for key in value if key not in _WRAPPERS}}
    return value


