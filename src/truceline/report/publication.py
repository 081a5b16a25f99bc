"""What may leave a mission as a data package: tables, codebook, how to cite it, and the digests to check it by.

Form: Frictionless Data Package for the tables, Citation File Format 1.2 for the citation, `sha256sum` for the digests.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import yaml

from truceline.errors import MissionError
from truceline.model.report import Edition
from truceline.report.exports import exported
from truceline.store.canonical import sha256_hex

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from truceline.model.mission import Publication
    from truceline.model.report import Assessment

_FORMS = ("csv", "geojson")
_PACKAGE = "datapackage.json"


def data_package(assessment: Assessment) -> dict[str, bytes]:
    """Give the files of a data package, by name. MissionError where the mission does not say how it may be published."""
    how = assessment.mission.publication
    if how is None:
        raise MissionError(
            "the mission does not say under what licence it may be published, by whom, and how to cite it",
            "write publication: {licence: CC-BY-4.0, authors: [...], cite: ...} into mission.yaml",
        )
    if assessment.edition is not Edition.RELEASED:
        raise ValueError("only the released edition may be published")
    files: dict[str, bytes] = {}
    packages = []
    for form in _FORMS:
        made = exported(assessment, form, public=True)
        packages.append(json.loads(made.pop(_PACKAGE)))
        files |= made
    package = packages[0]
    package["resources"] += [
        {**resource, "name": f"{resource['name']}-map"} for resource in packages[1]["resources"]
    ]
    files[_PACKAGE] = _json(package)
    files["README.md"] = _text(_readme(assessment, how, package))
    files["CITATION.cff"] = _citation(assessment, how)
    sums = (f"{sha256_hex(content)}  {name}" for name, content in sorted(files.items()))
    files["SHA256SUMS"] = _text(sums)
    return files


def _readme(assessment: Assessment, how: Publication, package: Mapping[str, Any]) -> Iterator[str]:
    mission = assessment.mission
    yield f"# {mission.title}"
    yield ""
    yield f"As of {assessment.as_of_text}. Edition: released: nothing in it awaits the decision of two people."
    yield ""
    yield f"**Cite as**: {how.cite} Version {assessment.items_digest}."
    yield f"**Licence** of the mission's own coding: {how.licence}. What the sources say is theirs: their licences stand in `{_PACKAGE}`."
    yield (
        "**Check it**: `sha256sum -c SHA256SUMS`. Made by the method "
        f"`{assessment.method}`; the same evidence gives the same files."
    )
    yield ""
    yield "A count without its coverage says nothing: where nobody could look, nothing was observed, and that is not quiet. An incident is an "
    yield "allegation until its `occurrence` says more. Who is accused, who speaks and their words are left out: this package names nobody."
    yield ""
    yield f"Mandate: {mission.mandate.text}"
    for resource in package["resources"]:
        yield ""
        yield f"## {resource['path']}"
        yield ""
        if "schema" not in resource:
            continue
        yield f"A row is {resource['title']}. Rows: {resource['rows']}."
        yield ""
        yield "| column | type | holds |"
        yield "|---|---|---|"
        for field in resource["schema"]["fields"]:
            yield f"| `{field['name']}` | {field['type']} | {field['description']} |"


def _citation(assessment: Assessment, how: Publication) -> bytes:
    told = {
        "cff-version": "1.2.0",
        "message": "If you use these data, please cite them as below.",
        "type": "dataset",
        "title": assessment.mission.title,
        "version": assessment.items_digest,
        "date-released": assessment.as_of.astimezone(assessment.mission.zone).date().isoformat(),
        "license": how.licence,
        "authors": [{"name": name} for name in how.authors],
        "abstract": how.cite,
    }
    return yaml.safe_dump(told, sort_keys=False, allow_unicode=True, width=1000).encode()


def _text(lines: Iterator[str]) -> bytes:
    return "".join(f"{line}\n" for line in lines).encode("utf-8", "backslashreplace")


def _json(value: object) -> bytes:
    return (json.dumps(value, ensure_ascii=False, indent=2) + "\n").encode(
        "utf-8", "backslashreplace"
    )
