# What: what QEMU and libvirt here need for disks: block driver modules, io_uring, the helper for reservations, lock
#   managers, which secrets have values, and the locks on files.
# Step: host
# Deadline: 15
# Secrets are listed by the names of their files; no value is read.
drivers() {
  for module in /usr/lib/*/qemu/block-*.so /usr/lib64/qemu-kvm/block-*.so /usr/lib64/qemu/block-*.so /usr/lib/qemu/block-*.so; do
    if [ -e "$module" ]; then echo "module $module"; fi
  done
  for program in /usr/libexec/qemu-kvm /usr/bin/qemu-kvm /usr/bin/qemu-system-x86_64 /usr/bin/qemu-system-aarch64 \
    /usr/bin/qemu-system-s390x /usr/bin/qemu-system-ppc64; do
    if [ -e "$program" ]; then
      # The name of the library stands in the program's dynamic section.
      if [ "$(head -c 4 "$program" | tr -d '\177')" != ELF ]; then
        echo "program $program script"
      elif grep -q 'liburing\.so' "$program"; then
        echo "program $program uring"
      else
        echo "program $program plain"
      fi
    fi
  done
  for helper in /usr/bin/qemu-pr-helper /usr/libexec/qemu-pr-helper /usr/sbin/qemu-pr-helper; do
    if [ -x "$helper" ]; then echo "helper $helper"; fi
  done
  echo end
}
io_uring() {
  if [ -r /proc/sys/kernel/io_uring_disabled ]; then
    read -r value </proc/sys/kernel/io_uring_disabled
    echo "disabled $value"
    echo "kernel yes"
  elif [ -s /proc/kallsyms ]; then
    if grep -q ' __[a-z0-9_]*sys_io_uring_setup$' /proc/kallsyms; then echo "kernel yes"; else echo "kernel no"; fi
  fi
  echo end
}
lock_managers() {
  for plugin in /usr/lib/*/libvirt/lock-driver/*.so /usr/lib64/libvirt/lock-driver/*.so /usr/lib/libvirt/lock-driver/*.so; do
    if [ -e "$plugin" ]; then
      plugin=${plugin##*/}
      echo "plugin ${plugin%.so}"
    fi
  done
  for socket in /run/libvirt/virtlockd-sock /var/run/libvirt/virtlockd-sock; do
    # The file of a socket stays when its daemon dies; the kernel lists those that are listened on (flag 00010000).
    if [ -S "$socket" ] && grep -q ' 00010000 .*/run/libvirt/virtlockd-sock$' /proc/net/unix; then
      echo "socket virtlockd"
      break
    fi
  done
  for process in virtlockd sanlock; do
    if pidof "$process" >/dev/null 2>&1; then echo "process $process"; fi
  done
  for file in /etc/libvirt/qemu-lockd.conf /etc/libvirt/qemu-sanlock.conf; do
    if [ -r "$file" ]; then
      sed -n "s/^[[:space:]]*\\([a-z_]*\\)[[:space:]]*=[[:space:]]*/setting ${file##*/} \\1 /p" "$file" || return
    fi
  done
  echo end
}
secret_values() {
  for file in /etc/libvirt/secrets/*.base64; do
    if [ -e "$file" ]; then
      file=${file##*/}
      echo "${file%.base64}"
    fi
  done
  if [ -r /etc/libvirt/secrets ] || [ ! -e /etc/libvirt/secrets ]; then echo end; fi
}
locks() {
  cat /proc/locks && echo end
}
part drivers drivers
part io-uring io_uring
part lock-managers lock_managers
part secret-values secret_values
part locks locks
