# What: which secrets libvirt knows, by UUID and usage; never their values.
# Step: host
# Deadline: 5
secrets() {
  limit virsh -q -c qemu:///system secret-list && echo end
}
part_fn list secrets
