# What: whether the kernel shows what bridges hand on to the rules of iptables and nftables for IP (br_netfilter).
# Step: host
# Deadline: 15

# BRIDGE TABLES 0|1, with * for all bridges; nothing where br_netfilter is not loaded.
calls() {
  for tables in iptables ip6tables; do
    file=/proc/sys/net/bridge/bridge-nf-call-$tables
    # Not by `read`, which some shells do byte by byte: a file of sysctl ends after the first.
    if [ -r "$file" ]; then echo "* $tables $(cat "$file")"; fi
    for file in /sys/class/net/*/bridge/nf_call_"$tables"; do
      bridge=${file#/sys/class/net/}
      if [ -r "$file" ] && read -r value <"$file"; then echo "${bridge%%/*} $tables $value"; fi
    done
  done
  echo end
}
part calls calls
