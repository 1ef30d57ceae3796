"""Composition root: builds store, runner and panels into the window, and connects them."""

from __future__ import annotations

import gc
import sys
from bisect import insort
from collections import deque
from collections.abc import Callable
from functools import partial
from importlib import import_module
from operator import itemgetter
from pathlib import Path

from PySide6.QtCore import QObject, Qt, QTimer
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QApplication, QMessageBox

from engine.worksheet.worksheet import Worksheet
from gui.export.csv_export import CsvExport
from gui.export.latex_export import LatexExport
from gui.export.picture_export import PictureExport
from gui.export.worksheet_file import WorksheetFiles
from gui.look import theme
from gui.look.icons import app_icon, icon
from gui.look.number_format import wrapped_tip
from gui.panel.panel import Panel, PanelContext, ThemeSource
from gui.panel.panel_slot import PanelSlot
from gui.panel.seen import is_seen
from gui.session.critical_source import CriticalSource
from gui.session.readings import Readings
from gui.session.selection import Selection
from gui.session.settings import SettingsRepository
from gui.session.worksheet_store import WorksheetStore
from gui.startup.collector import Collector
from gui.startup.failed_start import advice_on
from gui.tour.card import TourCard
from gui.tour.tour import Stage, Tour
from gui.window.actions import connect
from gui.window.examples import examples
from gui.window.file_drop import FileDrop
from gui.window.main_window import MainWindow
from gui.window.panel_dock import show_failure
from gui.window.window_icons import EXPORT_ICON, WindowIcons
from gui.work.job_runner import JobRunner
from gui.work.turns import turns
from gui.work.worker_process import get_warm


class Trigrad(QObject):
    """The program: one window, one worksheet, one runner.

    Args:
        app: The application.
        settings: What is remembered.
        worksheet: What is shown first.
        window: What :func:`gui.start.make_window` returned, shown or not. Each of its panels is
            built in a turn of the event loop of its own once it was drawn.
        path: The file that the worksheet was read from, if any.
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
        self._app, self._settings, self.window = app, settings, window
        self.runner = JobRunner(self)
        self.store = WorksheetStore(Readings(self.runner, self), worksheet, self)
        source = ThemeSource(theme.chosen_theme(app, settings.settings.theme), self)
        self._critical = CriticalSource(self.store, self.runner, self)
        self._context = PanelContext(
            self.store, self.runner, source, settings, Selection(self), self._critical
        )
        self.actions = window.commands
        self._icons = WindowIcons(window, source.theme)
        self._exports: list[tuple[int, QAction]] = []
        self.panels: dict[str, Panel] = {}
        report = self.window.show_message
        self._csv = CsvExport(self.window, self.store, self.runner, settings, report)
        self._pictures = PictureExport(self.window, settings, report)
        self._latex = LatexExport(self.window, settings, report)
        self._files = WorksheetFiles(self.window, self.store, settings, report, path)
        self._tour = self._make_tour(source.theme)
        self._files.changed.connect(self._show_file)
        FileDrop([window, *window.docks.values()], self._open_dropped, report, self)
        self._show_file()
        self.window.may_close = self._may_close
        self._waiting = deque(window.slots)
        connect(self.actions, self._calls())
        self._connect_undo()
        self.runner.progress_changed.connect(self.window.progress.show_progress)
        self.window.examples_menu.aboutToShow.connect(self._fill_examples)
        self.window.closing.connect(self._close)
        app.styleHints().colorSchemeChanged.connect(self._on_system_scheme_changed)

    def show(self) -> None:
        """Show the window; once it was drawn the panels follow, each in a turn of its own."""
        self.window.show()
        self.window.when_painted(self._begin)

    def _begin(self) -> None:
        # Importing PyTorch would take half of the processor from the panels that are looked at.
        self.runner.put_off("torch")
        # Now: a panel's first request is to find its worker getting warm already.
        self.runner.warm("sympy", get_warm, "sympy")
        if not self._settings.settings.tour_offered:
            # Before there is anything that its card would push away from under the mouse.
            self._settings.update(tour_offered=True)
            self.window.keep_upper_height(self._tour.offer)
        docks = self.window.docks
        # What is seen comes first; the first tabs are drawn while those behind them are built.
        self._waiting = deque(sorted(self._waiting, key=lambda slot: not is_seen(docks[slot.key])))
        turns().ask(self, self._build_next)

    def _calls(self) -> dict[str, Callable[[], object]]:
        return {
            "new": self._on_own_work(self._files.new),
            "open": self._on_own_work(self._files.ask_to_open),
            "save": self._unless_on_tour(self._files.ask_to_save),
            "save_as": self._unless_on_tour(self._files.ask_to_save_as),
            "quit": self.window.close,
            "undo": self.store.undo_group.undo,
            "redo": self.store.undo_group.redo,
            "reset_layout": self.window.reset_layout,
            "theme_light": partial(self._choose_theme, "light"),
            "theme_dark": partial(self._choose_theme, "dark"),
            "theme_system": partial(self._choose_theme, "system"),
            "cancel": self.runner.cancel_all,
            "tour": self._tour.begin,
            "about": self._show_about,
        }

    def _connect_undo(self) -> None:
        stack = self.store.undo_group
        for name, verb, can, can_changed, label, label_changed in (
            ("undo", "&Undo", stack.canUndo, stack.canUndoChanged, stack.undoText,
             stack.undoTextChanged),
            ("redo", "&Redo", stack.canRedo, stack.canRedoChanged, stack.redoText,
             stack.redoTextChanged),
        ):  # fmt: skip
            action = self.actions[name]
            action.setEnabled(can())
            can_changed.connect(action.setEnabled)
            label_changed.connect(
                lambda text, action=action, verb=verb: action.setText(f"{verb} {text}".rstrip())
            )
            action.setText(f"{verb} {label()}".rstrip())

    def _make_tour(self, chosen: theme.Theme) -> Tour:
        self._card = TourCard(chosen, self.window)
        self.window.addToolBar(Qt.ToolBarArea.TopToolBarArea, self._card)
        stage = Stage(
            self.store,
            self._context.selection,
            self._look_at,
            self._play,
            self.window.keep_layout,
        )
        return Tour(self._card, stage, self)

    def _look_at(self, key: str) -> None:
        self.window.raise_panel(key)
        # In the next turn: the panel is at its place then.
        QTimer.singleShot(0, self.window, lambda: self.window.give_room(key))

    def _play(self, wanted: bool) -> None:
        for panel in self.panels.values():
            if panel.play is not None:
                panel.play(wanted)

    def _on_own_work(self, call: Callable[[], object]) -> Callable[[], object]:
        """Return ``call`` for the user's own worksheet: a tour ends before."""

        def on_own_work() -> None:
            self._tour.end()
            call()

        return on_own_work

    def _unless_on_tour(self, call: Callable[[], object]) -> Callable[[], object]:
        """Return ``call``, which is not to save what is not on the screen."""

        def unless_on_tour() -> None:
            if self._tour.running:
                self.window.show_message(
                    "The tour's worksheet is not saved. End the tour to save your own."
                )
            else:
                call()

        return unless_on_tour

    def _open_dropped(self, path: Path) -> None:
        self._on_own_work(partial(self._files.open, path))()

    def _fill_examples(self) -> None:
        """Fill the menu when it is first opened: nobody waits for it before."""
        menu = self.window.examples_menu
        if not menu.isEmpty():
            return
        group = ""
        for example in examples():
            if group and example.group != group:
                menu.addSeparator()
            group = example.group
            action = menu.addAction(example.title)
            action.setStatusTip(example.worksheet.about)
            action.setToolTip(wrapped_tip(example.worksheet.about))
            show = partial(self._files.open_example, example.worksheet)
            action.triggered.connect(self._on_own_work(show))

    def _build_next(self) -> None:
        if not any(is_seen(self.window.docks[slot.key]) for slot in self._waiting):
            self.runner.warm("torch", get_warm, "autograd_reverse")
        if self._waiting:
            slot = self._waiting.popleft()
            try:
                if slot.package in sys.modules:
                    self._build(slot)
                else:
                    import_module(slot.package)
                    self._waiting.appendleft(slot)
            except Exception as error:
                # Before it is reported: the panel would say for ever that it is loading.
                imported = slot.package in sys.modules
                show_failure(
                    self.window.docks[slot.key],
                    "An internal error keeps this panel away." if imported else advice_on(error),
                )
                raise
            finally:
                # Also after one that fails. Only now: a new panel fills itself before the next.
                turns().ask(self, self._build_next)
            return
        # What is there now stays to the end: the collector need not go through it again and again,
        # which holds up the window for 30 ms and more each time.
        gc.freeze()
        Collector(self)
        self._critical.begin()

    def _build(self, slot: PanelSlot) -> None:
        panel: Panel = sys.modules[slot.package].build(self._context)
        self.panels[panel.key] = panel
        self.window.place(panel)
        if len(self.panels) == 1:
            self.window.give_keys_to(panel.widget)
        name, exported, pictured = panel.export_name, panel.exported, panel.pictured
        if exported is not None:
            tip = f"Write the {name} to a file, for a spreadsheet or a program"
            self._add_export(slot, f"{name} as CSV", tip, lambda: self._csv.ask(name, exported))
        if pictured is not None:
            title = panel.picture_name or panel.title.lower()
            tip = f"Write the plot of the {title} to a file, as it is drawn now"
            self._add_export(
                slot, f"picture of {title}", tip, lambda: self._pictures.ask(title, pictured)
            )
        written, formulas = panel.latex, panel.latex_name
        if written is not None:
            tip = f"Write the {formulas} to a file, for a document"
            self._add_export(
                slot, f"{formulas} as LaTeX", tip, lambda: self._latex.ask(formulas, written)
            )

    def _add_export(self, slot: PanelSlot, name: str, tip: str, ask: Callable[[], None]) -> None:
        action = QAction(f"Export {name}…", self)
        action.setObjectName(f"export_{name.removesuffix(' as CSV').replace(' ', '_')}")
        action.setStatusTip(tip)
        action.setIcon(icon(EXPORT_ICON, self._context.theme.theme))
        action.triggered.connect(ask)
        place = self.window.slots.index(slot)
        later = (one for other, one in self._exports if other > place)
        self.window.add_export(action, next(later, None))
        insort(self._exports, (place, action), key=itemgetter(0))

    def _choose_theme(self, choice: str) -> None:
        self._settings.update(theme=choice)
        self._apply_theme()

    def _on_system_scheme_changed(self) -> None:
        if self._settings.settings.theme == "system":
            self._apply_theme()

    def _apply_theme(self) -> None:
        choice = self._settings.settings.theme
        chosen = theme.chosen_theme(self._app, choice)
        theme.apply(self._app, chosen)
        for _, action in self._exports:
            action.setIcon(icon(EXPORT_ICON, chosen))
        self.window.show_theme(chosen)
        self._icons.show(chosen)  # after the style sheet, with which Qt's own icons come back
        self._card.show_theme(chosen)
        self._context.theme.show(chosen)

    def _show_about(self) -> None:
        # Looking versions up loads what nothing else here needs.
        from gui.window.about import about_text

        box = QMessageBox(self.window)
        box.setWindowTitle("About trigrad")
        box.setIconPixmap(app_icon().pixmap(64, 64))
        box.setText(about_text())
        box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        box.open()

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
        self._waiting.clear()
        self.runner.shutdown()
