# What: memory: how much is available, huge pages, and whether the kernel overcommits.
# Step: host
# Deadline: 15
huge_pages() {
  for pool in /sys/kernel/mm/hugepages/hugepages-*; do
    if [ -e "$pool/nr_hugepages" ]; then
      read -r pages <"$pool/nr_hugepages"
      read -r free <"$pool/free_hugepages"
      echo "${pool##*/} $pages $free"
    fi
  done
}
mounts() { grep ' hugetlbfs ' /proc/mounts || true; }
part meminfo text_of /proc/meminfo
part overcommit cat /proc/sys/vm/overcommit_memory
part huge-pages huge_pages
part mounts mounts
