"""JSON Schema of a profile's file, with the options of every installed backend."""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel
from pydantic.json_schema import GenerateJsonSchema, models_json_schema

from swv6.plugins import Backend
from swv6.plugins.manager import Plugins
from swv6.plugins.options import Options, Weights
from swv6.profiles.described import Describing
from swv6.profiles.explain import parts
from swv6.profiles.schema import CHAINS, Settings

EDITOR_LINE = "# yaml-language-server: $schema={path}"
"""First line of a profile that makes editors with the YAML language server check and complete it."""


def schema(plugins: Plugins) -> dict[str, Any]:
    """Describe a profile's file; a chain accepts the backends that `plugins` offer, each with its own options."""
    offers = {key: _models(plugins, kind) for key, kind in CHAINS.items()}
    models = {model for chain in offers.values() for _, model in chain}
    ordered = sorted(models, key=lambda model: f"{model.__module__}.{model.__qualname__}")
    every: list[type[BaseModel]] = [Settings, *ordered]
    refs, shared = models_json_schema(
        [(model, "validation") for model in every], ref_template="#/$defs/{model}", schema_generator=Describing
    )
    definitions = shared["$defs"]
    for name in definitions.keys() - {_name(refs[model, "validation"]) for model in ordered}:
        definitions[name].pop("required", None)  # what a file does not say, the one it extends may
    for model in ordered:
        _offer_weights(model, definitions[_name(refs[model, "validation"])])
    root = definitions.pop(_name(refs[Settings, "validation"]))
    for key, chain in offers.items():
        root["properties"][key] = _chain([(offer, refs[model, "validation"]) for offer, model in chain])
    root["properties"]["extends"] = {
        "type": "string",
        "description": "Name or path of the profile that this one changes.",
    }
    title = {"$schema": GenerateJsonSchema.schema_dialect, "title": "swv6 profile"}
    about = "Which backends swv6 uses, in which order, with which options."
    return {**root, **title, "description": about, "$defs": definitions}


def _models(plugins: Plugins, kind: str) -> list[tuple[Backend[Any], type[Options]]]:
    """Give backends with their options; one whose options cannot be imported is left out."""
    found = []
    for offer in plugins.backends(kind).values():
        try:
            found.append((offer, offer.options_model()))
        except Exception:  # noqa: BLE001 - a plugin's border: `swv6 plugins show` tells
            continue
    return found


def _name(ref: dict[str, Any]) -> str:
    return str(ref["$ref"]).rpartition("/")[2]


def _chain(chain: list[tuple[Backend[Any], Any]]) -> dict[str, Any]:
    names = {"enum": [offer.name for offer, _ in chain], "type": "string"}
    entry = {
        "type": "object",
        "properties": {o.name: {"description": o.summary, "anyOf": [ref, {"type": "null"}]} for o, ref in chain},
        "additionalProperties": False,
        "minProperties": 1,
        "maxProperties": 1,
    }
    one = {"anyOf": [names, entry]}
    return {"anyOf": [names, entry, {"type": "array", "items": one}], "description": "In order of fallback."}


def _offer_weights(model: type[Options], described: dict[str, Any]) -> None:
    """Let editors complete the names of models, and still accept any path."""
    from swv6.models.catalog import load as catalog

    for name, field in model.model_fields.items():
        kinds = [part for annotation in (field.annotation, *field.metadata) for part in parts(annotation)]
        for weights in (kind for kind in kinds if isinstance(kind, Weights)):
            names = sorted(m.name for m in catalog().values() if m.format == weights.format)
            described["properties"][name]["examples"] = names
