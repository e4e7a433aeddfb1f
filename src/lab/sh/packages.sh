# shellcheck shell=bash
# Getting Debian packages for the lab: what install.sh and install-uml.sh share. Source it.
CACHE=${MIGRATE_CHECK_LAB_CACHE:-/var/cache/migrate-check-lab}

packages_missing() { # PACKAGE... prints those that are not installed
  local have
  have=$(dpkg-query -W -f '${db:Status-Abbrev}${Package}\n' "$@" 2>/dev/null | sed -n 's/^ii *//p')
  printf '%s\n' "$@" | grep -vxF -f <(printf '%s\n' "${have:-none}")
  return 0
}

# Everything that may be installed goes through here, so that no daemon starts on this machine.
packages_install() { # PACKAGE...
  local policy=/usr/sbin/policy-rc.d rc=0
  [ "$(id -u)" = 0 ] || { echo "lab: run this as root" >&2; exit 2; }
  command -v apt-get >/dev/null || { echo "lab: this needs Debian or Ubuntu (apt-get)" >&2; exit 2; }
  export DEBIAN_FRONTEND=noninteractive
  apt-get update -qq -o DPkg::Lock::Timeout=600 || echo "lab: package lists could not be refreshed, going on with the old ones" >&2
  [ $# -gt 0 ] || return 0
  if [ -e "$policy" ]; then policy=; else
    printf '#!/bin/sh\nexit 101\n' >"$policy"
    chmod 755 "$policy"
  fi
  apt-get install -y -qq --no-install-recommends -o Dpkg::Use-Pty=0 -o DPkg::Lock::Timeout=600 "$@" >/dev/null || rc=$?
  [ -z "$policy" ] || rm -f "$policy"
  return $rc
}

# Download one package and unpack it below a directory, without installing it.
package_unpack() { # PACKAGE DIRECTORY
  local tmp rc=0
  tmp=$(mktemp -d)
  (cd "$tmp" && apt-get download -qq -o APT::Sandbox::User=root "$1" >/dev/null && mkdir -p "$2" && dpkg -x ./*.deb "$2") || rc=$?
  rm -rf "$tmp"
  return $rc
}
