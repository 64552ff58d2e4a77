# Parcomètre : relevé d'un poste Windows (format parc-collecte-1).
#
# Ce script décrit CE poste dans un fichier « NOM-DU-POSTE.json », posé à côté de lui, à déposer ensuite dans
# Parcomètre. Il ne change rien, n'installe rien et n'envoie rien. Il ne lit ni compte, ni mot de passe, ni clé,
# ni document. Lancez-le en double-cliquant sur « collecte.cmd », ou par :
#     powershell -NoProfile -ExecutionPolicy Bypass -File collecte.ps1
# En administrateur, il en voit un peu plus (batterie, chiffrement).

param(
    [string]$Dossier = $PSScriptRoot,   # où poser le fichier
    [switch]$Ecran                      # écrire à l'écran au lieu d'un fichier
)
$ErrorActionPreference = 'SilentlyContinue'   # ce que le poste ne veut pas dire est laissé vide

# Un texte rangé en nombres (écrans) : 68 69 76 76 0 0 -> « DELL »
function Texte($nombres) { (-join ($nombres | Where-Object { $_ } | ForEach-Object { [char]$_ })).Trim() }

# Le chiffrement d'un volume, visible sans être administrateur : 1 = protégé, 2 = non chiffré
function Chiffre($lettre) {
    $etat = (New-Object -ComObject Shell.Application).NameSpace($lettre).Self.ExtendedProperty('System.Volume.BitLockerProtection')
    if ($null -eq $etat -or $etat -eq 0) { return $null }
    return ($etat -eq 1)
}

# --- Le poste, son système -------------------------------------------------------------------------------------
$systeme = Get-CimInstance Win32_ComputerSystem | Select-Object Name, Manufacturer, Model, Domain, TotalPhysicalMemory
$bios = Get-CimInstance Win32_BIOS | Select-Object SerialNumber, SMBIOSBIOSVersion
$boitier = Get-CimInstance Win32_SystemEnclosure | Select-Object ChassisTypes, SMBIOSAssetTag
$produit = Get-CimInstance Win32_ComputerSystemProduct | Select-Object UUID
$windows = Get-ItemProperty 'HKLM:\SOFTWARE\Microsoft\Windows NT\CurrentVersion'
$os = Get-CimInstance Win32_OperatingSystem | Select-Object Caption, Version, BuildNumber,
    @{ n = 'DisplayVersion'; e = { $windows.DisplayVersion } },
    @{ n = 'InstallDate'; e = { $_.InstallDate.ToString('s') } }

# --- Ses composants --------------------------------------------------------------------------------------------
$processeurs = @(Get-CimInstance Win32_Processor | Select-Object Name)
$memoires = @(Get-CimInstance Win32_PhysicalMemory | Select-Object Capacity, Manufacturer, SerialNumber, SMBIOSMemoryType)
$supports = @(Get-CimInstance Win32_DiskDrive | Select-Object Model, SerialNumber, Size, InterfaceType, MediaType)
$disques = @(Get-CimInstance Win32_LogicalDisk -Filter 'DriveType=3' | Select-Object DeviceID, Size, FreeSpace,
    @{ n = 'Systeme'; e = { $_.DeviceID -eq $env:SystemDrive } },
    @{ n = 'Chiffre'; e = { Chiffre $_.DeviceID } })
$ecrans = @(Get-CimInstance -Namespace root\wmi WmiMonitorID | ForEach-Object {
    [ordered]@{ fabricant = Texte $_.ManufacturerName; modele = Texte $_.UserFriendlyName; serie = Texte $_.SerialNumberID } })
$neuve = @(Get-CimInstance -Namespace root\wmi BatteryStaticData)
$actuelle = @(Get-CimInstance -Namespace root\wmi BatteryFullChargedCapacity)
$batteries = @(for ($i = 0; $i -lt $neuve.Count; $i++) {
    [ordered]@{ nom = "$($neuve[$i].DeviceName)".Trim(); serie = "$($neuve[$i].SerialNumber)".Trim()
        neuve = $neuve[$i].DesignedCapacity; actuelle = $actuelle[$i].FullChargedCapacity } })

# --- Son réseau ------------------------------------------------------------------------------------------------
$reseau = @(Get-CimInstance Win32_NetworkAdapterConfiguration -Filter 'IPEnabled=TRUE' | ForEach-Object {
    $carte = Get-CimInstance Win32_NetworkAdapter -Filter "Index=$($_.Index)"
    [ordered]@{ MACAddress = $_.MACAddress; IPAddress = @($_.IPAddress); DefaultIPGateway = @($_.DefaultIPGateway)
        Description = $_.Description; PNPDeviceID = $carte.PNPDeviceID } })

# --- Sa protection ---------------------------------------------------------------------------------------------
# L'état d'un antivirus est un nombre : 0x1000 = actif, 0x10 = en retard. Un serveur n'a pas ce registre : rien n'est dit.
$antivirus = $null
if (Get-CimInstance -Namespace root -ClassName __NAMESPACE -Filter "Name='SecurityCenter2'") {
    $antivirus = @(Get-CimInstance -Namespace root\SecurityCenter2 AntiVirusProduct | ForEach-Object {
        [ordered]@{ nom = $_.displayName; actif = [bool]($_.productState -band 0x1000)
            a_jour = -not ($_.productState -band 0x10) } })
}
$pare_feu = @(Get-NetFirewallProfile | ForEach-Object { [ordered]@{ nom = "$($_.Name)"; actif = "$($_.Enabled)" } })

# --- Ses logiciels : ce que montre « Programmes et fonctionnalités » ----------------------------------------------
$cles = 'HKLM:\SOFTWARE\Microsoft\Windows\CurrentVersion\Uninstall\*',
        'HKLM:\SOFTWARE\WOW6432Node\Microsoft\Windows\CurrentVersion\Uninstall\*'
$logiciels = @(Get-ItemProperty $cles | Where-Object { $_.DisplayName -and -not $_.SystemComponent } |
    Select-Object DisplayName, DisplayVersion, Publisher, InstallDate | Sort-Object DisplayName -Unique)

$releve = [ordered]@{
    format = 'parc-collecte-1'; date = (Get-Date -Format o); outil = 'collecte.ps1'
    systeme = $systeme; bios = $bios; boitier = $boitier; produit = $produit; os = $os
    processeurs = $processeurs; memoires = $memoires; supports = $supports; disques = $disques
    ecrans = $ecrans; batteries = $batteries; reseau = $reseau
    antivirus = $antivirus; pare_feu = $pare_feu; logiciels = $logiciels
}
$texte = $releve | ConvertTo-Json -Depth 4
if ($Ecran) {
    [Console]::OutputEncoding = [Text.Encoding]::UTF8
    $texte
} else {
    $fichier = Join-Path $Dossier "$env:COMPUTERNAME.json"
    $texte | Out-File $fichier -Encoding utf8
    if (Test-Path $fichier) { Write-Host "Relevé écrit : $fichier" } else { Write-Host "Rien n’a pu être écrit dans $Dossier" }
}
