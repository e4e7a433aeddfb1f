# What: whether QEMU's own block drivers can open the judged guests' network disks from here, and how large they are.
# Step: link-source, link-destination
# Deadline: 20 for 8 guests
# Side effect: opens the guests' network disks read-only for a moment, without taking locks (qemu-img info --force-share).
# MC_NETWORK_IMAGES: one URI a line, only of disks that need no secret.
image() {
  echo "image $1"
  if ! command -v qemu-img >/dev/null 2>&1; then
    echo 'failed qemu-img is not installed'
    echo end
    return
  fi
  text=$(limit timeout 10 qemu-img info --force-share --output=json -- "$1" 2>&1)
  status=$?
  size=$(printf '%s\n' "$text" | sed -n 's/^    "virtual-size": \([0-9]*\),*$/\1/p' | head -n 1)
  if [ "$status" = 0 ] && [ -n "$size" ]; then
    echo "size $size"
  elif [ "$status" = 124 ]; then
    echo hangs
  else
    printf 'failed %s\n' "$(printf '%s' "$text" | tr '\n' ' ')"
  fi
  echo end
}
images_number=0
while read -r uri; do
  if [ -n "$uri" ] && [ "$images_number" -lt 200 ]; then
    part_fn "$images_number" image "$uri" &
  fi
  images_number=$((images_number + 1))
done <<IMAGES
$MC_NETWORK_IMAGES
IMAGES
wait
