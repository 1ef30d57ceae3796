"""Composition root: builds store, runner and panels into the window, and connects them."""

from __future__ import annotations

import gc
from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QApplication

from engine.worksheet.worksheet import Worksheet
from gui.export.export_menu import export_actions
from gui.export.file_export import FileExport
from gui.export.worksheet_file import WorksheetFiles
from gui.panel.panel import PanelContext
from gui.session.critical_source import CriticalSource
from gui.session.readings import Readings
from gui.session.selection import Selection
from gui.session.settings import SettingsRepository
from gui.session.worksheet_store import WorksheetStore
from gui.startup.collector import Collector
from gui.tour.card import TourCard
from gui.tour.tour import Stage, Tour
from gui.window.actions import connect, connect_undo
from gui.window.examples import fill_when_opened
from gui.window.file_drop import FileDrop
from gui.window.main_window import MainWindow
from gui.window.panel_builder import PanelBuilder
from gui.window.theme_choice import ThemeChoice
from gui.window.window_icons import WindowIcons
from gui.work.job_runner import JobRunner
from gui.work.worker_process import get_warm


class Trigrad(QObject):
    """The program: one window, one worksheet, one runner.

    Args:
        app: The application.
        settings: What is remembered.
        worksheet: What is shown first.
        window: What :func:`gui.start.make_window` returned, shown or not.
        path: The file that the worksheet was read from, if any.

    Attributes:
        window: As given.
        actions: Those of its menus, by id.
        store: Holds the worksheet.
        runner: Owns the worker processes.
        panels: Those that are built, by key.
    """

    def __init__(
        self,
        app: QApplication,
        settings: SettingsRepository,
        worksheet: Worksheet,
        window: MainWindow,
        path: Path | None = None,
    ) -> None:
        super().__init__(window)
        self._settings, self.window = settings, window
        report = window.show_message
        self.runner = JobRunner(self)
        self.store = WorksheetStore(Readings(self.runner, self), worksheet, self)
        self._critical = CriticalSource(self.store, self.runner, self)
        self._theme = ThemeChoice(app, settings, self)
        self._context = PanelContext(
            self.store, self.runner, self._theme.source, settings, Selection(self), self._critical
        )
        self._builder = PanelBuilder(window, self._context)
        self.panels = self._builder.panels
        exports = FileExport(window, self.store, self.runner, settings, report)
        window.add_exports(export_actions(window.slots, self.panels, exports))
        self._files = WorksheetFiles(window, self.store, settings, report, path)
        self._tour = self._make_tour()
        open_dropped = self._tour.on_own_work(self._files.open)
        FileDrop([window, *window.docks.values()], open_dropped, report, self)
        fill_when_opened(window.examples_menu, self._tour.on_own_work(self._files.open_example))
        self.actions = window.commands
        connect(self.actions, self._calls())
        connect_undo(self.actions, self.store.undo_group)
        self._show_file()
        self._connect()

    def _connect(self) -> None:
        window, source = self.window, self._theme.source
        icons = WindowIcons(window, source.theme)
        source.theme_changed.connect(window.show_theme)
        source.theme_changed.connect(icons.show)  # after it: with a style sheet Qt's own come back
        self._files.changed.connect(self._show_file)
        self._builder.seen_built.connect(self._on_seen_built)
        self._builder.finished.connect(self._on_built)
        self.runner.progress_changed.connect(window.progress.show_progress)
        window.may_close = self._may_close
        window.closing.connect(self._close)

    def show(self) -> None:
        """Show the window; once it has been drawn the panels follow, each in a turn of its own."""
        self.window.show()
        self.window.when_painted(self._begin)

    def _begin(self) -> None:
        # Importing PyTorch would take half of the processor from the panels in front.
        self.runner.put_off("torch")
        # Now, so that the first request of a panel finds its worker already warming up.
        self.runner.warm("sympy", get_warm, "sympy")
        if not self._settings.settings.tour_offered:
            # While there is nothing yet that its card could push away from under the mouse.
            self._settings.update(tour_offered=True)
            self.window.space.keep_upper_height(self._tour.offer)
        self._builder.begin()

    def _on_seen_built(self) -> None:
        self.runner.warm("torch", get_warm, "autograd_reverse")

    def _on_built(self) -> None:
        # What exists now stays to the end: the collector need not go through it again and again,
        # which holds up the window for 30 ms or more each time.
        gc.freeze()
        Collector(self)
        self._critical.begin()

    def _calls(self) -> dict[str, Callable[[], object]]:
        """Return what each action does, by its id."""
        tour, files = self._tour, self._files
        return {
            "new": tour.on_own_work(files.new),
            "open": tour.on_own_work(files.ask_to_open),
            "save": tour.unless_running(files.ask_to_save),
            "save_as": tour.unless_running(files.ask_to_save_as),
            "quit": self.window.close,
            "undo": self.store.undo_group.undo,
            "redo": self.store.undo_group.redo,
            "reset_layout": self.window.space.reset,
            "theme_light": partial(self._theme.choose, "light"),
            "theme_dark": partial(self._theme.choose, "dark"),
            "theme_system": partial(self._theme.choose, "system"),
            "cancel": self.runner.cancel_all,
            "tour": tour.begin,
            "about": self._show_about,
        }

    def _make_tour(self) -> Tour:
        window, source = self.window, self._theme.source
        card = TourCard(source.theme, window)
        source.theme_changed.connect(card.show_theme)
        window.addToolBar(Qt.ToolBarArea.TopToolBarArea, card)
        stage = Stage(
            self.store,
            self._context.selection,
            window.look_at,
            self._play,
            window.space.keep,
            window.show_message,
        )
        return Tour(card, stage, self)

    def _play(self, wanted: bool) -> None:
        for panel in self.panels.values():
            if panel.play is not None:
                panel.play(wanted)

    def _show_about(self) -> None:
        # Looking versions up loads what nothing else here needs.
        from gui.window.about import show_about

        show_about(self.window)

    def _show_file(self) -> None:
        path = self._files.path
        self.window.show_file("" if path is None else path.name, self._files.unsaved)

    def _may_close(self) -> bool:
        if self._files.unsaved:
            self._files.leave(self.window.close)
            return False
        return True

    def _close(self) -> None:
        self._tour.end()
        self._settings.update(**self.window.geometry_to_keep())
        self._builder.stop()
        self.runner.shutdown()
