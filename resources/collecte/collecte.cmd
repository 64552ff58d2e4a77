@echo off
rem Lance le releve de ce poste (collecte.ps1, dans le meme dossier), puis attend une touche.
powershell -NoProfile -ExecutionPolicy Bypass -File "%~dp0collecte.ps1"
pause
