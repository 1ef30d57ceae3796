"""Keeps Qt from unpickling: PySide has it do so with any stored value that says it is an object."""

from __future__ import annotations

import pickle

from PySide6.QtCore import QByteArray, QDataStream, QIODevice


def refuse_to_unpickle() -> None:
    """Have every object that Qt meets in stored values read as None, from now on.

    Qt reads settings of the desktop when it starts, and others when a file dialog is opened. To
    unpickle what stands there would run whatever code it names. PySide looks the function that it
    unpickles with up once, so the first object, which is made here, decides on all of them.
    """
    content = QByteArray()
    QDataStream(content, QIODevice.OpenModeFlag.WriteOnly).writeQVariant(frozenset())
    unpickle = pickle.loads
    pickle.loads = _read_nothing  # type: ignore[assignment]
    try:
        QDataStream(content, QIODevice.OpenModeFlag.ReadOnly).readQVariant()
    finally:
        pickle.loads = unpickle


def _read_nothing(_stored: object) -> None:
    return None
