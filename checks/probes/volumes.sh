# What: where libvirt here finds the volumes of the judged guests' disks.
# Step: link-destination
# Deadline: 15 for 20 guests
# MC_VOLUMES: one a line: pool, tab, volume.
paths() {
  tab=$(printf '\t')
  while IFS=$tab read -r pool volume; do
    if [ -z "$volume" ]; then continue; fi
    printf 'volume %s\t%s\n' "$pool" "$volume"
    if answer=$(limit virsh -q -c qemu:///system vol-path --pool "$pool" --vol "$volume" 2>&1); then
      printf 'path %s\n' "$answer"
    else
      printf 'none %s\n' "$(printf '%s' "$answer" | tr '\n' ' ')"
    fi
  done <<VOLUMES
$MC_VOLUMES
VOLUMES
  echo end
}
part paths paths
