# What: the hardware addresses that Linux bridges have learnt in the last minutes, and by which port.
# Step: host
# Deadline: 5

# Up to 4000 of them: a few are enough to know a network again.
fdb() {
  command -v bridge >/dev/null 2>&1 || return 127
  limit bridge fdb show | awk '/ master / && !/permanent|static|extern_learn/ && n++ < 4000'
  echo end
}
part_fn fdb fdb
