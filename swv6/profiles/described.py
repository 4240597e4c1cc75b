"""What each setting is for: the text under it in the source, read when somebody asks and not at every start."""

from __future__ import annotations

import ast
import inspect
from itertools import pairwise
from textwrap import dedent
from typing import Any

from pydantic import BaseModel
from pydantic.json_schema import GenerateJsonSchema


def descriptions(model: type[BaseModel]) -> dict[str, str]:
    """Give the fields that are described, by `Field(description=...)` or by the text under them.

    pydantic's own `use_attribute_docstrings` parses the source of each class as it is made: 40 ms of every start.
    """
    found = dict[str, str]()
    for base in reversed(model.__mro__):
        if issubclass(base, BaseModel) and base is not BaseModel:
            found |= _under(base)
    fields = model.model_fields.items()
    return {name: text for name, field in fields if (text := field.description or found.get(name))}


def _under(model: type[BaseModel]) -> dict[str, str]:
    """Read the texts under the fields that one class declares; what it declares anew without one has none."""
    try:
        declared: Any = ast.parse(dedent(inspect.getsource(model))).body[0]
    except (OSError, TypeError, SyntaxError):
        return {}
    texts = dict[str, str]()
    for field, below in pairwise((*declared.body, None)):
        match field, below:
            case ast.AnnAssign(target=ast.Name(id=name)), ast.Expr(value=ast.Constant(value=str(text))):
                texts[name] = inspect.cleandoc(text)
            case ast.AnnAssign(target=ast.Name(id=name)), _:
                texts[name] = ""
            case _:
                pass
    return texts


class Describing(GenerateJsonSchema):
    """Writes the descriptions into a schema."""

    def model_schema(self, schema: Any) -> dict[str, Any]:
        """Describe one model and its fields."""
        described = super().model_schema(schema)
        for name, text in descriptions(schema["cls"]).items():
            described["properties"][name].setdefault("description", text)
        return described
