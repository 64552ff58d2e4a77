"""The editors of some fields in the shell of a form, read all at once."""

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

from app.errors import InvalidFields
from app.fields import Count, Field, Number, Text
from app.ui.crud.editors import Editor, editor
from app.ui.desk import Desk
from app.ui.parts.formshell import FormShell


class FieldsForm(FormShell):
    """The editors of some fields; reads them all at once.

    `own_after` names the field after whose group stand those of `set_own`, which may change while one types.
    """

    def __init__(self, desk: Desk, fields: tuple[Field, ...], own_after: str = "") -> None:
        super().__init__()
        self._desk = desk
        self.fields = fields
        self.editors: dict[str, Editor] = {}
        self._own: tuple[Field, ...] = ()
        self._put_aside: dict[str, str] = {}
        self._on_change: list[Callable[[str], None]] = []
        group, holds_part = "", False
        for field in fields:
            if field.group and field.group != group:
                if holds_part:
                    self.add_part()
                    holds_part = False
                self.add_heading(field.group)
            group = field.group or group
            holds_part = holds_part or field.name == own_after
            self._add_field(field)
        if holds_part:
            self.add_part()

    def _add_field(self, field: Field) -> None:
        made = self.editors[field.name] = editor(field, self._desk)
        wide = isinstance(field, Text) and field.multiline
        unit = f" ({field.unit})" if isinstance(field, Count | Number) and field.unit else ""
        self.add(
            field.name, field.label + unit, made.widget, required=field.required, hint=field.help, span=2 if wide else 1
        )
        for listener in self._on_change:
            made.on_change(partial(listener, field.name))

    def on_change(self, listener: Callable[[str], None]) -> None:
        """Tell the name of the field just changed, of those added later too."""
        self._on_change.append(listener)
        for name, made in self.editors.items():
            made.on_change(partial(listener, name))

    def set_own(self, own: tuple[Field, ...], values: Mapping[str, Any]) -> None:
        """Show these fields, with what was typed in them before they were last taken away, else with these values."""
        if own == self._own:
            return
        self._put_aside |= {field.name: self.editors.pop(field.name).text() for field in self._own}
        self._own = own
        with self.refilling():
            if own and own[0].group:
                self.add_heading(own[0].group)
            for field in own:
                self._add_field(field)
        for field in own:
            if field.name in self._put_aside:
                self.editors[field.name].put_text(self._put_aside[field.name])
            else:
                self.editors[field.name].show(values.get(field.name))

    def show_values(self, values: Mapping[str, Any]) -> None:
        for name, made in self.editors.items():
            made.show(values.get(name))

    def read(self) -> tuple[dict[str, Any], dict[str, str]]:
        """What the editors hold, and a sentence for each that cannot be read."""
        found: dict[str, Any] = {}
        problems: dict[str, str] = {}
        for name, made in self.editors.items():
            try:
                found[name] = made.value()
            except ValueError as error:
                problems[name] = str(error)
        return found, problems

    def values(self) -> dict[str, Any]:
        """What the editors hold; InvalidFields with a sentence for each that cannot be read."""
        found, problems = self.read()
        if problems:
            raise InvalidFields(problems)
        return found

    def texts(self) -> dict[str, str]:
        """Every field as text, for a draft: what cannot be read is left out of it but stays on the screen."""
        return {name: made.text() for name, made in self.editors.items() if made.text()}

    def put_texts(self, texts: Mapping[str, str]) -> None:
        """Those of fields that are not in sight wait until they are."""
        self._put_aside |= texts
        for name, text in texts.items():
            if name in self.editors:
                self.editors[name].put_text(text)
