# What: every installed package with its exact version, from the package database of the system.
# Step: host
# Deadline: 30
# A Debian host may have rpm installed, and an image made with rpm may contain dpkg: the system's own name decides.
package_system() {
  family=$(text_of /etc/os-release 2>/dev/null || text_of /usr/lib/os-release 2>/dev/null || text_of /etc/redhat-release)
  case $(printf '%s\n' "$family" | sed -n 's/^ID=//p; s/^ID_LIKE=//p; s/.* release [0-9].*/rhel/p') in
  *rhel* | *fedora* | *centos* | *suse*) echo rpm ;;
  *debian* | *ubuntu*) echo dpkg ;;
  *) if command -v rpm >/dev/null 2>&1; then echo rpm; elif command -v dpkg-query >/dev/null 2>&1; then echo dpkg; fi ;;
  esac
}
part system package_system
case $(part_output system) in
rpm)
  # Headers are not verified against their signatures: that took most of the time.
  part list rpm -qa --nodigest --nosignature \
    --qf '%{NAME}\t%|EPOCH?{%{EPOCH}}:{0}|\t%{VERSION}\t%{RELEASE}\t%{ARCH}\t%{INSTALLTIME}\n'
  ;;
dpkg)
  # shellcheck disable=SC2016 # dpkg-query replaces them
  part list dpkg-query -W -f '${binary:Package}\t${Version}\t${Architecture}\t${db:Status-Abbrev}\n'
  ;;
esac
