"""What a panel is given and what it gives back, so that a new one is one folder and one line."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from gui.look.theme import Theme
from gui.panel.picture import Picture
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
        key: Stable name; geometry is stored under it.
        title: What its tab says.
        widget: The view.
        presenter: Kept alive with the view.
        export_name: What the File menu calls what the panel can write, e.g. ``"comparison"``;
            empty if it writes nothing.
        shown: Called when the panel comes to be seen, from behind another tab for instance.
        picture_name: What the File menu calls the picture; empty for the title of the panel.
        pictured: Returns what is exported as a picture; None while there is none.
        latex_name: What the File menu calls the formulas that the panel can write; empty if none.
        latex: Returns them as LaTeX, as the panel shows them now; None while there are none.
        play: Plays what the panel can play, or stops it; None if it can play nothing.
        exported: Returns what :func:`engine.write_csv` writes (a Comparison, a GradientField), as
            the panel shows it now; None while there is nothing to write.
    """

    key: str
    title: str
    widget: QWidget
    presenter: QObject
    export_name: str = ""
    exported: Callable[[], object | None] | None = None
    shown: Callable[[], object] | None = None
    pictured: Callable[[], Picture | None] | None = None
    picture_name: str = ""
    latex_name: str = ""
    latex: Callable[[], str | None] | None = None
    play: Callable[[bool], object] | None = None
