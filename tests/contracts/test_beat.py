"""Beat asks for tasks that exist, without arguments, at intervals only."""

import inspect
from importlib import import_module

import pytest
from django.conf import settings

SCHEDULE = sorted(settings.CELERY_BEAT_SCHEDULE.items())


@pytest.mark.parametrize(("name", "entry"), SCHEDULE, ids=[name for name, _ in SCHEDULE])
def test_an_entry_names_a_task_it_can_call(name: str, entry: dict[str, object]) -> None:
    module, function = str(entry["task"]).rsplit(".", 1)
    task = getattr(import_module(module), function)
    assert task.name == entry["task"]
    assert list(inspect.signature(task.run).parameters) == []
    assert isinstance(entry["schedule"], float)
    assert set(entry) == {"task", "schedule"}
