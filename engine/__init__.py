"""The public names of the engine, and nothing else; loads neither Qt, torch nor sympy.

``__init__.pyi`` lists them. Each is loaded when it is first used: a program that only reads text
does not wait for the rest.
"""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
