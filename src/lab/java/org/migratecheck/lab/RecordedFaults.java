package org.migratecheck.lab;

import static org.migratecheck.lab.Requirement.GUEST;
import static org.migratecheck.lab.Requirement.NETWORK;
import static org.migratecheck.lab.Requirement.PORTS;
import static org.migratecheck.lab.Requirement.SAME_SYSTEM;
import static org.migratecheck.lab.Requirement.STORAGE;

import java.util.List;

/** What the lab's namespace hosts cannot be made to have; the table says so. */
final class RecordedFaults {
  private RecordedFaults() {}

  static List<Recorded> all() {
    return List.of(
        new Recorded(
            "fc-port-without-link",
            STORAGE,
            "fc-ports",
            "a Fibre Channel adapter",
            "check.storage.FibreChannelTest#aPortWithoutLinkWarns"),
        new Recorded(
            "fc-lun-not-mapped",
            STORAGE,
            "storage-fc",
            "a Fibre Channel array",
            "check.storage.FibreChannelTest#aLunThatIsNotMappedFails"),
        new Recorded(
            "fc-lun-smaller-read-only",
            STORAGE,
            "block-devices-equal",
            "a Fibre Channel array",
            "check.storage.FibreChannelTest#aMapThatIsSmallerAndWriteProtectedFails"),
        new Recorded(
            "multipath-no-working-path",
            STORAGE,
            "multipath-paths",
            "a storage network with two paths",
            "check.storage.FibreChannelTest#aMapWithoutWorkingPathFails"),
        new Recorded(
            "multipath-name-other-lun",
            STORAGE,
            "same-storage",
            "a storage network with two paths",
            "check.storage.FibreChannelTest#aMultipathNameMustMeanTheSameLun"),
        new Recorded(
            "iscsi-not-logged-in",
            STORAGE,
            "storage-iscsi",
            "a kernel with an initiator of its own",
            "check.storage.BlockStorageTest#aHostWithoutSessionMustLogIn"),
        new Recorded(
            "iscsi-same-initiator-name",
            STORAGE,
            "iscsi-initiator-unique",
            "a kernel with an initiator of its own",
            "check.storage.BlockStorageTest#twoHostsOfOneInitiatorNameFail"),
        new Recorded(
            "gfs2-not-quorate",
            STORAGE,
            "storage-gfs2",
            "a cluster with kernels of its own",
            "check.storage.Gfs2Test#clusterIsNotQuorate"),
        new Recorded(
            "gfs2-withdrawn",
            STORAGE,
            "storage-gfs2",
            "a cluster with kernels of its own",
            "check.storage.Gfs2Test#withdrawn"),
        new Recorded(
            "gfs2-lock-manager-stopped",
            STORAGE,
            "storage-gfs2",
            "a cluster with kernels of its own",
            "check.storage.Gfs2Test#lockManagerStopped"),
        new Recorded(
            "lvm-volume-not-active",
            STORAGE,
            "storage-lvm",
            "device mapper, which namespaces share",
            "check.storage.LvmTest#aVolumeThatIsNotActiveMustBeActivated"),
        new Recorded(
            "lvm-thin-volume",
            STORAGE,
            "storage-lvm",
            "device mapper, which namespaces share",
            "check.storage.LvmTest#aThinVolumeFailsEvenWhereItIsActive"),
        new Recorded(
            "selinux-forbids-nfs",
            STORAGE,
            "storage-selinux",
            "a kernel with SELinux",
            "check.storage.StorageAccessTest#selinuxForbidsTheFileSystem"),
        new Recorded(
            "ovs-bridge-missing",
            NETWORK,
            "ovs-bridges",
            "Open vSwitch's kernel module",
            "check.network.OvsBridgesTest#missingOnTheDestination"),
        new Recorded(
            "ovs-other-vlans",
            NETWORK,
            "ovs-bridges",
            "Open vSwitch's kernel module",
            "check.network.OvsBridgesTest#otherVlansOnTheUplink"),
        new Recorded(
            "firewalld-rejects",
            PORTS,
            "migration-ports",
            "firewalld, which needs D-Bus",
            "check.firewall.FirewallTest#firewalldRejectsByDefault"),
        new Recorded(
            "firewalld-rich-rule",
            PORTS,
            "migration-ports",
            "firewalld, which needs D-Bus",
            "check.firewall.FirewallTest#firewalldRichRuleComesBeforeTheOpenPort"),
        new Recorded(
            "cpu-vendors-differ",
            SAME_SYSTEM,
            "cpu-vendor-same",
            "processors of two vendors",
            "check.system.CpuChecksTest#vendorsDiffer"),
        new Recorded(
            "cpu-passthrough-features",
            GUEST,
            "guest-cpu-passthrough",
            "KVM",
            "check.system.CpuChecksTest#passthroughGuestNeedsEveryFeature"),
        new Recorded(
            "kvm-missing",
            GUEST,
            "kvm-available",
            "KVM",
            "check.system.CpuChecksTest#kvmGuestNeedsKvm"),
        new Recorded(
            "device-passed-through",
            GUEST,
            "guest-host-devices",
            "a PCI device that can be given away",
            "check.system.GuestChecksTest#devicesOfTheHostStayBehind"),
        new Recorded(
            "huge-pages-by-node",
            GUEST,
            "huge-pages-free",
            "several NUMA nodes",
            "check.system.MemoryChecksTest#hugePagesByNode"));
  }
}
