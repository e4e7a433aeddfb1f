# What: whether both hosts meet in the network segments that the judged guests are plugged into.
# Step: link-source, link-destination
# Deadline: 12
# Side effect: sends ARP probes for an address that nobody has (169.254.x.y) out of the bridges of the judged guests until
#   the other host is heard, at most 5 seconds (off with --no-listen)
#
# MC_LISTEN             0: do not send anything
# MC_SEGMENT_LINKS      the links that both hosts have under the same name
# MC_LISTEN_TOKEN       hexadecimal; its first bytes choose the address, all of it is in every frame
#
# Prints: tool NAME, from SECONDS, link NAME heard|silent|failed, to SECONDS. Both hosts do the same: send and listen.
# Whoever hears the other sends five times more, so that the other hears as well.
python_meet='
import binascii, errno, os, select, socket, struct, sys, time

token = binascii.unhexlify(os.environ["MC_LISTEN_TOKEN"].encode("ascii"))[:12]
me = os.urandom(4)
ARP, OUTGOING = 0x0806, 4
target = struct.pack("4B", 169, 254, 1 + ord(token[0:1]) % 254, ord(token[1:2]))

def say(*words):
    sys.stdout.write(" ".join([str(w) for w in words]) + "\n")
    sys.stdout.flush()

class Place:
    def __init__(self, link):
        self.link, self.state, self.more = link, "failed", 0
        try:
            self.socket = socket.socket(socket.AF_PACKET, socket.SOCK_RAW, socket.htons(ARP))
            self.socket.bind((link, ARP))
            self.socket.setblocking(0)
            mac = self.socket.getsockname()[4]
            if len(mac) == 6:
                self.frame = (b"\xff" * 6 + mac + struct.pack("!HHHBBH", ARP, 1, 0x0800, 6, 4, 1) + mac
                    + b"\0" * 10 + target + token + me + b"\0\0")
                self.state = "silent"
        except (socket.error, OSError):
            pass

    def call(self):
        try:
            self.socket.send(self.frame)
        except (socket.error, OSError):
            if sys.exc_info()[1].errno not in (errno.EAGAIN, errno.ENOBUFS):
                self.state = "failed"

    def hear(self):
        while True:
            try:
                data, sender = self.socket.recvfrom(2048)
            except (socket.error, OSError):
                return
            if sender[2] != OUTGOING and data[38:54] == target + token and data[54:58] != me and self.state == "silent":
                self.state, self.more = "heard", 5

places = [Place(link) for link in os.environ["MC_SEGMENT_LINKS"].split()]
say("tool", os.environ.get("MC_TOOL", "python"))
start = time.time()
say("from", "%.3f" % start)
while time.time() < start + 5:
    busy = [p for p in places if p.state == "silent" or p.more]
    if not busy:
        break
    for p in busy:
        if p.state == "heard":
            p.more -= 1
        p.call()
    until = time.time() + 0.1
    while time.time() < until:
        waiting = [p for p in places if p.state == "silent"]
        for s in select.select([p.socket for p in waiting], [], [], max(0, min(0.1, until - time.time())))[0]:
            for p in waiting:
                if p.socket is s:
                    p.hear()
        if not waiting:
            break
for p in places:
    say("link", p.link, p.state)
say("to", "%.3f" % time.time())
'
# shellcheck disable=SC2016 # it is Perl that expands
perl_meet='
use strict; use Socket; use Errno qw(EAGAIN ENOBUFS); use Fcntl; use Time::HiRes qw(time);
$| = 1;
my $token = substr(pack("H*", $ENV{MC_LISTEN_TOKEN}), 0, 12);
my $me = pack("N", (int(rand(2**31)) ^ $$ ^ (time * 1000)) & 0xffffffff);
my ($first, $second) = unpack("CC", $token);
my $target = pack("C4", 169, 254, 1 + $first % 254, $second);
my @places;
sub text { open(my $f, "<", "/sys/class/net/$_[0]/$_[1]") or return ""; my $t = <$f>; chomp $t; return $t }
for my $link (split " ", $ENV{MC_SEGMENT_LINKS}) {
  my ($index, $mac) = (text($link, "ifindex"), text($link, "address"));
  my %p = (link => $link, state => "failed", more => 0);
  push @places, \%p;
  next unless $index =~ /^[0-9]+$/ && $mac =~ /^([0-9a-f]{2}:){5}[0-9a-f]{2}$/;
  socket(my $s, 17, SOCK_RAW, unpack("S", pack("n", 0x0806))) or next;
  bind($s, pack("SnlSCCa8", 17, 0x0806, $index, 0, 0, 0, "")) or next;
  fcntl($s, F_SETFL, fcntl($s, F_GETFL, 0) | O_NONBLOCK);
  $mac = pack("H12", $mac =~ s/://gr);
  $p{socket} = $s;
  $p{frame} = ("\xff" x 6) . $mac . pack("nnnCCn", 0x0806, 1, 0x0800, 6, 4, 1) . $mac . ("\0" x 10) . $target . $token . $me . "\0\0";
  $p{state} = "silent";
}
print "tool perl\n";
my $start = time;
printf "from %.3f\n", $start;
while (time < $start + 5) {
  my @busy = grep { $_->{state} eq "silent" || $_->{more} } @places;
  last unless @busy;
  for my $p (@busy) {
    $p->{more}-- if $p->{state} eq "heard";
    defined(send($p->{socket}, $p->{frame}, 0)) || $! == EAGAIN || $! == ENOBUFS || ($p->{state} = "failed", $p->{more} = 0);
  }
  my $until = time + 0.1;
  while (time < $until) {
    my @waiting = grep { $_->{state} eq "silent" } @places or last;
    my $bits = "";
    vec($bits, fileno $_->{socket}, 1) = 1 for @waiting;
    my $left = $until - time;
    next if select($bits, undef, undef, $left > 0 ? $left : 0) <= 0;
    for my $p (grep { vec($bits, fileno $_->{socket}, 1) } @waiting) {
      while (defined(my $from = recv($p->{socket}, my $data, 2048, 0))) {
        my $kind = unpack("x10C", $from);
        next if $kind == 4 || length $data < 58 || $p->{state} ne "silent";
        if (substr($data, 38, 16) eq $target . $token && substr($data, 54, 4) ne $me) { $p->{state} = "heard"; $p->{more} = 5 }
      }
    }
  }
}
print "link $_->{link} $_->{state}\n" for @places;
printf "to %.3f\n", time;
'
meet() {
  if [ "${MC_LISTEN:-1}" = 0 ]; then
    echo off
    return 0
  fi
  if [ -z "${MC_SEGMENT_LINKS:-}" ]; then
    echo nothing
    return 0
  fi
  for tool in /usr/libexec/platform-python python3 python2 python; do
    if limit "$tool" -S -E -c 'import binascii, errno, select, socket, struct' >/dev/null 2>&1; then
      MC_TOOL=${tool##*/} limit "$tool" -S -E -c "$python_meet"
      return
    fi
  done
  if limit perl -e 'use Socket; use Errno; use Fcntl; use Time::HiRes; "a" =~ s/a/b/r;' >/dev/null 2>&1; then
    limit perl -e "$perl_meet"
    return
  fi
  echo none
}
export MC_LISTEN_TOKEN MC_SEGMENT_LINKS
part_fn meet meet
