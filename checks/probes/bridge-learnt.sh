# What: the hardware addresses that Linux bridges have learnt in the last minutes, by which port, and how long ago each was heard last.
# Step: host
# Deadline: 15

# Up to 4000 of them: a few are enough to know a network again.
fdb() {
  command -v bridge >/dev/null 2>&1 || return 127
  limit bridge -s fdb show | awk '/ master / && !/permanent|static|extern_learn/ && n++ < 4000'
  echo end
}
part fdb fdb
