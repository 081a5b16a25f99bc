"""What arrives: one module a source, each a pure reader from bytes to items or problems."""

from truceline.collect import coded_claims as _coded_claims  # noqa: F401  registers the reader
from truceline.collect import control as _control  # noqa: F401  registers the reader
from truceline.collect import persons as _persons  # noqa: F401  registers the reader
from truceline.collect import text as _text  # noqa: F401  registers the reader
from truceline.collect import watched as _watched  # noqa: F401  registers the readers
from truceline.collect import workbook as _workbook  # noqa: F401  registers the reader
from truceline.collect.evidence import collect, evidence_of, repeated_ids
from truceline.collect.registry import Reader, readers, source

__all__ = ["Reader", "collect", "evidence_of", "readers", "repeated_ids", "source"]
