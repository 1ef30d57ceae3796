"""The guided tour: drives the real window through its steps, on a worksheet of its own."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import ParamSpec

from PySide6.QtCore import QObject

from engine.partial import Partial
from gui.session.selection import Selection
from gui.session.worksheet_store import WorksheetStore
from gui.tour.card import TourCard
from gui.tour.steps import TourStep, tour_steps

P = ParamSpec("P")


@dataclass(frozen=True, slots=True)
class Stage:
    """What the tour moves in the window.

    Attributes:
        store: Shows the worksheets of the tour, and then the user's own again.
        selection: Which derivative and scheme are looked at.
        raise_panel: Brings a panel to the front.
        play: Plays the computation graph, or stops it.
        keep_layout: Returns what brings the panels back to where they are now.
        report: Shows a sentence to the user.
    """

    store: WorksheetStore
    selection: Selection
    raise_panel: Callable[[str], object]
    play: Callable[[bool], object]
    keep_layout: Callable[[], Callable[[], object]]
    report: Callable[[str], object]


class Tour(QObject):
    """Steps back and forth, and restores what the user had when it ends."""

    def __init__(self, card: TourCard, stage: Stage, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._card, self._stage = card, stage
        self._steps: tuple[TourStep, ...] = ()
        self._number = 0
        self._restore: Callable[[], object] | None = None
        self._scheme = ""
        self._partial: Partial | None = None
        card.forward.connect(self.forward)
        card.back.connect(self.back)
        card.ended.connect(self.end)

    @property
    def running(self) -> bool:
        """Whether the window shows the tour's worksheet."""
        return self._restore is not None

    def offer(self) -> None:
        """Ask whether the tour is wanted."""
        if not self.running:
            self._card.show_offer()

    def begin(self) -> None:
        """Start at the first step."""
        if not self.running:
            self._restore = self._stage.keep_layout()
            selection = self._stage.selection
            self._scheme, self._partial = selection.scheme, selection.partial
        self._steps = tour_steps()
        self._go_to(0)

    def forward(self) -> None:
        """Go to the next step; begin, or end, where there is none."""
        if not self.running:
            self.begin()
        elif self._number + 1 < len(self._steps):
            self._go_to(self._number + 1)
        else:
            self.end()

    def back(self) -> None:
        """Go to the step before."""
        if self.running and self._number:
            self._go_to(self._number - 1)

    def end(self) -> None:
        """Put everything back as it was before the tour."""
        restore, self._restore = self._restore, None
        if restore is not None:
            self._stage.play(False)
            self._stage.store.leave()
            self._stage.selection.pick_scheme(self._scheme)
            if self._partial is not None:
                self._stage.selection.ask_for(self._partial)
            restore()
        self._card.hide()  # last: the restored layout would show it again

    def on_own_work(self, call: Callable[P, object]) -> Callable[P, None]:
        """Return ``call`` for the user's own worksheet: the tour ends before it."""

        def on_own_work(*args: P.args, **kwargs: P.kwargs) -> None:
            self.end()
            call(*args, **kwargs)

        return on_own_work

    def unless_running(self, call: Callable[[], object]) -> Callable[[], object]:
        """Return ``call``, which must not save what the tour shows."""

        def unless_running() -> None:
            if self.running:
                self._stage.report(
                    "The tour's worksheet is not saved. End the tour to save your own."
                )
            else:
                call()

        return unless_running

    def _go_to(self, number: int) -> None:
        self._number = number
        step = self._steps[number]
        self._stage.store.visit(step.worksheet)
        self._stage.raise_panel(step.panel)
        self._stage.selection.pick_scheme(step.scheme)
        self._stage.selection.ask_for(Partial(step.partial))
        self._card.show_step(step.title, step.text, number, len(self._steps))
        self._stage.play(step.plays)
