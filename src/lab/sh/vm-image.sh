# shellcheck shell=bash
# The root file system and the first initramfs of the virtual machines, built once into the cache from
# what is installed on this machine: the files of the packages below and of all that they depend on,
# the RHEL look on top, and the kernel's modules. Source it after common.sh and rhel.sh; it only defines.
VM_PACKAGES="bash coreutils util-linux mount grep sed mawk findutils procps psmisc iproute2 iputils-ping kmod udev
  openssh-server openssh-client sudo libvirt-daemon libvirt-daemon-driver-qemu libvirt-clients qemu-system-x86
  qemu-utils multipath-tools lvm2 gfs2-utils corosync dlm-controld lsscsi sg3-utils netcat-openbsd nftables
  iptables busybox-static rpm dnf gzip tar hostname login passwd diffutils debianutils dash libc-bin e2fsprogs socat"
# Modules of the root image; those that they need come along.
VM_MODULES="fcoe tcm_fc target_core_file sd_mod sg scsi_dh_alua dm-multipath dm-service-time dm-round-robin dm-queue-length
  dm-mod gfs2 dlm sctp bridge br_netfilter tun nf_tables nft_compat xt_LOG nft_ct nft_reject_inet nft_limit
  configfs loop softdog"
# What the initramfs needs to find its root, in the order of loading.
VM_BOOT_MODULES="virtio_pci virtio_blk ext4 overlay failover net_failover virtio_net"

vm_kernel_version() { basename "$(echo "$CACHE"/vm-kernel/lib/modules/*)"; }
vm_stamp() {
  { cat "$LAB_SH/vm-image.sh" "$LAB_SH/vm-init" "$LAB_SH/ticker.s"
    vm_kernel_version
    echo "$LAB_LAYER"
    # shellcheck disable=SC2086 # words
    dpkg-query -W -f '${Package} ${Version}\n' $VM_PACKAGES; } | sha256sum | cut -c1-16
}
# Set VM_IMAGE to the directory with vmlinuz, initrd and root.img; build them when they are not there.
vm_image() {
  local new
  [ -s "$CACHE/vm-kernel/vmlinuz" ] || lab_die "no kernel: run $LAB_SH/install-vm.sh"
  rhel_is_built || lab_die "the RHEL look is not built"
  VM_IMAGE=$CACHE/vm-$(vm_stamp)
  [ ! -e "$VM_IMAGE/root.img" ] || { touch "$VM_IMAGE"; return 0; }
  echo "lab: building the root image of the virtual machines (once)" >&2
  find "$CACHE" -maxdepth 1 -name 'vm-????????????????' -mtime +2 -exec rm -rf {} + # of other versions
  new=$CACHE/vm-new.$$
  mkdir -p "$new/root" "$new/initrd"
  # shellcheck disable=SC2015 # either all goes well or nothing is kept
  vm_modules "$new" && vm_root "$new/root" && vm_initrd "$new" && lab_ticker && cp "$LAB_TICKER" "$new/root/var/lib/libvirt/boot/ticker" || { rm -rf "$new"; lab_die "the root image cannot be built"; }
  cp "$CACHE/vm-kernel/vmlinuz" "$new/vmlinuz"
  truncate -s 2G "$new/root.img"
  mke2fs -q -t ext4 -O ^has_journal -m 0 -d "$new/root" "$new/root.img" || lab_die "mke2fs failed"
  rm -rf "$new/root" "$new/initrd"
  mv "$new" "$VM_IMAGE"
}
vm_module_files() { # NAME... the files of modules and of what they need, in the order of loading
  local m
  for m; do modprobe -d "$CACHE/vm-kernel" -S "$(vm_kernel_version)" --show-depends "$m" || return; done |
    awk '$1 == "insmod" && !seen[$2]++ { print $2 }'
}
vm_modules() { # directory
  local version files boot
  version=$(vm_kernel_version)
  depmod -b "$CACHE/vm-kernel" "$version" || return
  # shellcheck disable=SC2086 # words
  files=$(vm_module_files $VM_MODULES $VM_BOOT_MODULES) && boot=$(vm_module_files $VM_BOOT_MODULES) || return
  mkdir -p "$1/root/usr/lib/modules/$version" "$1/initrd/lib"
  # shellcheck disable=SC2086
  cp $files "$1/root/usr/lib/modules/$version/"
  cp "$CACHE/vm-kernel/lib/modules/$version"/modules.{order,builtin,builtin.modinfo} "$1/root/usr/lib/modules/$version/"
  # shellcheck disable=SC2086
  cp $boot "$1/initrd/lib/"
  # shellcheck disable=SC2086
  printf '%s\n' $boot | sed 's|.*/||' >"$1/initrd/lib/order"
  ln -s usr/lib "$1/root/lib" && depmod -b "$1/root" "$version" && rm "$1/root/lib"
}
# The machine's own files, as far as the packages own them; /etc and links made at installation as a whole.
vm_root() { # directory
  local list=$1.list packages
  # shellcheck disable=SC2086
  packages=$(comm -12 <(apt-cache depends --recurse --no-recommends --no-suggests --no-conflicts --no-breaks --no-replaces \
    --no-enhances $VM_PACKAGES 2>/dev/null | grep '^[a-z0-9]' | sort -u) \
    <(dpkg-query -W -f '${db:Status-Abbrev}${Package}\n' | sed -n 's/^ii *//p' | sort -u))
  {
    # shellcheck disable=SC2086
    dpkg -L $packages 2>/dev/null
    find /usr/bin /usr/sbin /usr/lib/x86_64-linux-gnu -maxdepth 1 -type l
    find /etc -xdev
    find / -maxdepth 1 -type l
  } | sed -E 's#^/(s?bin|lib|lib64)/#/usr/\1/#' | grep -vE '^/usr/share/(doc|man|info|locale|icons|iso-codes|lintian|bug|themes|xml|mime|help|perl)/' |
    grep -vE '^/usr/(include|games)/|/(dri|llvm-[^/]*)/|^/boot|^/usr/lib/modules' | sort -u >"$list"
  tar -C / --no-recursion --ignore-failed-read -cf - -T "$list" 2>/dev/null | tar -C "$1" -xf - || return
  rm "$list"
  # What the look takes away is marked by devices 0:0, as in every overlay.
  (cd "$LAB_LAYER" && find . -type c) | (cd "$1" && xargs rm -rf)
  cp -a --remove-destination "$LAB_LAYER/." "$1/" || return
  find "$1" -type c -delete
  mkdir -p "$1"/{proc,sys,dev,run,tmp,root,home,mnt,srv,var/tmp,var/log}
}
vm_initrd() { # directory; the program that finds the root, and the modules for it
  local d=$1/initrd c
  mkdir -p "$d"/{bin,dev,proc,sys,mnt}
  cp /bin/busybox "$d/bin/busybox"
  for c in sh mount umount insmod mkdir cat cp mknod switch_root; do ln -s busybox "$d/bin/$c"; done
  install -m 755 "$LAB_SH/vm-init" "$d/init"
  (cd "$d" && find . | busybox cpio -o -H newc 2>/dev/null | gzip -1) >"$1/initrd.gz"
}
