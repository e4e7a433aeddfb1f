package org.migratecheck.lab;

import static org.migratecheck.lab.Lab.A;
import static org.migratecheck.lab.Lab.B;
import static org.migratecheck.lab.Lab.SHARED;

import java.util.List;

/** Hosts that are unusual, or differ where they may. */
final class HealthyHosts {
  private static final String NAT =
      network("natted", "<forward mode='nat'/><bridge name='virbr7'/>", "192.168.177.1");
  private static final String ISOLATED =
      network("isolated", "<bridge name='virbr8'/>", "192.168.178.1");

  private HealthyHosts() {}

  static List<Healthy> all() {
    return List.of(
        // Networks
        Healthy.guest("network-nat", "--network", "natted").onBoth(NAT),
        Healthy.guest("network-isolated", "--network", "isolated").onBoth(ISOLATED),
        Healthy.hosts("bridge-more-there", B, "ip link add br9 type bridge && ip link set br9 up")
            .check("--policy", "compatible"),
        Healthy.hosts(
            "uplink-other-name",
            B,
            "ip link set eth1 down && ip link set eth1 name ens4 && ip link set ens4 up"),
        Healthy.bothHosts(
            "addresses-more",
            "ip -6 addr add fd00:77::$(hostname | cksum | cut -c1-3)/64 dev br0 nodad; ip addr add"
                + " 10.99.0.$(hostname | cksum | cut -c1-2)/24 dev br1"),
        Healthy.bothHosts(
            "tunnels-and-bridges-of-containers",
            "ip link add docker0 type bridge; ip addr add 172.17.0.1/16 dev docker0; ip link add"
                + " veth1 type veth peer name veth2; ip link set veth1 master docker0"),
        // Ways
        Healthy.bothHosts(
            "firewall-allows",
            "nft 'table inet site { set admins { type ipv4_addr; flags interval; elements = {"
                + " 10.77.0.0/24 } }; chain log_and_drop { counter drop; }; chain input { type"
                + " filter hook input priority 0; policy drop; ct state vmap { established :"
                + " accept, related : accept, invalid : drop }; iif lo accept; meta l4proto { icmp,"
                + " ipv6-icmp } accept; ip saddr @admins tcp dport { 22, 16509, 16514 } accept; ip"
                + " saddr @admins tcp dport 49152-49215 accept; jump log_and_drop; }; chain forward"
                + " { type filter hook forward priority 0; policy drop; }; chain output { type"
                + " filter hook output priority 0; policy accept; }; }'"),
        Healthy.bothHosts(
            "iptables-allows",
            "iptables -w -P INPUT DROP; iptables -w -A INPUT -i lo -j ACCEPT; iptables -w -A INPUT"
                + " -m conntrack --ctstate RELATED,ESTABLISHED -j ACCEPT; iptables -w -A INPUT -p"
                + " icmp -j ACCEPT; iptables -w -A INPUT -p tcp -m multiport --dports"
                + " 22,49152:49215 -j ACCEPT; iptables -w -A INPUT -j REJECT --reject-with"
                + " icmp-host-prohibited"),
        Healthy.hosts(
            "sysctl-strict",
            B,
            "for s in net/ipv4/ip_forward=0 net/ipv4/conf/all/rp_filter=1"
                + " net/ipv4/conf/all/accept_redirects=0 net/ipv4/icmp_echo_ignore_broadcasts=1"
                + " net/ipv4/tcp_timestamps=0; do echo ${s#*=} >/proc/sys/${s%=*}; done"),
        Healthy.bothHosts(
            "shell-talks",
            "printf '[ -z \"$PS1\" ] || echo Welcome\\n"
                + "echo do not disturb >&2\\n"
                + "PS1=lab\\n"
                + "alias ls=false virsh=false\\n"
                + "' >/root/.bashrc; cp /root/.bashrc /root/.profile; echo 'Authorised use only'"
                + " >/etc/issue.net; echo 'Banner /etc/issue.net' >>/etc/ssh/sshd_config; systemctl"
                + " restart sshd"),
        Healthy.bothHosts(
            "shell-strict",
            "printf 'set -eu\numask 077\ncd /\nIFS=:\nexport POSIXLY_CORRECT=1 TZ=Asia/Tokyo"
                + " LC_ALL=de_DE.UTF-8\nexport LIBVIRT_DEFAULT_URI=qemu+ssh://nowhere/system\n'"
                + " >/root/.bashrc"),
        Healthy.hosts(
            "ssh-connections-shared",
            A,
            "printf 'Host *\n ControlMaster auto\n ControlPath /root/.ssh/cm-%%C\n ControlPersist"
                + " 60\n LogLevel DEBUG\n' >/root/.ssh/config"),
        Healthy.bothHosts(
            "temporary-files-impossible",
            "mount -t tmpfs -o noexec,nosuid,size=4k tmpfs /tmp; dd if=/dev/zero of=/tmp/full bs=4k"
                + " 2>/dev/null; true"),
        Healthy.hosts("host-name-short", B, "hostname hostB"),
        Healthy.guest("label-owner", "--sed", SecurityFaults.LABELLED)
            .onBoth(SecurityFaults.LABEL_OWNER),
        Healthy.guest("user-with-sudo").called("admin@hostA", "admin@hostB").check("--sudo"),
        Healthy.hosts(
                "ssh-other-port",
                B,
                "printf 'Port 2222\\nPort 22\\n' >>/etc/ssh/sshd_config && systemctl restart sshd")
            .called("hostA", "hostB:2222"),
        Healthy.guest("addresses-not-names").called("10.77.0.11", "10.77.0.12"),
        // Systems
        Healthy.hosts(
            "time-zone-other",
            B,
            "rm -f /etc/localtime; ln -s /usr/share/zoneinfo/Asia/Tokyo /etc/localtime; echo"
                + " Asia/Tokyo >/etc/timezone"),
        Healthy.hosts(
            "memory-more-there",
            B,
            "sed 's/^\\(MemTotal\\|MemFree\\|MemAvailable\\): *\\([0-9]*\\)/\\1: 1\\2/'"
                + " /proc/meminfo >/run/meminfo && mount --bind /run/meminfo /proc/meminfo"),
        Healthy.hosts(
            "locale-and-shell-other",
            B,
            "echo 'LANG=de_DE.UTF-8' >/etc/locale.conf; chsh -s /bin/dash root 2>/dev/null || sed"
                + " -i 's|^root:\\(.*\\):/bin/bash|root:\\1:/bin/dash|' /etc/passwd"),
        Healthy.hosts(
            "swap-full-and-logs",
            B,
            "mkdir -p /var/crash; truncate -s 1M /var/crash/core; touch"
                + " /var/lib/libvirt/images/notes.txt"),
        // Other guests
        Healthy.guest("guests-stopped-on-both")
            .prepare(
                lab -> {
                  lab.guest(
                      A,
                      "old-a",
                      List.of("--define", "--disk", "/var/lib/libvirt/images/old-a.img"));
                  lab.guest(
                      B,
                      "old-b",
                      List.of("--define", "--disk", "/var/lib/libvirt/images/old-b.img"));
                }),
        Healthy.guest("guest-runs-there").prepare(lab -> lab.guest(B, "other", List.of())),
        Healthy.hosts(
            "guests-many",
            B,
            "for i in $(seq 60); do printf '<domain type=\"qemu\"><name>vm %s</name><memory>65536</memory><os><type>hvm</type></os></domain>' $i >/run/g.xml; virsh -q define /run/g.xml; done"),
        Healthy.guest("guests-several")
            .prepare(lab -> lab.guest(A, "second", List.of("--no-disk"))),
        // Storage
        Healthy.hosts(
            "kernels-of-root-alone",
            B,
            "chown root:root /var/lib/libvirt/boot/* && chmod 600 /var/lib/libvirt/boot/*"),
        Healthy.bothHosts(
            "storage-elsewhere-too",
            "mkdir -p /mnt/again && mount -t glusterfs store.lab:/vol0 /mnt/again"),
        Healthy.guest("storage-behind-link", "--disk", "/srv/images/guest.img")
            .onBoth("ln -s " + SHARED + " /srv/images"),
        Healthy.guest("storage-bind-mounted", "--disk", "/srv/vms/guest.img")
            .onBoth("mkdir -p /srv/vms && mount --bind " + SHARED + " /srv/vms"),
        Healthy.bothHosts(
            "pool-of-shared-storage",
            "virsh -q pool-define-as shared dir --target "
                + SHARED
                + " && virsh -q pool-start shared && virsh -q pool-autostart shared"));
  }

  private static String network(String name, String how, String address) {
    return "printf '%%s' \"<network><name>%1$s</name><uuid>4c4c4544-2000-4000-8000-00000000%3$s</uuid>%2$s<ip address='%4$s' netmask='255.255.255.0'><dhcp><range start='%5$s.10' end='%5$s.99'/></dhcp></ip></network>\" >/run/net.xml"
            .formatted(
                name,
                how,
                address.substring(8, 11) + "0",
                address,
                address.substring(0, address.lastIndexOf('.')))
        + " && virsh -q net-define /run/net.xml && virsh -q net-start %1$s && virsh -q net-autostart %1$s"
            .formatted(name);
  }
}
