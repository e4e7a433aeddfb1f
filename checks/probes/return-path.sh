# What: the routes from the destination back to the source's addresses.
# Step: link-destination
# Deadline: 5
#
# MC_SOURCE_ADDRESSES   the source's addresses
routes() {
  for address in $MC_SOURCE_ADDRESSES; do
    limit ip -o route get "$address" 2>&1 | head -n 1
  done
}
part routes routes
