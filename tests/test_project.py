from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from ecinfra.app import App
from ecinfra.errors import CollisionError, ProjectError, PropertyError, UsageError
from ecinfra.project import Project, choose, define, environments, find
from tests.projects import APP, SETTINGS, other_templates, write_project


@pytest.fixture(autouse=True)
def _process() -> Iterator[None]:
    with other_templates():
        yield


def failure(folder: Path, *, app: str = APP, settings: str = SETTINGS) -> ProjectError:
    write_project(folder, app=app, settings=settings)
    with pytest.raises(ProjectError) as caught:
        define(find(folder), "shop", "dev")
    return caught.value


def refusal(folder: Path, app: str) -> PropertyError:
    write_project(folder, app=app)
    with pytest.raises(PropertyError) as caught:
        define(find(folder), "shop", "dev")
    return caught.value


def test_a_project_is_found_from_any_folder_inside_it(tmp_path: Path) -> None:
    write_project(tmp_path)
    inside = tmp_path / "handlers" / "shop" / "hello"
    inside.mkdir(parents=True)

    assert find(inside) == Project(tmp_path, ("shop",), "shop")


def test_the_search_begins_in_the_working_directory(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(write_project(tmp_path) / "templates")

    assert find().folder == tmp_path


def test_templates_without_a_system_do_not_make_a_project(tmp_path: Path) -> None:
    write_project(tmp_path)
    (tmp_path / "web" / "templates" / "pages").mkdir(parents=True)

    assert find(tmp_path / "web").folder == tmp_path


def test_a_system_needs_app_and_settings(tmp_path: Path) -> None:
    write_project(tmp_path)
    (tmp_path / "templates" / "notes").mkdir()
    (tmp_path / "templates" / "notes" / "app.py").touch()

    assert find(tmp_path).systems == ("shop",)


def test_where_there_is_no_project_the_error_says_what_was_looked_for(tmp_path: Path) -> None:
    with pytest.raises(ProjectError) as caught:
        find(tmp_path)

    assert caught.value.message == f"there is no project at {tmp_path}, nor above it"
    assert caught.value.hint == (
        "a project holds templates/<system>/ with app.py and settings.py; ecinfra init writes one"
    )


def test_of_several_systems_pyproject_names_the_default(tmp_path: Path) -> None:
    write_project(tmp_path, "shop")
    write_project(tmp_path, "bank")
    assert find(tmp_path) == Project(tmp_path, ("bank", "shop"), None)

    (tmp_path / "pyproject.toml").write_text('[tool.ecinfra]\nsystem = "shop"\n')
    assert find(tmp_path).default == "shop"


def test_a_default_that_is_no_system_is_refused(tmp_path: Path) -> None:
    write_project(tmp_path, "shop")
    write_project(tmp_path, "bank")
    (tmp_path / "pyproject.toml").write_text('[tool.ecinfra]\nsystem = "shopp"\n')

    with pytest.raises(ProjectError) as caught:
        find(tmp_path)

    assert caught.value.message == "pyproject.toml says [tool.ecinfra] system = 'shopp', and there is no such system"
    assert caught.value.hint == "did you mean 'shop'?"


def test_a_pyproject_that_says_nothing_of_ecinfra_names_no_default(tmp_path: Path) -> None:
    write_project(tmp_path, "shop")
    write_project(tmp_path, "bank")
    (tmp_path / "pyproject.toml").write_text("[tool]\necinfra = 1\n")

    assert find(tmp_path).default is None


def test_a_pyproject_that_is_no_toml_is_refused(tmp_path: Path) -> None:
    write_project(tmp_path, "shop")
    write_project(tmp_path, "bank")
    (tmp_path / "pyproject.toml").write_text("[tool\n")

    with pytest.raises(ProjectError) as caught:
        find(tmp_path)

    assert caught.value.message.startswith(f"cannot read {tmp_path}/pyproject.toml: ")


def test_without_a_default_a_system_must_be_named() -> None:
    with pytest.raises(UsageError) as caught:
        choose(Project(Path("/p"), ("bank", "shop"), None), None)

    assert caught.value.message == "the project has more than one system: bank, shop"
    assert caught.value.hint == (
        'name one with -s, or say which is meant in pyproject.toml: [tool.ecinfra] system = "..."'
    )


def test_an_unknown_system_is_refused_with_the_nearest_name() -> None:
    with pytest.raises(UsageError) as caught:
        choose(Project(Path("/p"), ("bank", "shop"), None), "shpo")

    assert (caught.value.message, caught.value.hint) == ("there is no system 'shpo'", "did you mean 'shop'?")


def test_an_app_is_defined_in_an_environment(tmp_path: Path) -> None:
    app = define(find(write_project(tmp_path)), None, "dev")

    assert isinstance(app, App)
    assert app.root_name == "Shop-dev"


def test_an_unknown_environment_is_refused_with_the_nearest_name(tmp_path: Path) -> None:
    write_project(tmp_path)

    with pytest.raises(UsageError) as caught:
        define(find(tmp_path), "shop", "prd")

    assert (caught.value.message, caught.value.hint) == ("shop has no environment 'prd'", "did you mean 'prod'?")


def test_projects_of_one_process_do_not_mix(tmp_path: Path) -> None:
    first = find(write_project(tmp_path / "first"))
    second = find(write_project(tmp_path / "second", app=APP.replace('"Shop"', '"Shed"')))

    names = [define(project, "shop", "dev").name for project in (first, second, first)]

    assert names == ["Shop", "Shed", "Shop"]
    assert sys.path[0] == str(tmp_path / "first")


def test_a_package_called_templates_elsewhere_is_not_in_the_way(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "library" / "templates").mkdir(parents=True)
    (tmp_path / "library" / "templates" / "__init__.py").touch()
    monkeypatch.syspath_prepend(str(tmp_path / "library"))
    import templates  # noqa: F401 - another one is loaded already

    assert define(find(write_project(tmp_path / "project")), "shop", "dev").name == "Shop"


def test_modules_of_a_project_may_import_one_another(tmp_path: Path) -> None:
    write_project(tmp_path, app="from templates.shop.stacks import define\n")
    (tmp_path / "templates" / "__init__.py").touch()
    (tmp_path / "templates" / "shop" / "stacks.py").write_text(APP)

    assert define(find(tmp_path), "shop", "dev").name == "Shop"


def test_settings_that_do_not_import_are_reported_at_their_line(tmp_path: Path) -> None:
    error = failure(tmp_path, settings="import json\nimport nowhere\n")

    assert error.message == "cannot import templates.shop.settings: ModuleNotFoundError: No module named 'nowhere'"
    assert str(error.place) == f"{tmp_path}/templates/shop/settings.py:2"


def test_a_syntax_error_is_reported_where_it_stands(tmp_path: Path) -> None:
    error = failure(tmp_path, app="def define(settings):\n    return (\n")

    assert error.message == "cannot import templates.shop.app: SyntaxError: '(' was never closed"
    assert str(error.place) == f"{tmp_path}/templates/shop/app.py:2"


def test_an_exception_in_define_is_reported_at_the_innermost_line_of_the_project(tmp_path: Path) -> None:
    app = "import json\n\n\ndef define(settings):\n    return load()\n\n\ndef load():\n    return json.loads('')\n"
    error = failure(tmp_path, app=app)

    assert error.message == ("define() of shop failed: JSONDecodeError: Expecting value: line 1 column 1 (char 0)")
    assert str(error.place) == f"{tmp_path}/templates/shop/app.py:9"


def test_a_library_installed_inside_the_project_is_not_the_projects_own_line(tmp_path: Path) -> None:
    library = tmp_path / ".venv" / "lib" / "site-packages"
    library.mkdir(parents=True)
    (library / "brittle.py").write_text("def fall():\n    raise RuntimeError('broken')\n")
    app = f"import sys\nsys.path.append({str(library)!r})\nimport brittle\ndef define(settings):\n    brittle.fall()\n"

    assert str(failure(tmp_path, app=app).place) == f"{tmp_path}/templates/shop/app.py:5"


def test_a_message_of_many_lines_becomes_one(tmp_path: Path) -> None:
    error = failure(tmp_path, app="def define(settings):\n    raise OSError('one\\n  two')\n")

    assert error.message == "define() of shop failed: OSError: one two"


def test_an_exception_without_a_text_is_named(tmp_path: Path) -> None:
    error = failure(tmp_path, app="def define(settings):\n    raise AssertionError\n")

    assert error.message == "define() of shop failed: AssertionError"


def test_errors_of_ecinfra_pass_as_they_are(tmp_path: Path) -> None:
    app = APP.replace('app.stack("Desk")', 'app.stack("Mail")')
    write_project(tmp_path, app=app)

    with pytest.raises(CollisionError) as caught:
        define(find(tmp_path), "shop", "dev")

    assert str(caught.value.place) == f"{tmp_path}/templates/shop/app.py:10"


def test_define_must_return_an_app(tmp_path: Path) -> None:
    error = failure(tmp_path, app="\n\ndef define(settings):\n    pass\n")

    assert (error.message, error.hint) == ("define returned nothing, not an App", "end it with: return app")
    assert str(error.place) == f"{tmp_path}/templates/shop/app.py:3"


def test_define_that_returns_something_else_is_told_what(tmp_path: Path) -> None:
    error = failure(tmp_path, app="def define(settings):\n    return 'app'\n")

    assert error.message == "define returned str, not an App"


def test_an_app_module_needs_define(tmp_path: Path) -> None:
    error = failure(tmp_path, app="")

    assert error.message == "there is no function define"
    assert error.hint == "such as: def define(settings: Settings) -> App"
    assert str(error.place) == f"{tmp_path}/templates/shop/app.py:1"


def test_settings_need_environments(tmp_path: Path) -> None:
    error = failure(tmp_path, settings="ENVIRONMENTS = {}\n")

    assert error.message == "there is no dictionary ENVIRONMENTS with an environment in it"
    assert error.hint == 'such as ENVIRONMENTS = {"local": local, "dev": dev}'
    assert str(error.place) == f"{tmp_path}/templates/shop/settings.py:1"


def test_settings_must_bear_the_name_of_their_environment(tmp_path: Path) -> None:
    error = failure(tmp_path, settings=SETTINGS + 'ENVIRONMENTS["dev"] = Settings("prod")\n')

    assert error.message == "ENVIRONMENTS['dev'] has the environment 'prod'"
    assert error.hint == "its settings must say environment='dev': stacks are named by it"


def test_environments_are_listed_as_the_settings_have_them(tmp_path: Path) -> None:
    assert list(environments(find(write_project(tmp_path)), "shop")) == ["local", "dev", "prod"]


def test_what_troposphere_refuses_is_said_as_in_a_stack(tmp_path: Path) -> None:
    app = "from troposphere import sqs\n\n\ndef define(settings):\n    sqs.Queue('Q', Foo=1)\n"
    error = refusal(tmp_path, app)

    assert error.message == "Q: Queue.Foo cannot be 1"
    assert error.hint == "AWS::SQS::Queue object does not support attribute Foo"
    assert str(error.place) == f"{tmp_path}/templates/shop/app.py:5"


def test_what_troposphere_refuses_of_something_without_a_title_names_its_type(tmp_path: Path) -> None:
    app = "from troposphere import s3\n\ns3.VersioningConfiguration(Status=3)\n"
    error = refusal(tmp_path, app)

    assert error.message == "VersioningConfiguration.Status cannot be 3"
    assert str(error.place) == f"{tmp_path}/templates/shop/app.py:3"


def test_what_awacs_refuses_is_said_likewise(tmp_path: Path) -> None:
    app = "from awacs.aws import Statement\n\n\ndef define(settings):\n    Statement(Effect='Allow', Action='all')\n"

    assert refusal(tmp_path, app).message == "Statement.Action cannot be 'all'"


VALUES = """\
from ecinfra.frozen import frozen


@frozen
class Site:
    title: str
    pages: int

    def __post_init__(self):
        raise ValueError(f"pages: {self.pages} is too few")


@frozen
class Page:
    def __post_init__(self):
        raise ValueError("it is empty")


def define(settings):
    return """


@pytest.mark.parametrize(
    ("call", "message"),
    [
        ("Site('Home', 0)", "Site Home: pages: 0 is too few"),
        ("Page()", "Page: it is empty"),
    ],
)
def test_what_a_value_refuses_is_said_with_its_type_and_title(tmp_path: Path, call: str, message: str) -> None:
    assert refusal(tmp_path, f"{VALUES}{call}\n").message == message


def test_what_a_construct_refuses_is_said_at_the_line_that_makes_it(tmp_path: Path) -> None:
    app = (
        "from ecinfra.constructs import Function\n\n\n"
        "def define(settings):\n    Function('F', handler='main.handler', code='f', timeout=1000)\n"
    )
    error = refusal(tmp_path, app)

    assert error.message == "Function F: timeout: 1000 is not between 1 and 900 seconds"
    assert str(error.place) == f"{tmp_path}/templates/shop/app.py:5"


@pytest.mark.parametrize(("call", "named"), [("sys.exit(0)", "SystemExit(0)"), ("raise SystemExit", "SystemExit()")])
def test_templates_do_not_end_the_program(tmp_path: Path, call: str, named: str) -> None:
    error = failure(tmp_path, app=f"import sys\n\n\ndef define(settings):\n    {call}\n")

    assert error.message == f"define() of shop failed: it would end the program, by {named}"
    assert error.hint == "templates define, and return: raise an error where they cannot"
    assert str(error.place) == f"{tmp_path}/templates/shop/app.py:5"


def test_settings_do_not_end_the_program_either(tmp_path: Path) -> None:
    error = failure(tmp_path, settings="raise SystemExit('no')\n")

    assert error.message == "cannot import templates.shop.settings: it would end the program, by SystemExit('no')"


def test_an_interrupt_is_none_of_the_projects_failures(tmp_path: Path) -> None:
    write_project(tmp_path, app="def define(settings):\n    raise KeyboardInterrupt\n")

    with pytest.raises(KeyboardInterrupt):
        define(find(tmp_path), "shop", "dev")


def test_what_templates_print_goes_to_stderr(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    app = "print('imported')\n" + APP.replace("return app", "print('defined')\n    return app")
    write_project(tmp_path, app=app, settings="print('set')\n" + SETTINGS)

    define(find(tmp_path), "shop", "dev")

    assert capsys.readouterr() == ("", "set\nimported\ndefined\n")
