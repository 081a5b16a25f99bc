"""The rules of the house: imports, sizes, SQL in its files, everything documented, plain speech."""

from __future__ import annotations

import ast
import json
import re
import subprocess
import sys
from pathlib import Path

import apsw
import duckdb
import pytest

import truceline
from tests.house import help_blocks
from truceline.cli import main
from truceline.cli.commands import TASKS
from truceline.collect import readers
from truceline.model.agreement import ProvisionKind
from truceline.model.decision import Verdict

REPO = Path(__file__).resolve().parents[2]
SOURCE = REPO / "src" / "truceline"
MODULES = sorted(SOURCE.rglob("*.py"))
QUERIES = sorted(SOURCE.rglob("*.sql"))
DOCS = "\n".join(p.read_text(encoding="utf-8") for p in sorted((REPO / "docs").rglob("*.md")))
MAX_LINES, MAX_FUNCTION, MAX_PARAMETERS = 400, 40, 6


def short(path: Path) -> str:
    """Name a file in test ids."""
    return path.relative_to(REPO).as_posix()


def tracked() -> list[Path]:
    """Give the files that belong to the project."""
    words = ["git", "ls-files", "--cached", "--others", "--exclude-standard"]
    listed = subprocess.run(words, cwd=REPO, capture_output=True, text=True, check=True).stdout
    return [REPO / name for name in listed.splitlines() if (REPO / name).is_file()]


def test_who_may_import_whom() -> None:
    command = Path(sys.executable).parent / "lint-imports"
    result = subprocess.run([command], cwd=REPO, capture_output=True, text=True, check=False)
    assert result.returncode == 0, result.stdout


@pytest.mark.parametrize("path", MODULES, ids=short)
def test_modules_and_functions_stay_small_and_documented(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert text.count("\n") <= MAX_LINES
    tree = ast.parse(text)
    assert ast.get_docstring(tree), "a module says in its docstring what it answers"
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            length = (node.end_lineno or node.lineno) - node.lineno + 1
            body = length - (ast.get_docstring(node) or "").count("\n")
            assert body <= MAX_FUNCTION, f"{node.name} has {body} lines"
            arguments = [*node.args.posonlyargs, *node.args.args, *node.args.kwonlyargs]
            count = sum(1 for a in arguments if a.arg not in {"self", "cls"})
            assert count <= MAX_PARAMETERS, f"{node.name} has {count} parameters"


_SQL_WORDS = re.compile(
    r"^\s*(SELECT|INSERT|UPDATE|DELETE|CREATE (TABLE|INDEX)|ALTER|DROP)\b[^a-z]*"
)


@pytest.mark.parametrize("path", MODULES, ids=short)
def test_no_query_hides_in_python(path: Path) -> None:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            assert not _SQL_WORDS.match(node.value), node.value


@pytest.mark.parametrize("path", QUERIES, ids=short)
def test_every_query_has_a_header_and_is_understood_by_its_engine(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    header = [line for line in text.splitlines() if line.startswith("--")]
    assert len(header) >= 4
    for word in ("reads:", "params:", "gives:"):
        assert any(word in line for line in header), f"the header lacks {word!r}"
    if path.is_relative_to(SOURCE / "store"):
        # A snapshot's engine is DuckDB; a query's parameters are names of tables.
        with duckdb.connect() as engine:
            engine.execute((path.parent / "schema.sql").read_text(encoding="utf-8"))
            if path.name != "schema.sql":
                engine.execute(text, ["meta"] * text.count("?"))
        return
    connection = apsw.Connection(":memory:")
    schema = path.parent / ("old_schema.sql" if path.name.startswith("old_") else "schema.sql")
    if schema != path:
        connection.execute(schema.read_text(encoding="utf-8"))
    body = "\n".join(line for line in text.splitlines() if not line.startswith("--")).strip()
    if body.upper().startswith(("SELECT", "INSERT", "WITH")):
        names = dict.fromkeys(re.findall(r":([a-z_0-9]+)", body))
        connection.execute("EXPLAIN " + body, names or (None,) * body.count("?"))
    elif schema == path:
        connection.execute(text)


# The independent verifier uses nothing of ours: it opens files and prints by itself.
HANDED_OVER = "verify.py"

# Whoever opens a file elsewhere than at the one door, and why that is no file of a mission.
OTHER_DOORS = {
    "cli/annotation/browser.py": "the page comes with the package",
    "cli/annotation/gold.py": "the file that is written to, named by its owner",
    "collect/template.py": "the columns come with the package",
    "cli/run.py": "the report that was just written",
    "store/method.py": "the package's own code, for the method",
    "report/basemap.py": "the base map comes with the package",
    "report/formats/pdf.py": "the template, the style and the signs of the fonts come with the package",
    "report/paper/speech.py": "the languages come with the package",
    "report/released.py": "the list comes with the package",
    "text/private.py": "the words come with the package",
    "read/llm/settings.py": "the user's own key",
    "record/proofs.py": "the verifiers come with the package",
    f"record/verifier/{HANDED_OVER}": "it is run without Truceline, on files that its user names",
    "store/sql.py": "the queries come with the package",
    "terms/drafting/proposals.py": "the cues come with the package",
    "terms/observability.py": "the matrix comes with the package",
}


@pytest.mark.parametrize("path", MODULES, ids=short)
def test_files_come_in_through_one_door(path: Path) -> None:
    name = path.relative_to(SOURCE).as_posix()
    calls = [node for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
             if isinstance(node, ast.Call)]  # fmt: skip
    reading = [
        call for call in calls
        if (isinstance(call.func, ast.Attribute) and call.func.attr in {"read_bytes", "read_text"})
        or (isinstance(call.func, ast.Name) and call.func.id == "open")
    ]  # fmt: skip
    if reading and name not in OTHER_DOORS:
        pytest.fail("use truceline.store.door")


def test_every_command_has_its_help_in_the_readme() -> None:
    text = help_blocks.README.read_text(encoding="utf-8")
    found = help_blocks.blocks(text)
    assert set(found) == set(help_blocks.names())
    for name, block in found.items():
        assert block == help_blocks.block(name), f"run `make help-blocks` ({name})"


@pytest.mark.parametrize("name", sorted(main.commands))
def test_every_command_and_option_is_documented(name: str) -> None:
    assert f"truceline {name}" in DOCS
    assert main.commands[name].help


@pytest.mark.parametrize("name", sorted(readers()))
def test_every_reader_has_its_manual(name: str) -> None:
    page = (REPO / "docs" / "verbs" / "collect.md").read_text(encoding="utf-8")
    assert f"`{name}`" in page
    module = sys.modules[readers()[name].read.__module__]
    for word in ("Publisher", "Format", "Columns", "Licence", "Known traps"):
        assert word in (module.__doc__ or "")
    assert (REPO / "tests" / "collect").is_dir()


def test_every_provision_kind_and_verdict_is_documented() -> None:
    page = (REPO / "docs" / "reference" / "provisions.md").read_text(encoding="utf-8")
    for kind in ProvisionKind:
        assert f"`{kind.value}`" in page
    review = (REPO / "docs" / "verbs" / "review.md").read_text(encoding="utf-8")
    for verdict in Verdict:
        assert f"`{verdict.value}`" in review


def keys(schema: object) -> set[str]:
    """Give every key that a schema knows."""
    found: set[str] = set()
    if isinstance(schema, dict):
        properties = schema.get("properties")
        found |= set(properties) if isinstance(properties, dict) else set()
        for part in schema.values():
            found |= keys(part)
    elif isinstance(schema, list):
        for part in schema:
            found |= keys(part)
    return found


@pytest.mark.parametrize("name", ["mission", "agreement"])
def test_every_setting_is_documented(name: str) -> None:
    page = (REPO / "docs" / "reference" / "settings.md").read_text(encoding="utf-8")
    schema = REPO / "docs" / "reference" / "schemas" / f"{name}.schema.json"
    for key in keys(json.loads(schema.read_text(encoding="utf-8"))):
        assert f"`{key}`" in page, key


@pytest.mark.parametrize(
    "verb", ["collect", "record", "read", "link", "weigh", "judge", "report", "review"]
)
def test_every_verb_has_its_package_page_and_tests(verb: str) -> None:
    assert (SOURCE / verb / "__init__.py").exists()
    assert (REPO / "docs" / "verbs" / f"{verb}.md").exists()
    assert list((REPO / "tests" / verb).glob("test_*.py"))


def test_every_docs_page_is_in_the_index() -> None:
    nav = (REPO / "mkdocs.yml").read_text(encoding="utf-8")
    for page in sorted((REPO / "docs").rglob("*.md")):
        assert page.relative_to(REPO / "docs").as_posix() in nav


UNFINISHED = ("TO" + "DO", "FIX" + "ME", "XX" + "X", "NotImplemented" + "Error")
MACHINE = re.compile(r"(^|[^A-Za-z0-9_.])/(" + "work|" + r"farm|root|home)/")


def test_the_projects_files_speak_of_the_project_only() -> None:
    for path in tracked():
        if path.suffix in {".lock", ".csv", ".png", ".ttf"}:
            continue
        text = path.read_text(encoding="utf-8", errors="ignore")
        assert not MACHINE.search(text), short(path)
        for word in UNFINISHED:
            assert word not in text, f"{short(path)}: {word}"


def test_the_lock_names_the_public_index_only() -> None:
    text = (REPO / "uv.lock").read_text(encoding="utf-8")
    hosts = set(re.findall(r"https://([^/\"]+)", text))
    assert hosts <= {"pypi.org", "files.pythonhosted.org"}


def test_the_version_is_one() -> None:
    changelog = (REPO / "CHANGELOG.md").read_text(encoding="utf-8")
    assert truceline.__version__ in changelog


@pytest.mark.parametrize("path", MODULES, ids=short)
def test_one_function_prints(path: Path) -> None:
    """A terminal is steered by control signs: everything goes through `truceline.cli.terminal`."""
    if path.name == "terminal.py" or short(path).endswith(f"verifier/{HANDED_OVER}"):
        return
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call):
            name = ast.unparse(node.func)
            printing = {
                "print",
                "click.echo",
                "click.secho",
                "sys.stdout.write",
                "sys.stderr.write",
            }
            assert name not in printing, f"line {node.lineno}: use say"


HEAVY = {
    "numpy",
    "lxml",
    "resiliparse",
    "pymorphy3",
    "pydantic",
    "jinja2",
    "httpx",
    "scipy",
    "rapidfuzz",
}


@pytest.mark.parametrize(
    ("words", "may"),
    [
        (["--help"], {"yaml": False, "apsw": False}),
        (["check", "missions/karabakh-2020"], {"yaml": True, "apsw": False}),
        (["verify", "--help"], {"yaml": False, "apsw": True}),
    ],
)
def test_a_command_imports_what_it_uses(words: list[str], may: dict[str, bool]) -> None:
    """Starting costs what a command needs and no more: listing commands needs no library but click."""
    code = (
        "import sys\nfrom truceline.cli import main\n"
        "try:\n    main(sys.argv[1:])\nexcept SystemExit:\n    pass\n"
        "print(*sorted({name.partition('.')[0] for name in sys.modules}), file=sys.stderr)"
    )
    command = [sys.executable, "-c", code, *words]
    result = subprocess.run(command, cwd=REPO, capture_output=True, text=True, check=True)
    loaded = set(result.stderr.splitlines()[-1].split())
    assert not loaded & HEAVY
    assert {name: name in loaded for name in may} == may


def test_what_the_list_of_commands_says_is_what_each_says_of_itself() -> None:
    told = {name: line for commands in TASKS.values() for name, line in commands.items()}
    for name, command in main.commands.items():
        first = (command.help or "").split("\n\n")[0]
        assert told[name] == " ".join(first.split())
