# What: the packet filter: the rulesets of nftables and iptables. firewalld, ufw and others show in them too.
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
# Rules of both kernel interfaces can be in force at once; iptables-save shows one of them. Files in /proc have no size.
if grep -qs . /proc/net/ip_tables_names && has iptables-legacy-save; then
  part iptables-legacy iptables-legacy-save
fi
if grep -qs . /proc/net/ip6_tables_names && has ip6tables-legacy-save; then
  part ip6tables-legacy ip6tables-legacy-save
fi
