# What: iSCSI: the initiator's name, sessions with their targets, and portals. Nothing secret is read.
# Step: host
# Deadline: 15
initiator() {
  if [ -e /etc/iscsi/initiatorname.iscsi ]; then
    sed -n 's/^[[:space:]]*InitiatorName=//p' /etc/iscsi/initiatorname.iscsi || return
  fi
  echo end
}
sessions() {
  grep -Hs '' /sys/class/iscsi_session/*/targetname /sys/class/iscsi_session/*/state /sys/class/iscsi_session/*/tpgt \
    /sys/class/iscsi_session/*/initiatorname
  echo end
}
connections() {
  grep -Hs '' /sys/class/iscsi_connection/*/persistent_address /sys/class/iscsi_connection/*/persistent_port
  echo end
}
part initiator initiator
part sessions sessions
part connections connections
