"""Nothing that names people, opens doors or costs money is kept: the whole file is searched for it."""

import json
from pathlib import Path
from typing import Any

import pytest

from app.services.importing import Options
from app.storage import Store
from tests.services.importing.bench import GLPI, computer, inventory, rows, run, written
from tests.services.reading.test_macos import profile
from tests.services.reading.test_powershell import collected

SECRETS = (
    "SECRETLOGIN", "SECRETGROUP", "SECRETENV", "SECRETPROC", "SECRETKEY", "SECRETSSH", "SECRETOWNER", "SECRETSID",
)  # fmt: skip
XML = f"""<?xml version="1.0"?><REQUEST><CONTENT>
<HARDWARE><NAME>PC-1</NAME><LASTLOGGEDUSER>{SECRETS[0]}</LASTLOGGEDUSER><USERID>{SECRETS[0]}</USERID>
<WINPRODKEY>{SECRETS[4]}</WINPRODKEY><WINOWNER>{SECRETS[6]}</WINOWNER></HARDWARE>
<BIOS><SSN>SN12345</SSN></BIOS>
<OPERATINGSYSTEM><FULL_NAME>Debian</FULL_NAME><SSH_KEY>{SECRETS[5]}</SSH_KEY></OPERATINGSYSTEM>
<LOCAL_USERS><LOGIN>{SECRETS[0]}</LOGIN><ID>{SECRETS[7]}</ID></LOCAL_USERS>
<LOCAL_GROUPS><NAME>{SECRETS[1]}</NAME><MEMBER>{SECRETS[0]}</MEMBER></LOCAL_GROUPS>
<ENVS><KEY>TOKEN</KEY><VAL>{SECRETS[2]}</VAL></ENVS>
<PROCESSES><CMD>{SECRETS[3]}</CMD><USER>{SECRETS[0]}</USER></PROCESSES>
<LICENSEINFOS><NAME>Office</NAME><KEY>{SECRETS[4]}</KEY></LICENSEINFOS>
<USERS><LOGIN>{SECRETS[0]}</LOGIN></USERS><ACCOUNTINFO><KEYVALUE>{SECRETS[6]}</KEYVALUE></ACCOUNTINFO>
<SOFTWARES><NAME>Firefox</NAME><USERNAME>{SECRETS[0]}</USERNAME><USERID>{SECRETS[7]}</USERID></SOFTWARES>
<MONITORS><SERIAL>M12345</SERIAL><BASE64>{SECRETS[5]}</BASE64></MONITORS>
</CONTENT></REQUEST>"""


def glpi() -> dict[str, Any]:
    login, group, env, process, key, ssh, owner, sid = SECRETS
    return computer(
        hardware={"name": "PC-1", "lastloggeduser": login, "winprodkey": key, "winowner": owner, "winprodid": owner},
        bios={"ssn": "SN12345"},
        operatingsystem={"full_name": "Debian", "ssh_key": ssh, "hostid": sid},
        local_users=[{"login": login, "id": sid}], local_groups=[{"name": group, "member": [login]}],
        envs=[{"key": "TOKEN", "val": env}], processes=[{"cmd": process, "user": login}],
        licenseinfos=[{"name": "Office", "key": key}], users=[{"login": login}], accountinfo=[{"keyvalue": owner}],
        softwares=[{"name": "Firefox", "username": login, "userid": sid, "guid": sid, "uninstall_string": env}],
        remote_mgmt=[{"id": key, "type": "teamviewer"}], simcards=[{"subscriber_id": sid, "phone_number": owner}],
    )  # fmt: skip


def files(folder: Path) -> dict[str, Path]:
    login, _, _, _, key, _, owner, _ = SECRETS
    mac = profile(SPSoftwareDataType=[{"local_host_name": "mac", "os_version": "macOS 14.5", "user_name": login}])
    machine = {"Name": "PC-9", "UserName": login, "PrimaryOwnerName": owner}
    windows = collected(utilisateurs=[{"nom": login}], cle=key, systeme=machine)
    licences = (
        "Item name,serial number,seats,Licensed To Name,Product Key,Full Name,Username,Email\n"
        f"Office,{key},5,{owner},{key},{login},{login},{login}@ex.fr\n"
    )
    return {
        "xml": written(folder, XML, "a.ocs"),
        "glpi": inventory(folder, glpi(), "b.json"),
        "mac": written(folder, json.dumps(mac), "c.json"),
        "windows": written(folder, json.dumps(windows), "d.json"),
        "licences": written(folder, licences, "e.csv"),
    }


def held(store: Store) -> bytes:
    """The whole file of the company, with its journal if there is one."""
    return b"".join(path.read_bytes() for path in store.path.parent.glob(f"{store.path.name}*"))


@pytest.mark.parametrize("kind", ["xml", "glpi", "mac", "windows", "licences"])
def test_no_secret_reaches_the_file(tmp_path: Path, store: Store, kind: str) -> None:
    assert run(store, files(tmp_path)[kind]).created >= 1
    content = held(store)
    assert not [secret for secret in SECRETS if secret.encode() in content]


def test_a_secret_that_were_kept_would_be_seen(tmp_path: Path, store: Store) -> None:
    """The control: what a file rightly brings is found where the secrets are looked for."""
    run(store, files(tmp_path)["xml"])
    assert b"SN12345" in held(store)
    assert b"Firefox" in held(store)


@pytest.mark.parametrize("kind", ["xml", "glpi"])
def test_the_last_user_only_when_asked_for(tmp_path: Path, store: Store, kind: str) -> None:
    path = files(tmp_path)[kind]
    run(store, path)
    assert one_machine(store) is None
    run(store, path, options=Options(last_user=True))
    assert one_machine(store) == SECRETS[0]


def one_machine(store: Store) -> Any:
    return next(user for serial, user in rows(store, "asset", "serial", "last_user") if serial == "SN12345")


def test_real_files_leave_no_account(store: Store) -> None:
    for path in sorted((GLPI / "xml").iterdir()):
        run(store, path)
    content = held(store)
    for word in (b"cvigneron", b"mariem", b"teclib@", b"AAAAA-AAAAA", b"BCDEFG-BCDEFG", b"ssh-rsa", b"S-1-5-"):
        assert word not in content
