# What a plan needs beyond a plain migration. `side` is source or destination. `postcopy` is 1 where the plan may switch to post-copy.
if [ "$postcopy" = 1 ]; then
  # QEMU fetches missing memory through userfaultfd; libvirt's packages allow it to QEMU's user.
  allowed=$(cat /proc/sys/vm/unprivileged_userfaultfd 2>/dev/null)
  user=$(sed -n 's/^[[:space:]]*user[[:space:]]*=[[:space:]]*"\([^"]*\)".*/\1/p' /etc/libvirt/qemu.conf 2>/dev/null | tail -n 1)
  if [ "$allowed" = 0 ] && [ "$user" != root ]; then
    say refuse "post-copy is not possible here: vm.unprivileged_userfaultfd is 0. As root: sysctl -w vm.unprivileged_userfaultfd=1 (libvirt ships /usr/lib/sysctl.d/60-qemu-postcopy-migration.conf for that)"
  fi
fi
if [ "$tls" = 1 ]; then
  dir=$(sed -n 's/^[[:space:]]*migrate_tls_x509_cert_dir[[:space:]]*=[[:space:]]*"\([^"]*\)".*/\1/p' /etc/libvirt/qemu.conf 2>/dev/null | tail -n 1)
  [ -n "$dir" ] || dir=$(sed -n 's/^[[:space:]]*default_tls_x509_cert_dir[[:space:]]*=[[:space:]]*"\([^"]*\)".*/\1/p' /etc/libvirt/qemu.conf 2>/dev/null | tail -n 1)
  if [ -z "$dir" ]; then
    dir=/etc/pki/libvirt-migrate
    [ -d "$dir" ] || dir=/etc/pki/qemu
  fi
  files='ca-cert.pem server-cert.pem server-key.pem'
  [ "$side" = destination ] || files=ca-cert.pem
  for file in $files; do
    [ -e "$dir/$file" ] || say refuse "TLS is not possible here: $dir/$file is missing"
  done
fi
say end 0
