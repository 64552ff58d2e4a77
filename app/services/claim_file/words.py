"""The first page of the archive of a claim file: what it holds, and how to check it by hand."""

from app.fields import NBSP, counted, moment
from app.paths import resource
from app.services.claim_file.gather import Known

HOW = "preuve/verification.txt"


def read_me(known: Known, *, issued: bool) -> str:
    file = known.file
    paper = "émis et figé" if issued else "projet, non émis"
    lines = (
        f"DOSSIER DE PREUVE {file.stamp.reference}, {file.company.name}",
        "",
        f"Objet{NBSP}: {file.subtitle}",
        f"Constat{NBSP}: {file.headline[0]}. {file.headline[1]}",
        f"Données au{NBSP}: {moment(known.scope.now)}",
        "",
        "CE QUE CONTIENT CE DOSSIER",
        "",
        f"1-Dossier-de-preuve.pdf  les faits, les termes, le calcul ({paper})",
        f"2-Contrat                les termes en vigueur, {counted(len(known.scope.days), 'jour')} de référence",
        f"3-Pieces                 {counted(len(known.pieces), 'pièce')}, telles qu’elles ont été jointes",
        f"4-Historique             {counted(len(known.entries), 'écriture')} avec leurs valeurs, la chaîne des sceaux,",
        "                         le journal des tickets et l’historique lisibles dans Excel (codes, centimes, minutes",
        "                         et heures UTC, tels que gardés)",
        "",
        *resource(HOW).read_text(encoding="utf-8").splitlines(),
        "",
        "Ce dossier contient des noms et des faits de l’entreprise\u00a0: ne le remettez qu’à qui doit en juger.",
        "Établi avec Parcomètre.",
    )
    return "\r\n".join(lines) + "\r\n"
