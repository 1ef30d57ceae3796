"""What a panel is given and what it gives back, so that a new one is one folder and one line."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from gui.look.theme import Theme
from gui.session.critical_source import CriticalSource
from gui.session.plotted_source import PlottedSource
from gui.session.selection import Selection
from gui.session.settings import SettingsRepository
from gui.session.worksheet_store import WorksheetStore
from gui.work.job_runner import JobRunner


class ThemeSource(QObject):
    """The current theme, and the signal that it changed; views restyle what they drew."""

    theme_changed = Signal(object)

    def __init__(self, theme: Theme, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.theme = theme

    def show(self, theme: Theme) -> None:
        """Make ``theme`` the current one."""
        self.theme = theme
        self.theme_changed.emit(theme)


@dataclass(frozen=True, slots=True)
class PanelContext:
    """What every panel may use."""

    store: WorksheetStore
    runner: JobRunner
    theme: ThemeSource
    settings: SettingsRepository
    selection: Selection
    critical: CriticalSource
    plotted: PlottedSource = field(init=False)

    def __post_init__(self) -> None:
        source = PlottedSource(self.store, self.selection, self.critical)
        object.__setattr__(self, "plotted", source)


@dataclass(frozen=True, slots=True)
class Panel:
    """A panel as the window places it.

    Attributes:
        widget: The view.
        presenter: Kept alive with the view.
        exports: For each kind of export that the slot of the panel declares, a function that
            returns what is written, as the panel shows it now; None while there is nothing.
        shown: Called when the panel comes to be seen, from behind another tab for instance.
        play: Plays what the panel can play, or stops it; None if it can play nothing.
    """

    widget: QWidget
    presenter: QObject
    exports: Mapping[str, Callable[[], object | None]] = field(default_factory=dict)
    shown: Callable[[], object] | None = None
    play: Callable[[bool], object] | None = None
