"""One question of the guided sequence on a page: why it is asked, what is chosen, what is typed."""

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QAbstractButton, QButtonGroup, QCheckBox, QRadioButton, QWidget

from app.services.contract_asks import Ask, Step
from app.ui.crud.fields_form import FieldsForm
from app.ui.desk import Desk
from app.ui.parts.basics import column, label, row
from app.ui.parts.explain import Explain

BETWEEN = "|"
INDENT = 28


class AskGroup(QWidget):
    """One answer by radio buttons, or several by boxes. `text` has the keys ticked, joined by « | »."""

    changed = Signal()

    def __init__(self, ask: Ask) -> None:
        super().__init__()
        self.ask = ask
        self._group = QButtonGroup(self)
        self._group.setExclusive(not ask.many)
        self._under = label("", "second", "bad.text", wrap=True)
        self._under.hide()
        head = row(label(ask.text, "title"), *([Explain(ask.term)] if ask.term else []), None, gap=4)
        body = column(head, self._under, gap=3)
        self.buttons: dict[str, QAbstractButton] = {}
        for option in ask.options:
            made = QCheckBox(option.text) if ask.many else QRadioButton(option.text)
            made.setAccessibleName(f"{ask.text}\u00a0: {option.text}")
            made.setAccessibleDescription(option.detail)
            made.toggled.connect(self.changed)
            self._group.addButton(made)
            self.buttons[option.key] = made
            line = row(made, label(option.detail, "second", "ink2", wrap=True), gap=10)
            line.setStretch(1, 1)
            body.addLayout(line)
        self.setLayout(body)

    def ticked(self) -> tuple[str, ...]:
        return tuple(key for key, made in self.buttons.items() if made.isChecked())

    def value(self) -> Any:
        """The keys ticked if there may be many, else the one taken or None."""
        ticked = self.ticked()
        return ticked if self.ask.many else next(iter(ticked), None)

    def text(self) -> str:
        return BETWEEN.join(self.ticked())

    def put_text(self, text: str) -> None:
        """The given keys; none unticks all, which radio buttons do not do by themselves."""
        self._group.setExclusive(False)
        for key, made in self.buttons.items():
            made.setChecked(key in text.split(BETWEEN))
        self._group.setExclusive(not self.ask.many)

    def tell(self, problem: str) -> None:
        self._under.setText(problem)
        self._under.setVisible(bool(problem))


class StepPage(QWidget):
    """`changed` after each answer; `values` are those given, by name."""

    changed = Signal()

    def __init__(self, desk: Desk, step: Step) -> None:
        super().__init__()
        self.step = step
        self.groups = {ask.name: AskGroup(ask) for ask in step.asks}
        self.form = FieldsForm(desk, step.fields)
        self.form.setVisible(bool(step.fields))
        for group in self.groups.values():
            group.changed.connect(self._follow)
        self.form.on_change(self._forgive)
        why = label(step.why, "body", "ink2", wrap=True)
        self.setLayout(column(label(step.title, "page"), why, *self.groups.values(), self.form, None, gap=12))
        self._show_asked()

    def _follow(self) -> None:
        for group in self.groups.values():
            group.tell("")
        self._show_asked()
        self.changed.emit()

    def _forgive(self, name: str) -> None:
        self.form.forgive(name)
        self.changed.emit()

    def _show_asked(self) -> None:
        """A question that depends on another waits for its answer."""
        for group in self.groups.values():
            if group.ask.when is not None:
                name, key = group.ask.when
                group.setVisible(self.groups[name].value() == key)

    def read(self) -> tuple[dict[str, Any], dict[str, str]]:
        """What was answered, and a sentence for each field that cannot be read."""
        values, problems = self.form.read()
        return values | {name: group.value() for name, group in self.groups.items()}, problems

    def names(self) -> set[str]:
        return {*self.groups, *self.form.editors}

    def texts(self) -> dict[str, str]:
        answered = {name: group.text() for name, group in self.groups.items() if group.text()}
        return self.form.texts() | answered

    def put_texts(self, texts: Mapping[str, str]) -> None:
        for name, group in self.groups.items():
            group.put_text(texts.get(name, ""))
        self.form.put_texts({name: texts.get(name, "") for name in self.form.editors})
        self._show_asked()

    def tell(self, problems: Mapping[str, str]) -> None:
        for name, group in self.groups.items():
            group.tell(problems.get(name, ""))
        self.form.set_problems({name: told for name, told in problems.items() if name in self.form.editors})

    def begin(self) -> None:
        """The cursor in the first question."""
        for group in self.groups.values():
            made = [group.buttons[key] for key in group.ticked()] or list(group.buttons.values())
            if made:
                made[0].setFocus(Qt.FocusReason.TabFocusReason)
                return
        if self.form.fields:
            self.form.focus_on(self.form.fields[0].name)
