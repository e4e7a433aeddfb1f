# shellcheck shell=bash
# What makes a root directory a certain lab host, for every kind of host: accounts, keys, names,
# identity, libvirt's configuration. Set `name` (the host) and `r` (its root as seen now) first.

# Print the release that the host runs: the newest kernel that it has installed.
kernel_release() {
  local newest
  newest=$(rpm --root "$r" --dbpath /var/lib/rpm -q kernel-core --qf '%{VERSION}-%{RELEASE}.%{ARCH}\n' 2>/dev/null | sort -V | tail -n 1)
  echo "${newest:-unknown}"
}

accounts() {
  local etc=$r/etc
  grep -q ^qemu: "$etc/passwd" || {
    echo 'qemu:x:107:107:qemu user:/:/sbin/nologin' >>"$etc/passwd"
    echo 'qemu:x:107:' >>"$etc/group"
  }
  grep -q ^libvirt-qemu: "$etc/passwd" || { # the name that Debian's libvirt cannot do without
    echo 'libvirt-qemu:x:107:107::/:/sbin/nologin' >>"$etc/passwd"
    echo 'libvirt-qemu:x:107:' >>"$etc/group"
  }
  grep -q ^kvm: "$etc/group" || echo 'kvm:x:36:qemu' >>"$etc/group"
  grep -q ^admin: "$etc/passwd" || {
    echo 'admin:x:1900:1900:Unprivileged administrator:/home/admin:/bin/bash' >>"$etc/passwd"
    echo 'admin:x:1900:' >>"$etc/group"
    echo 'admin:*:19000:0:99999:7:::' >>"$etc/shadow"
    echo 'admin ALL=(ALL) NOPASSWD: ALL' >"$etc/sudoers.d/admin"
    chmod 440 "$etc/sudoers.d/admin"
  }
  ssh_home "$r/root/.ssh" 0
  ssh_home "$r/home/admin/.ssh" 1900
  chown 1900:1900 "$r/home/admin"
}
ssh_home() { # directory owner
  mkdir -p "$1"
  cp "$LAB"/ssh/{authorized_keys,known_hosts} "$1/"
  cp "$LAB/userkeys/$name" "$1/id_ed25519"
  cp "$LAB/userkeys/$name.pub" "$1/id_ed25519.pub"
  chmod 700 "$1"
  chown -R "$2:$2" "$1"
}

identity() {
  local etc=$r/etc
  hostname "$name.lab"
  echo "$name.lab" >"$etc/hostname"
  [ -e "$etc/.lab-identity" ] && return 0 # after a reboot the host keeps what was changed
  : >"$etc/.lab-identity"
  lab_hosts_file >"$etc/hosts"
  : >"$etc/resolv.conf"
  rm -f "$etc"/ssh/ssh_host_*
  cp "$LAB/hostkeys/$name" "$etc/ssh/ssh_host_ed25519_key"
  cp "$LAB/hostkeys/$name.pub" "$etc/ssh/ssh_host_ed25519_key.pub"
  cat >"$etc/ssh/sshd_config" <<S
HostKey /etc/ssh/ssh_host_ed25519_key
PermitRootLogin prohibit-password
PasswordAuthentication no
UsePAM no
UseDNS no
MaxStartups 100
PidFile /run/sshd.pid
Subsystem sftp /usr/lib/openssh/sftp-server
S
  lab_machine_id "$name" >"$etc/machine-id"
  mkdir -p "$etc/iscsi"
  echo "InitiatorName=iqn.1994-05.com.redhat:$name" >"$etc/iscsi/initiatorname.iscsi"
  mkdir -p "$r/var/lib/dbus" "$etc/libvirt"
  cat >"$etc/libvirt/$(lab_daemon "$name").conf" <<L
host_uuid = "$(lab_uuid "$name")"
auth_unix_rw = "none"
auth_unix_ro = "none"
unix_sock_group = "root"
log_outputs = "2:file:/var/log/libvirt/$(lab_daemon "$name").log"
L
  cat >"$etc/libvirt/qemu.conf" <<Q
user = "qemu"
group = "qemu"
security_driver = "none"
cgroup_controllers = [ ]
namespaces = [ ]
vnc_listen = "0.0.0.0"
remember_owner = 0
Q
}

time_server() {
  printf 'local stratum 3\nallow 10.77.0.0/24\npidfile /run/chrony/chronyd.pid\ndriftfile /var/lib/chrony/drift\n' >"$r/etc/chrony.conf"
}
time_client() { # server
  printf 'server %s iburst minpoll -2 maxpoll 2\npidfile /run/chrony/chronyd.pid\ndriftfile /var/lib/chrony/drift\n' "$1" >"$r/etc/chrony.conf"
}
