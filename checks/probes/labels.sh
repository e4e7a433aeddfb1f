# What: the SELinux labels of the judged guests' images and of the directories above them.
# Step: link-destination
# Deadline: 15 for 20 guests
# MC_PATHS: the paths, one a line.
labels() {
  if [ -r /sys/fs/selinux/enforce ] && [ -n "$MC_PATHS" ]; then
    printf '%s\n' "$MC_PATHS" | awk '{
      print
      while (sub(/\/[^\/]+\/*$/, "") && $0 != "") if (!($0 in seen)) { seen[$0] = 1; print }
    }' | limit xargs -r -d '\n' stat -L -c '%C %n' -- 2>/dev/null
  fi
  echo end
}
part list labels
