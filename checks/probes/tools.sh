# What: which commands exist on this host, so that fixes can name one that works there.
# Step: host
# Deadline: 15
for tool in nmcli ip bridge tc ebtables ovs-vsctl firewall-cmd nft iptables ip6tables ufw dnf yum apt-get zypper \
  systemctl chronyc timedatectl hostnamectl multipath multipathd iscsiadm dmsetup lvs gfs2_jadd vgimportdevices mountpoint \
  virsh virt-host-validate qemu-img setsebool semanage restorecon runuser setpriv python3 python \
  perl ncat nc socat ssh-copy-id rescan-scsi-bus.sh blockdev mount findmnt needs-restarting \
  subscription-manager systemd-machine-id-setup journalctl grubby numad; do
  if command -v "$tool" >/dev/null 2>&1; then echo "$tool"; fi
done
if [ -x /usr/libexec/platform-python ]; then echo platform-python; fi
