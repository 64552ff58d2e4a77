"""Screens of the gallery: an empty place, a form with errors, progress, and every state of the parts."""

from PySide6.QtWidgets import (
    QComboBox,
    QHBoxLayout,
    QLineEdit,
    QPlainTextEdit,
    QWidget,
)

from app.ui import theme
from app.ui.parts.badge import Badge
from app.ui.parts.banner import Banner, BannerData
from app.ui.parts.basics import column, frame, holder, row
from app.ui.parts.buttons import Segment, Segments, button, icon_button, set_available
from app.ui.parts.card import Card
from app.ui.parts.chips import Chip
from app.ui.parts.empty import Beginning, EmptyState
from app.ui.parts.formshell import FormShell, dialog_buttons, dialog_foot
from app.ui.parts.marks import Mark
from app.ui.parts.progress import ProgressDialog
from app.ui.parts.tiles import CountData, CountTile
from app.ui.parts.undo_bar import UndoBar
from tests.ui.gallery_lists import shell


def empty() -> QWidget:
    state = EmptyState(
        "monitor",
        "Commencez par votre parc",
        "L’inventaire est la première étape\u00a0: contrats, tickets et indicateurs s’appuient sur lui.\n"
        "Trois façons de le remplir, que vous pouvez mêler.",
        [
            Beginning("a", "Choisir un fichier…", "file-input", "Importer un fichier",
                      "Tableau CSV ou Excel, ou fichier d’un agent d’inventaire. Rien n’est écrit avant votre accord.",
                      primary=True),
            Beginning("b", "Décrire ce poste", "laptop", "Décrire cet ordinateur",
                      "Lit le modèle, le n° de série et le système de ce poste, sans rien envoyer."),
            Beginning("c", "Nouveau bien", "pen-line", "Saisir à la main",
                      "Une fiche par bien. Le numéro d’inventaire est donné par le programme."),
        ],
        ("Vous voulez d’abord voir ?", "Ouvrir l’entreprise d’exemple", "example"),
    )  # fmt: skip
    return shell(1, column(state), ["Aucun bien"])


def form() -> QWidget:
    shell_ = FormShell()
    provider, renewal, unit, billing = QComboBox(), QComboBox(), QComboBox(), QComboBox()
    provider.addItem("Choisir un prestataire")
    renewal.addItem("Tacite, même durée")
    unit.addItem("mois")
    billing.addItem("Chaque mois")
    months = QLineEdit("trois")
    notice = holder(row(months, unit, gap=6))
    notice.setFocusProxy(months)
    shell_.add("number", "Numéro", QLineEdit("CT-2026-02"), required=True, hint="Proposé par le programme, modifiable.")
    shell_.add("object", "Objet", QLineEdit("Maintenance des copieurs"), required=True)
    shell_.add("provider", "Prestataire", provider, required=True, span=2)
    shell_.add("start", "Date d’effet", QLineEdit("01/12/2026"), required=True)
    shell_.add("end", "Fin de la première période", QLineEdit("30/11/2025"), required=True)
    shell_.add("renewal", "Reconduction", renewal)
    shell_.add("notice", "Préavis", notice, required=True)
    shell_.add("impact", "Qui est gêné\u00a0? (impact)", Segments([Segment("a", "Une personne"), Segment("b", "Tous")]))
    shell_.add("billing", "Facturation", billing)
    shell_.add("notes", "Notes", QPlainTextEdit(), span=2)
    shell_.set_problems(
        {
            "provider": "Choisissez le prestataire, ou ajoutez-le avec le bouton +.",
            "end": "La fin précède la date d’effet (01/12/2026).",
            "notice": "Écrivez un nombre entier, par exemple 3.",
        }
    )
    foot = dialog_foot("Les champs non marqués sont facultatifs.", dialog_buttons("Enregistrer"))
    body = frame("plainpage", column(row(shell_, margins=(22, 16, 22, 16)), None, foot, gap=0))
    body.setFixedWidth(theme.scaled(660))
    return body


def progress() -> QWidget:
    dialog = ProgressDialog(
        "Import de « parc-2026.xlsx »", "Si vous annulez, rien n’est gardé : l’inventaire reste comme avant l’import.",
        cancel="Annuler l’import",
    )  # fmt: skip
    dialog.set_progress(25, 43, "Écriture des biens dans l’inventaire")
    return dialog


def states() -> QWidget:
    window = QWidget()
    window.setObjectName("central")
    buttons = Card("Boutons")
    for available in (True, False):
        line = [
            button("Créer", "primary", "plus"), button("Imprimer", icon="printer"), button("Ouvrir", "quiet"),
            icon_button("pencil", "Modifier"), button("Choisir la zone", "link"),
        ]  # fmt: skip
        for one in line:
            set_available(one, available, "Réservé au responsable.")
        buttons.body.addLayout(row(*line, None))
    fields = Card("Champs")
    form_ = FormShell()
    form_.add("a", "Repos", QLineEdit(placeholderText="JJ/MM/AAAA"), hint="Le format attendu, en clair")
    form_.add("b", "Lecture seule", QLineEdit("PC-0042", readOnly=True), hint="Donné par le programme")
    form_.add("c", "Erreur", QLineEdit("31/02/2026"))
    form_.set_problems({"c": "Ce jour n’existe pas."})
    fields.body.addWidget(form_)
    badges = Card("Badges : la forme, la couleur et le mot")
    for tone, words in (
        ("ok", ("En service", "Tenu")), ("info", ("Modifié", "Nouveau")), ("warn", ("En réparation", "À surveiller")),
        ("bad", ("Dépassé", "Non tenu")), ("hold", ("Prêté", "Suspendu")), ("mute", ("Sorti", "Sans donnée")),
    ):  # fmt: skip
        pair = row(
            *(Badge(word, Mark(tone, loud=True)) for word in words), None, Badge(words[0], Mark(tone)), 60, gap=9
        )
        badges.body.addLayout(pair)
    filters = Card("Filtres")
    site, due = Chip("Site"), Chip("Garantie")
    site.set_value("Dijon")
    due.set_value("avant 2027", removable=True)
    filters.body.addLayout(row(Chip("Famille"), site, due, None))
    counts = row(
        CountTile(CountData("a", "circle-plus", "ok", "12", "créés", "Un numéro leur sera donné")),
        CountTile(CountData("b", "circle-x", "bad", "3", "refusés", "Laissés de côté, à corriger")),
        gap=10,
    )
    banners = Card("Bandeaux et annulation")
    for data in (
        BannerData("info", "Ce fichier est ouvert sur un autre poste",
                   "Vous pouvez lire et imprimer ; les changements sont bloqués jusqu’à sa fermeture.", "Réessayer",
                   "info"),
        BannerData("warn", "Dernière sauvegarde il y a 9 jours", "Branchez la clé « SAUV-01 », puis sauvegardez.",
                   "Sauvegarder", "hard-drive-download", closable=True),
        BannerData("bad", "Le classeur est ouvert dans Excel",
                   "Fermez « parc-2026.xlsx », puis recommencez. Rien n’a été perdu.", "Recommencer"),
    ):  # fmt: skip
        banners.body.addWidget(Banner(data))
    left = column(buttons, fields, None, gap=12)
    right = column(badges, filters, counts, banners, None, gap=12)
    window.setLayout(row(left, right, gap=12, margins=(16, 16, 16, 16)))
    layout = window.layout()
    assert isinstance(layout, QHBoxLayout)
    layout.setStretch(0, 1)
    layout.setStretch(1, 1)
    window.resize(1280, 800)
    undo = UndoBar(window)
    undo.tell("PC-0012 mis à la corbeille", "trash-2")
    return window
