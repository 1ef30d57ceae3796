"""Keeps Qt from unpickling: PySide unpickles any stored value that claims to be an object."""

from __future__ import annotations

import pickle

from PySide6.QtCore import QByteArray, QDataStream, QIODevice


def refuse_to_unpickle() -> None:
    """Have every object that Qt meets in stored values read as None, from now on.

    Qt reads settings of the desktop when it starts, and others when a file dialog is opened.
    Unpickling what stands there would run whatever code it names. PySide looks up the function
    that unpickles only once, so the first object, which is made here, decides for all of them.
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
