; The setup program of Windows: per user, in French, no administrator asked for. Made by packaging/build.py.
Unicode true
Target amd64-unicode
SetCompressor /SOLID lzma
ManifestDPIAware true
RequestExecutionLevel user
!include MUI2.nsh

Name "Parcomètre"
OutFile "${OUT}"
InstallDir "$LOCALAPPDATA\Programs\Parcometre"
InstallDirRegKey HKCU "Software\Parcometre" "Dossier"
BrandingText "Parcomètre ${VERSION}"
VIProductVersion "${VERSION}.0"
VIAddVersionKey "ProductName" "Parcomètre"
VIAddVersionKey "FileDescription" "Installation de Parcomètre"
VIAddVersionKey "FileVersion" "${VERSION}"
VIAddVersionKey "LegalCopyright" "Licence MIT"

!define MUI_ICON "${ICON}"
!define MUI_UNICON "${ICON}"
!define UNINSTALL "Software\Microsoft\Windows\CurrentVersion\Uninstall\Parcometre"
!insertmacro MUI_PAGE_DIRECTORY
!insertmacro MUI_PAGE_INSTFILES
!define MUI_FINISHPAGE_RUN "$INSTDIR\Parcometre.exe"
!define MUI_FINISHPAGE_RUN_TEXT "Ouvrir Parcomètre"
!insertmacro MUI_PAGE_FINISH
!insertmacro MUI_UNPAGE_CONFIRM
!insertmacro MUI_UNPAGE_INSTFILES
!insertmacro MUI_LANGUAGE "French"

Section
  ; A file of the version before must not stay beside those of this one.
  RMDir /r "$INSTDIR\_internal"
  SetOutPath "$INSTDIR"
  File /r "${FOLDER}/*"
  WriteUninstaller "$INSTDIR\Desinstaller.exe"
  CreateShortcut "$SMPROGRAMS\Parcomètre.lnk" "$INSTDIR\Parcometre.exe"
  WriteRegStr HKCU "Software\Parcometre" "Dossier" "$INSTDIR"
  WriteRegStr HKCU "${UNINSTALL}" "DisplayName" "Parcomètre"
  WriteRegStr HKCU "${UNINSTALL}" "DisplayVersion" "${VERSION}"
  WriteRegStr HKCU "${UNINSTALL}" "DisplayIcon" "$INSTDIR\Parcometre.exe"
  WriteRegStr HKCU "${UNINSTALL}" "Publisher" "Parcomètre"
  WriteRegStr HKCU "${UNINSTALL}" "UninstallString" '"$INSTDIR\Desinstaller.exe"'
  WriteRegStr HKCU "${UNINSTALL}" "QuietUninstallString" '"$INSTDIR\Desinstaller.exe" /S'
  WriteRegDWORD HKCU "${UNINSTALL}" "NoModify" 1
  WriteRegDWORD HKCU "${UNINSTALL}" "NoRepair" 1
SectionEnd

; The data of the company is elsewhere, and stays.
Section "Uninstall"
  RMDir /r "$INSTDIR\_internal"
  Delete "$INSTDIR\Parcometre.exe"
  Delete "$INSTDIR\parcometre-cli.exe"
  Delete "$INSTDIR\Desinstaller.exe"
  RMDir "$INSTDIR"
  Delete "$SMPROGRAMS\Parcomètre.lnk"
  DeleteRegKey HKCU "${UNINSTALL}"
  DeleteRegKey HKCU "Software\Parcometre"
SectionEnd
