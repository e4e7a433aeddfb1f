# What: the packet filter: nftables and iptables rulesets, and firewalld's zones when it runs.
# Step: host
# Deadline: 20
has() { command -v "$1" >/dev/null 2>&1; }
if has nft; then
  part nft nft -s list ruleset
fi
if has iptables-save; then
  part iptables iptables-save
  part ip6tables ip6tables-save
fi
# Rules of both kernel interfaces can be in force at once; iptables-save shows one of them.
if [ -s /proc/net/ip_tables_names ] && has iptables-legacy-save; then
  part iptables-legacy iptables-legacy-save
fi
if [ -s /proc/net/ip6_tables_names ] && has ip6tables-legacy-save; then
  part ip6tables-legacy ip6tables-legacy-save
fi
# firewall-cmd costs a third of a second: it is asked only where the daemon runs.
if has firewall-cmd && pgrep -x firewalld >/dev/null; then
  part zones firewall-cmd --list-all-zones
fi
