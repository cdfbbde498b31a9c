"""Stands in for torch, of which Ultralytics' dataset checks use nothing: the real one is a gigabyte of GPU code.

Importing this module is enough; afterwards `import torch` gives names that can be called, subclassed and compared.
"""

import importlib.machinery
import importlib.metadata
import sys
import types
import warnings

STANDING_IN_FOR = {"torch": "2.4.0", "torchvision": "0.19.0"}


class Anything:
    def __init__(self, *_, **__):
        pass

    def __call__(self, *given, **_):
        # As a decorator it leaves what it decorates.
        return given[0] if len(given) == 1 and callable(given[0]) else Anything()

    def __getattr__(self, name):
        if name.startswith("__"):
            raise AttributeError(name)
        return Anything()

    def __getitem__(self, _):
        return self

    def __or__(self, _):
        return self

    __ror__ = __or__

    def __iter__(self):
        return iter(())


class StandIn(types.ModuleType):
    def __getattr__(self, name):
        if name.startswith("__"):
            raise AttributeError(name)
        if not name[0].isupper():
            return Anything()
        made = type(name, (), {})
        setattr(self, name, made)
        return made


class Finder:
    def find_spec(self, name, _path=None, _target=None):
        if name.split(".")[0] in STANDING_IN_FOR:
            return importlib.machinery.ModuleSpec(name, self, is_package=True)
        return None

    def create_module(self, spec):
        return StandIn(spec.name)

    def exec_module(self, module):
        module.__path__ = []
        module.__version__ = STANDING_IN_FOR[module.__name__.split(".")[0]]


sys.meta_path.insert(0, Finder())
true_version = importlib.metadata.version
importlib.metadata.version = lambda name: STANDING_IN_FOR.get(name) or true_version(name)
true_filter = warnings.filterwarnings


def filterwarnings(*given, category=Warning, **more):
    if isinstance(category, type) and issubclass(category, Warning):
        true_filter(*given, category=category, **more)


warnings.filterwarnings = filterwarnings
