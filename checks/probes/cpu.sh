# What: the processor: model, features, microcode, how many are online, and whether there is a KVM device.
# Step: host
# Deadline: 15
kvm_device() { if [ -c /dev/kvm ]; then echo yes; else echo no; fi; }
# All processors of a host are alike; the first entry ends at the first empty line.
part cpuinfo sed '/^[[:space:]]*$/q' /proc/cpuinfo
part online getconf _NPROCESSORS_ONLN
part kvm-device kvm_device
