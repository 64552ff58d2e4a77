#!/bin/bash
# Parcomètre : relevé d'un Mac.
#
# Ce script décrit CE Mac dans un fichier « nom-du-mac.json », posé à côté de lui, à déposer ensuite dans Parcomètre.
# Il ne change rien, n'installe rien et n'envoie rien. Il ne garde ni compte, ni mot de passe, ni clé, ni document.
# Double-cliquez dessus. S'il est refusé : Réglages Système, Confidentialité et sécurité, « Ouvrir quand même »,
# ou, dans le Terminal : bash collecte-mac.command

cd "$(dirname "$0")" || exit 1
sorti="${1:-fichier}"   # « ecran » : écrire à l'écran au lieu d'un fichier

nom="$(scutil --get LocalHostName 2>/dev/null || hostname)"
date="$(date '+%Y-%m-%dT%H:%M:%S%z')"

# Le disque est-il chiffré ? vrai, faux, ou null si le Mac ne le dit pas
filevault=null
case "$(fdesetup status 2>/dev/null)" in
    *"FileVault is On"*) filevault=true ;;
    *"FileVault is Off"*) filevault=false ;;
esac

# Le pare-feu est-il actif ?
pare_feu=null
case "$(/usr/libexec/ApplicationFirewall/socketfilterfw --getglobalstate 2>/dev/null)" in
    *enabled*) pare_feu=true ;;
    *disabled*) pare_feu=false ;;
esac

# system_profiler dit tout le reste ; le nom de la session, qu'il donne aussi, est effacé
releve() {
    printf '{"parc":{"date":"%s","filevault":%s,"pare_feu":%s},\n' "$date" "$filevault" "$pare_feu"
    system_profiler -json SPHardwareDataType SPSoftwareDataType SPStorageDataType SPDisplaysDataType \
        SPNetworkDataType SPMemoryDataType SPPowerDataType SPApplicationsDataType 2>/dev/null |
        sed -e '1d' -e 's/"user_name" : ".*"/"user_name" : ""/'
}

if [ "$sorti" = ecran ]; then
    releve
else
    releve > "$nom.json" && echo "Relevé écrit : $PWD/$nom.json"
fi
