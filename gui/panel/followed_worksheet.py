"""FollowedWorksheet: the problem that a panel studies, and whether it is that of the worksheet."""

from __future__ import annotations

from collections.abc import Callable

from engine.errors import EngineError
from engine.worksheet.worksheet import Fields, Inputs
from gui.panel.seen import SeenWidget
from gui.panel.when_seen import WhenSeen
from gui.session.worksheet_store import WorksheetStore
from gui.widgets.veil import Veil


class StudyView(SeenWidget):
    """A view that goes on showing the last problem that could be read, and then says so.

    Attributes:
        veil: Says it, and lies over what it is about.
    """

    veil: Veil

    def show_veil(self, lies: bool) -> None:
        """Say that what is shown is of the last problem that could be read; or take that back."""
        self.veil.lie_over(lies)


class FollowedWorksheet(WhenSeen):
    """Refreshes a panel that shows the last problem while that of the worksheet cannot be read.

    Args:
        view: What is refreshed.
        store: Holds the worksheet.
        fields: Names of those that the panel shows.
        refresh: Shows what :meth:`inputs` returns.

    Attributes:
        current: Whether what :meth:`inputs` returned is the worksheet itself.
    """

    _view: StudyView

    def __init__(
        self,
        view: StudyView,
        store: WorksheetStore,
        fields: Fields,
        refresh: Callable[[], object],
    ) -> None:
        super().__init__(view, refresh)
        self._store = store
        self.current = False
        self.follow(store, fields)

    @property
    def fresh(self) -> bool:
        """Whether the panel shows the worksheet as it is at this moment."""
        return self.current and not self.stale

    def inputs(self) -> Inputs | None:
        """Return the newest problem that could be read; None if there was none so far."""
        try:
            inputs, self.current = self._store.newest_inputs()
        except EngineError:
            self.current = False
            return None
        self._view.show_veil(not self.current)
        return inputs
