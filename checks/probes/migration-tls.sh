# What: whether this host takes and sends guests over TLS alone, and the certificates for that. No private key is read.
# Step: host
# Deadline: 10
conf=/etc/libvirt/qemu.conf
setting() { # NAME: the first value that qemu.conf gives it
  [ -r "$conf" ] || return 0
  sed -n "s/^[[:space:]]*$1[[:space:]]*=[[:space:]]*[\"']\\{0,1\\}\\([^\"'#]*\\).*/\\1/p" "$conf" | head -n 1 | sed 's/[[:space:]]*$//'
}
# libvirt: migrate_tls_x509_cert_dir, else its default where that exists, else the directory for everything.
directory() {
  dir=$(setting migrate_tls_x509_cert_dir)
  if [ -z "$dir" ] && [ -d /etc/pki/libvirt-migrate ]; then dir=/etc/pki/libvirt-migrate; fi
  if [ -z "$dir" ]; then dir=$(setting default_tls_x509_cert_dir); fi
  echo "${dir:-/etc/pki/qemu}"
}
settings() {
  echo "force $(setting migrate_tls_force)"
  echo "verify $(setting migrate_tls_x509_verify)"
  echo "default-verify $(setting default_tls_x509_verify)"
  dir=$(directory)
  echo "dir $dir"
  for file in ca-cert.pem server-cert.pem server-key.pem client-cert.pem client-key.pem; do
    if [ -s "$dir/$file" ]; then echo "file $file"; fi
  done
  echo end
}
certificates() {
  dir=$(directory)
  command -v openssl >/dev/null 2>&1 || { echo "no openssl"; echo end; return 0; }
  if [ -s "$dir/ca-cert.pem" ]; then
    echo "ca $(limit openssl x509 -in "$dir/ca-cert.pem" -noout -fingerprint -sha256 2>/dev/null)"
  fi
  for role in server client; do
    [ -s "$dir/$role-cert.pem" ] || continue
    # With the words of openssl where it is not valid: expired, not yet valid, another issuer.
    echo "$role $(limit openssl verify -CAfile "$dir/ca-cert.pem" "$dir/$role-cert.pem" 2>&1 | tr '\n' ' ')"
  done
  for name in $(setting migration_host) "$(hostname)" "$(limit hostname -f 2>/dev/null)"; do
    if [ -z "$name" ] || [ ! -s "$dir/server-cert.pem" ]; then continue; fi
    case $name in
    *[!0-9.]*) how=-checkhost ;;
    *) how=-checkip ;;
    esac
    echo "name $name $(limit openssl x509 -in "$dir/server-cert.pem" -noout "$how" "$name" 2>/dev/null | tail -n 1)"
  done
  echo end
}
part_fn settings settings
part_fn certificates certificates
