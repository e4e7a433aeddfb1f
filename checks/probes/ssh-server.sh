# What: the SSH server's effective settings, this host's public host keys, and root's public keys. No private key
#   leaves the host.
# Step: host
# Deadline: 10
IFS=: read -r _ _ _ _ _ home shell <<ROOT
$(limit getent passwd 0)
ROOT
settings() {
  limit sshd -T | grep -E '^(port|listenaddress|permitrootlogin|pubkeyauthentication|authorizedkeysfile|forcecommand|strictmodes|(allow|deny)(users|groups)) '
}
host_keys() {
  for file in /etc/ssh/ssh_host_*_key.pub; do
    if [ -r "$file" ]; then head -c 4096 "$file"; fi
  done
}
# A key that ssh offers by itself; where its .pub is missing, the public half is computed.
root_keys() {
  for name in id_ed25519 id_ecdsa id_rsa; do
    key=$home/.ssh/$name
    if [ -f "$key" ] && [ -f "$key.pub" ]; then
      head -c 16384 "$key.pub"
    elif [ -f "$key" ]; then
      limit ssh-keygen -y -P '' -f "$key" 2>/dev/null
    fi
  done
  return 0
}
# Owner and mode of what sshd looks at with StrictModes, and root's login shell.
root_account() {
  for path in "$home" "$home/.ssh" "$home/.ssh/authorized_keys"; do
    if [ -e "$path" ]; then stat -c 'mode %a %u %n' "$path"; fi
  done
  echo "shell $shell"
}
part settings settings
part root-account root_account
part host-keys host_keys
part root-keys root_keys
