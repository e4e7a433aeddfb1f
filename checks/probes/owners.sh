# What: the numbers of the users and groups that security labels of the judged guests name.
# Step: link-source link-destination
# Deadline: 10
# MC_OWNERS: "user NAME" or "group NAME", one a line.
owners() {
  printf '%s\n' "$MC_OWNERS" | while read -r kind name; do
    case $kind in
    user) entry=$(limit getent passwd "$name") ;;
    group) entry=$(limit getent group "$name") ;;
    *) continue ;;
    esac
    case $? in
    0)
      entry=${entry#*:*:}
      echo "$kind $name ${entry%%:*}"
      ;;
    2) echo "$kind $name missing" ;;
    *) echo "$kind $name unknown" ;;
    esac
  done
  echo end
}
part list owners
