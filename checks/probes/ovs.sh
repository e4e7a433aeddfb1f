# What: Open vSwitch bridges, ports, interfaces and controllers, where Open vSwitch is installed.
# Step: host
# Deadline: 10
if command -v ovs-vsctl >/dev/null 2>&1; then
  part tables ovs-vsctl --timeout=8 --format=json \
    -- --columns=name,ports,fail_mode,datapath_type,stp_enable,rstp_enable,mcast_snooping_enable,controller,protocols list Bridge \
    -- --columns=_uuid,name,interfaces,fake_bridge,tag,trunks,vlan_mode,bond_mode,lacp list Port \
    -- --columns=_uuid,name,type,options,link_state,external_ids list Interface \
    -- --columns=_uuid,target list Controller
fi
