"""The first page of the archive of a claim file: what it holds, and how to check it by hand."""

from app.fields import NBSP, counted, moment
from app.services.claim_file.gather import Known

HOW = """COMMENT VÉRIFIER QUE RIEN N’A CHANGÉ, SANS PARCOMÈTRE

1. D’un geste, avec Python 3 (installé sur tout Mac et tout Linux, gratuit pour Windows), dans ce dossier
   décompressé ou sur l’archive elle-même :

       python3 verifier.py            (Windows : py verifier.py)
       python3 verifier.py archive.zip

   Il répond « DOSSIER INTACT. », ou dit ce qui a été modifié. C’est un texte court que chacun peut relire.

2. À la main, fichier par fichier : SHA256SUMS donne l’empreinte de chacun.

       Linux    sha256sum -c SHA256SUMS
       Mac      shasum -a 256 -c SHA256SUMS
       Windows  certutil -hashfile 1-Dossier-de-preuve.pdf SHA256, à comparer avec la ligne de SHA256SUMS

3. À la main, l’historique : chaque ligne de 4-Historique/chaine.csv est une écriture du fichier de l’entreprise. Son
   sceau est le SHA-256 de ce texte, sans espace, le sceau précédent étant celui de la ligne d’avant (« avant », dans
   dossier.json, pour la première) :

       ["sceau précédent",n°,"écrite_le","par","table","identifiant","nature","engagement"]

   L’engagement est le SHA-256 de ["sel","avant","apres"], pris dans extrait.jsonl (null où il n’y a rien). Les
   écritures étrangères à ce dossier n’y figurent que par leur engagement : leurs valeurs ne sont pas livrées, mais la
   chaîne est entière, de la première écriture de ce dossier à la dernière du fichier.

CE QUE CELA PROUVE

Modifier, retirer, ajouter ou déplacer une seule écriture change tous les sceaux qui suivent. Qui a noté un sceau
auparavant (celui imprimé dans le PDF, celui d’un dossier plus ancien, le « head » du manifeste d’une sauvegarde) peut
le chercher dans chaine.csv, ou par « verifier.py archive.zip SCEAU » : s’il y est, rien n’a été récrit avant lui.

CE QUE CELA NE PROUVE PAS

Ni que ce qui a été écrit était exact, ni l’heure : elle est celle de l’ordinateur. Un acte peut être inscrit après
être survenu : le dossier donne les deux dates.
"""


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
        *HOW.replace(" :", f"{NBSP}:").replace("« ", f"«{NBSP}").replace(" »", f"{NBSP}»").splitlines(),
        "",
        "Ce dossier contient des noms et des faits de l’entreprise\u00a0: ne le remettez qu’à qui doit en juger.",
        "Établi avec Parcomètre.",
    )
    return "\r\n".join(lines) + "\r\n"
