"""Click in Dutch: the words of help pages and of errors about the command line itself."""

import gettext
from collections.abc import Callable

import click

WORDS = {
    "Usage:": "Gebruik:",
    "Options": "Opties",
    "Arguments": "Argumenten",
    "Commands": "Opdrachten",
    "Show this message and exit.": "Toon deze uitleg en stop.",
    "Show the version and exit.": "Toon de versie en stop.",
    "default: {default}": "standaard: {default}",
    "required": "verplicht",
    "Error: {message}": "Fout: {message}",
    "Try '{command} {option}' for help.": "Uitleg: '{command} {option}'.",
    "Missing command.": "Er ontbreekt een opdracht.",
    "No such command {name!r}.": "Onbekende opdracht {name!r}.",
    "No such option: {name}": "Onbekende optie: {name}",
    "No such option {name!r}.": "Onbekende optie {name!r}.",
    "Did you mean {possibility}?": "Bedoelt u {possibility}?",
    "Missing argument": "Er ontbreekt een argument",
    "Missing option": "Er ontbreekt een optie",
    "Missing parameter": "Er ontbreekt een gegeven",
    "Invalid value: {message}": "Ongeldige waarde: {message}",
    "Invalid value for {param_hint}: {message}": "Ongeldige waarde voor {param_hint}: {message}",
    "{value!r} is not a valid {number_type}.": "{value!r} is geen geldig getal.",
    "Option {name!r} requires an argument.": "Optie {name!r} heeft een waarde nodig.",
    "Option {name!r} does not take a value.": "Optie {name!r} heeft geen waarde.",
    "Got unexpected extra argument ({args})": "Te veel argumenten: {args}",
    "Aborted!": "Afgebroken.",
    "File": "Bestand",
    "Directory": "Map",
    "{name} {filename!r} does not exist.": "{name} {filename!r} bestaat niet.",
}
PLURALS = {
    "Got unexpected extra argument ({args})": "Te veel argumenten: {args}",
    "(Possible option: {possibilities})": "(Bedoelt u {possibilities}?)",
    "Did you mean {possibility}?": "Bedoelt u {possibility}?",
    "{value!r} is not {choice}.": "{value!r} moet {choice} zijn.",
    "{value!r} is not one of {choices}.": "{value!r} is niet een van {choices}.",
}


class _Dutch(gettext.NullTranslations):
    def gettext(self, message: str) -> str:
        return WORDS.get(message, message)

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:  # noqa: ARG002
        return PLURALS.get(msgid1, WORDS.get(msgid1, msgid1))


def speak_dutch() -> None:
    """Let click's own sentences come out in Dutch, whatever the language of the machine."""
    dutch = _Dutch()
    translate: Callable[[str], str] = dutch.gettext
    modules = (click.core, click.exceptions, click.parser, click.types, click.formatting, click.decorators)
    for module in modules:
        for name, function in (("_", translate), ("ngettext", dutch.ngettext)):
            if hasattr(module, name):
                setattr(module, name, function)
