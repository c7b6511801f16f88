#!/usr/bin/env bash
# Unpacks Debian sid's MySQL, with all libraries that it needs, into a folder: it runs from there on any Debian or
# Ubuntu, and installs nothing. Ends with an error where that archive cannot be reached; the tests then skip MySQL.
set -euo pipefail
folder=$1
if [ -x "$folder/usr/sbin/mysqld" ]; then exit; fi
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
mkdir -p "$work"/{state/lists/partial,cache/archives/partial,none} "$work/root"
key=/usr/share/keyrings/debian-archive-keyring.gpg
# The archive that this machine takes its packages from.
mirror=$(apt-get indextargets --format '$(REPO_URI)' | grep -v security | head -n 1)
echo "deb [signed-by=$key] ${mirror:?no archive is set up} sid main" > "$work/sources.list"
: > "$work/status"
# A configuration of its own: nothing of this machine's is read or changed. Mirrors that keep old snapshots serve a
# list whose time is over; it is still signed.
cat > "$work/apt.conf" <<END
Dir::State "$work/state";
Dir::State::status "$work/status";
Dir::Cache "$work/cache";
Dir::Etc::main "$work/none/main";
Dir::Etc::parts "$work/none";
Dir::Etc::sourcelist "$work/sources.list";
Dir::Etc::sourceparts "$work/none";
Dir::Etc::preferencesparts "$work/none";
Acquire::Check-Valid-Until "false";
Acquire::Languages "none";
APT::Architecture "$(dpkg --print-architecture)";
APT::Install-Recommends "false";
APT::Sandbox::User "";
Debug::NoLocking "true";
END
export APT_CONFIG="$work/apt.conf"
apt-get update -qq
apt-get install -qq --download-only mysql-server-core >/dev/null
for package in "$work"/cache/archives/*.deb; do dpkg-deb -x "$package" "$work/root"; done
mkdir -p "$folder"
cp -a "$work/root/usr" "$folder/"
rm -rf "$folder"/usr/share/{doc,man,locale}
