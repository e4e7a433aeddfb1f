# shellcheck shell=bash
# Names and numbers of the lab's virtual machines and of their Fibre Channel. Source it after common.sh.
LAB_VM_SAN=vmS
LAB_FABRICS="labfaba labfabb" # bridges; eth1 and eth2 of every virtual machine are on them
lab_vm_mac() { # HOST N: of its ethN; the port's world-wide name is 20:00 and this
  local kind=(91 9a 9b)
  printf '52:54:00:%s:00:%02d\n' "${kind[$2]}" "${LAB_ADDRESS[$1]}"
}
# The world-wide name that multipath knows a disk by: LIO makes it from the disk's serial number.
lab_vm_wwid() { # number of the disk, see vm-san
  printf '360014054c4c4544000%d4000800000000\n' "$1"
}
