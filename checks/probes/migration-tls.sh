# What: whether this host takes and sends guests over TLS alone, and the certificates for that. No private key is read.
# Step: host
# Deadline: 10
conf=/etc/libvirt/qemu.conf
values=
if [ -r "$conf" ]; then
  values=$(sed -n "s/^[[:space:]]*\\([a-z0-9_]*tls[a-z0-9_]*\\|migration_host\\)[[:space:]]*=[[:space:]]*[\"']\\{0,1\\}\\([^\"'#]*\\).*/\\1 \\2/p" "$conf")
fi
setting() { # NAME: sets `value` to the first value that qemu.conf gives it
  while read -r name value; do
    if [ "$name" = "$1" ]; then return 0; fi
  done <<VALUES
$values
VALUES
  value=
}
# libvirt: migrate_tls_x509_cert_dir, else its default where that exists, else the directory for everything.
directory() { # sets `dir`
  setting migrate_tls_x509_cert_dir
  if [ -z "$value" ] && [ -d /etc/pki/libvirt-migrate ]; then value=/etc/pki/libvirt-migrate; fi
  if [ -z "$value" ]; then setting default_tls_x509_cert_dir; fi
  dir=${value:-/etc/pki/qemu}
}
settings() {
  setting migrate_tls_force
  echo "force $value"
  setting migrate_tls_x509_verify
  echo "verify $value"
  setting default_tls_x509_verify
  echo "default-verify $value"
  directory
  echo "dir $dir"
  for file in ca-cert.pem server-cert.pem server-key.pem client-cert.pem client-key.pem; do
    if [ -s "$dir/$file" ]; then echo "file $file"; fi
  done
  echo end
}
certificates() {
  directory
  command -v openssl >/dev/null 2>&1 || { echo "no openssl"; echo end; return 0; }
  if [ -s "$dir/ca-cert.pem" ]; then
    echo "ca $(limit openssl x509 -in "$dir/ca-cert.pem" -noout -fingerprint -sha256 2>/dev/null)"
  fi
  for role in server client; do
    [ -s "$dir/$role-cert.pem" ] || continue
    # With the words of openssl where it is not valid: expired, not yet valid, another issuer.
    echo "$role $(limit openssl verify -CAfile "$dir/ca-cert.pem" "$dir/$role-cert.pem" 2>&1 | tr '\n' ' ')"
  done
  if [ ! -s "$dir/server-cert.pem" ]; then
    echo end
    return
  fi
  setting migration_host
  for name in $value "$(hostname)" "$(limit hostname -f 2>/dev/null)"; do
    if [ -z "$name" ]; then continue; fi
    case $name in
    *[!0-9.]*) how=-checkhost ;;
    *) how=-checkip ;;
    esac
    echo "name $name $(limit openssl x509 -in "$dir/server-cert.pem" -noout "$how" "$name" 2>/dev/null | tail -n 1)"
  done
  echo end
}
part settings settings
part certificates certificates
