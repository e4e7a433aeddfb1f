# What: tries every port of the destination's migration range and its SSH port from here, at the addresses of the name
#   that the destination announces, as the migration will. Where the listener of the destination answers with the token
#   of this run, the port is proven; on one port 64 KiB are sent, which full-size packets must carry.
# Step: link-source
# Deadline: 14
#
# MC_MIGRATION_HOST     the name or address that the destination announces
# MC_MIGRATION_PORTS    FIRST-LAST, at most 1000 ports
# MC_LISTEN             0: nobody listens, so do not wait for it
# MC_LISTEN_TOKEN       what the destination's listener says, hexadecimal
#
# Prints: tool NAME, from SECONDS, address ADDRESS, port PORT STATE, data PORT SENT STATE, to SECONDS. A port is tried at
# the next address only if it is not proven at the one before. States: proven, open (somebody else answers), refused,
# timeout, unreachable, denied (by this host), failed.
python_connect='
import errno, os, select, socket, sys, time

token = ("migrate-check " + os.environ["MC_LISTEN_TOKEN"]).encode("ascii")
first, last = [int(x) for x in os.environ["MC_MIGRATION_PORTS"].split("-")]
wait = os.environ.get("MC_LISTEN", "1") != "0"
DATA = 65536
BUSY = (errno.EINPROGRESS, errno.EAGAIN, errno.EWOULDBLOCK)
STATES = {errno.ECONNREFUSED: "refused", errno.ETIMEDOUT: "timeout", errno.EHOSTUNREACH: "unreachable",
          errno.ENETUNREACH: "unreachable", errno.EPERM: "denied", errno.EACCES: "denied"}

def say(*words):
    sys.stdout.write(" ".join([str(w) for w in words]) + "\n")
    sys.stdout.flush()

class Round:
    """All ports at one address."""
    def __init__(self, family, address, ports, begin, limit, with_data):
        self.family, self.address, self.begin, self.end = family, address, begin, limit
        self.with_data, self.data_state, self.data_port, self.sent = with_data, "", 0, 0
        self.states = dict([(p, "timeout") for p in ports])
        self.live, self.retry, self.tried, self.pipe = {}, {}, {}, None
        self.poll = select.poll()
        # When the first port was proven, and how long its answer took.
        self.proven_at = self.delay = 0
        for p in ports:
            self.connect(p)

    def connect(self, port):
        s = socket.socket(self.family, socket.SOCK_STREAM)
        s.setblocking(0)
        self.tried[port] = time.time()
        code = s.connect_ex((self.address, port))
        if code == 0 or code in BUSY:
            self.live[s.fileno()] = [s, port, "connecting", b""]
            self.poll.register(s.fileno(), select.POLLOUT)
            self.states[port] = "timeout"
        else:
            s.close()
            self.failed(port, code)

    def failed(self, port, code):
        self.states[port] = STATES.get(code, "failed")
        if wait and code == errno.ECONNREFUSED:
            self.retry[port] = time.time() + 0.1

    def close(self, fd):
        self.poll.unregister(fd)
        return self.live.pop(fd)[0].close()

    def event(self, fd):
        s, port, state, line = self.live[fd]
        if state == "connecting":
            code = s.getsockopt(socket.SOL_SOCKET, socket.SO_ERROR)
            if code:
                self.close(fd)
                return self.failed(port, code)
            self.states[port] = "open"
            self.live[fd][2] = "reading"
            return self.poll.modify(fd, select.POLLIN)
        if state == "sending":
            return self.send(fd)
        try:
            data = s.recv(4096)
        except (socket.error, OSError):
            if sys.exc_info()[1].errno in BUSY:
                return
            data = b""
        if state == "waiting":
            self.data_state = "ok" if data.startswith(b"got") else "broken"
            self.poll.unregister(fd)
            self.live.pop(fd)
            return
        line += data
        self.live[fd][3] = line
        if line.startswith(token) and b"\n" in line:
            self.proven(fd, port, line.rstrip().endswith(b" data"))
        elif not data or len(line) > 4000 or b"\n" in line:
            # The listener of another audit holds a port for a moment only.
            if wait and line.startswith(b"migrate-check "):
                self.retry[port] = time.time() + 0.1
            self.close(fd)

    def proven(self, fd, port, takes_data):
        self.states[port] = "proven"
        if not self.proven_at:
            self.proven_at = time.time()
            self.delay = self.proven_at - self.tried[port]
        if takes_data and self.with_data and not self.pipe:
            self.pipe = self.live[fd][0]
            self.data_port, self.data_state = port, "stalled"
            self.live[fd][2] = "sending"
            self.poll.modify(fd, select.POLLOUT)
            try:
                self.pipe.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
                self.sent = self.pipe.send(b"d" * min(DATA, self.pipe.getsockopt(socket.IPPROTO_TCP, socket.TCP_MAXSEG)))
                time.sleep(0.02)
            except (socket.error, OSError):
                pass
            return
        self.live[fd][0].send(b"k")
        self.close(fd)

    def send(self, fd):
        try:
            self.sent += self.live[fd][0].send(b"d" * min(16384, DATA - self.sent))
        except (socket.error, OSError):
            if sys.exc_info()[1].errno not in BUSY:
                self.data_state = "broken"
                self.close(fd)
            return
        if self.sent >= DATA:
            self.live[fd][2] = "waiting"
            self.poll.modify(fd, select.POLLIN)

    def run(self):
        while self.live or self.retry:
            now = time.time()
            # Once the listener is known to be up, what does not answer within a retransmission will not; on busy hosts
            # the answers themselves take their time, as the first one tells.
            end = min(self.end, self.proven_at + 2.2 + 20 * self.delay) if self.proven_at else self.end
            if now >= end:
                break
            for port in [p for p in self.retry if self.retry[p] <= now]:
                self.retry.pop(port)
                if not self.proven_at or now < self.proven_at + 1 + 10 * self.delay or self.tried[port] < self.proven_at:
                    self.connect(port)
            pause = min([end] + list(self.retry.values())) - now
            for fd, event in self.poll.poll(max(1, int(pause * 1000) + 1)):
                if fd in self.live:
                    self.event(fd)
        for fd in list(self.live):
            if self.live[fd][0] is not self.pipe:
                self.close(fd)

def main():
    begin = time.time()
    say("tool", os.environ.get("MC_TOOL", "python"))
    say("from", "%.3f" % begin)
    try:
        found = socket.getaddrinfo(os.environ["MC_MIGRATION_HOST"], first, 0, socket.SOCK_STREAM)
    except socket.error:
        say("unresolved", str(sys.exc_info()[1]).replace("\n", " "))
        return
    places = []
    for f in found:
        if (f[0], f[4][0]) not in places:
            places.append((f[0], f[4][0]))
    todo, pipe = list(range(first, last + 1)), None
    for family, address in places[:4]:
        limit = min(begin + 6.5, time.time() + (4 if wait else 3))
        r = Round(family, address, todo, begin, limit, pipe is None)
        r.run()
        say("address", address)
        for port in todo:
            say("port", port, r.states[port])
        if r.data_state:
            say("data", r.data_port, r.sent, r.data_state)
        pipe = pipe or r.pipe
        todo = [p for p in todo if r.states[p] != "proven"]
        if not todo:
            break
    say("to", "%.3f" % time.time())
    if pipe:
        pipe.close()

try:
    import resource
    hard = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
except Exception:
    pass
main()
'
# shellcheck disable=SC2016 # it is Perl that expands
perl_connect='
use strict; use Socket qw(:all); use Errno qw(:POSIX); use Fcntl; use Time::HiRes qw(time);
$| = 1; $SIG{PIPE} = "IGNORE";
my $token = "migrate-check $ENV{MC_LISTEN_TOKEN}";
my ($first, $last) = split /-/, $ENV{MC_MIGRATION_PORTS};
my $wait = ($ENV{MC_LISTEN} // "1") ne "0";
my %names = (ECONNREFUSED, "refused", ETIMEDOUT, "timeout", EHOSTUNREACH, "unreachable", ENETUNREACH, "unreachable",
  EPERM, "denied", EACCES, "denied");
my (%state, %live, %retry, %tried, $proven_at, $delay, $pipe, $data_state, $data_port, $sent);

sub failed {
  my ($port, $code) = @_;
  $state{$port} = $names{$code} || "failed";
  $retry{$port} = time + 0.1 if $wait && $code == ECONNREFUSED;
}
sub try_connect {
  my ($port, $family, $ip) = @_;
  $tried{$port} = time;
  socket(my $s, $family, SOCK_STREAM, 0) or return failed($port, $! + 0);
  fcntl($s, F_SETFL, fcntl($s, F_GETFL, 0) | O_NONBLOCK);
  my $to = $family == AF_INET6 ? pack_sockaddr_in6($port, $ip) : pack_sockaddr_in($port, $ip);
  if (connect($s, $to) || $! == EINPROGRESS) { $state{$port} = "timeout"; $live{fileno $s} = [$s, $port, "connecting", ""] }
  else { failed($port, $! + 0) }
}
sub event {
  my ($fd) = @_;
  my ($s, $port, $what, $line) = @{$live{$fd}};
  if ($what eq "connecting") {
    my $code = unpack("i", getsockopt($s, SOL_SOCKET, SO_ERROR));
    if ($code) { delete $live{$fd}; return failed($port, $code) }
    $state{$port} = "open"; $live{$fd}[2] = "reading"; return;
  }
  if ($what eq "sending") {
    my $n = syswrite $s, "d" x (65536 - $sent > 16384 ? 16384 : 65536 - $sent);
    if (!defined $n) { if ($! != EAGAIN) { $data_state = "broken"; delete $live{$fd} } return }
    $sent += $n;
    $live{$fd}[2] = "waiting" if $sent >= 65536;
    return;
  }
  my $data = "";
  return if !defined sysread($s, $data, 4096) && $! == EAGAIN;
  if ($what eq "waiting") { $data_state = $data =~ /^got/ ? "ok" : "broken"; delete $live{$fd}; return }
  $line .= $data; $live{$fd}[3] = $line;
  if (index($line, $token) == 0 && $line =~ /\n/) {
    $state{$port} = "proven";
    if (!$proven_at) { $proven_at = time; $delay = $proven_at - $tried{$port} }
    if (!$pipe && $line =~ / data\s*$/) { $pipe = $s; $data_port = $port; $data_state = "stalled"; $live{$fd}[2] = "sending";
      setsockopt($s, IPPROTO_TCP, TCP_NODELAY, pack("i", 1));
      my $full = unpack("i", getsockopt($s, IPPROTO_TCP, TCP_MAXSEG) || pack("i", 1400));
      $sent = syswrite($s, "d" x ($full > 65536 ? 65536 : $full)) || 0;
      select(undef, undef, undef, 0.02); return }
    syswrite $s, "k"; delete $live{$fd};
  } elsif ($data eq "" || length $line > 4000 || $line =~ /\n/) {
    $retry{$port} = time + 0.1 if $wait && $line =~ /^migrate-check /;
    delete $live{$fd};
  }
}
my $begin = time;
print "tool ", ($ENV{MC_TOOL} || "perl"), "\n";
printf "from %.3f\n", $begin;
my ($error, @found) = getaddrinfo($ENV{MC_MIGRATION_HOST}, "", {socktype => SOCK_STREAM});
if ($error) { print "unresolved $error\n"; exit 0 }
my (@todo, %seen) = $first .. $last;
my $rounds = 0;
for my $place (@found) {
  my $family = $place->{family};
  my $ip = $family == AF_INET6 ? (unpack_sockaddr_in6($place->{addr}))[1] : (unpack_sockaddr_in($place->{addr}))[1];
  my $address = inet_ntop($family, $ip);
  next if $seen{$address}++ || ++$rounds > 4;
  my $limit = time + ($wait ? 4 : 3);
  $limit = $begin + 6.5 if $limit > $begin + 6.5;
  (%live, %retry) = (); ($proven_at, my $had_pipe) = (0, defined $pipe);
  try_connect($_, $family, $ip) for @todo;
  while (%live || %retry) {
    my $now = time;
    my $end = $proven_at && $proven_at + 2.2 + 20 * $delay < $limit ? $proven_at + 2.2 + 20 * $delay : $limit;
    last if $now >= $end;
    for my $port (grep { $retry{$_} <= $now } keys %retry) {
      delete $retry{$port};
      try_connect($port, $family, $ip) if !$proven_at || $now < $proven_at + 1 + 10 * $delay || $tried{$port} < $proven_at;
    }
    my ($r, $w, $pause) = ("", "", $end - $now);
    for my $fd (keys %live) { if ($live{$fd}[2] =~ /^(connecting|sending)$/) { vec($w, $fd, 1) = 1 } else { vec($r, $fd, 1) = 1 } }
    for my $at (values %retry) { $pause = $at - $now if $at - $now < $pause }
    next if select($r, $w, undef, $pause < 0.001 ? 0.001 : $pause) <= 0;
    event($_) for grep { vec($r, $_, 1) || vec($w, $_, 1) } keys %live;
  }
  %live = ();
  print "address $address\n";
  print "port $_ $state{$_}\n" for @todo;
  print "data $data_port $sent $data_state\n" if $pipe && !$had_pipe;
  @todo = grep { $state{$_} ne "proven" } @todo;
  last unless @todo;
}
printf "to %.3f\n", time;
'
# One process for each port: only where there is neither Python nor Perl. The answer is read by bash or netcat.
one_process_each() { # TOOL
  first=${MC_MIGRATION_PORTS%-*}
  last=${MC_MIGRATION_PORTS#*-}
  if [ "$last" -gt $((first + 63)) ]; then last=$((first + 63)); fi
  address=$(limit getent ahosts "$MC_MIGRATION_HOST" | sed -n '1s/ .*//p')
  echo "tool $1"
  echo "from $(date +%s)"
  [ -n "$address" ] || { echo "unresolved $MC_MIGRATION_HOST"; return 0; }
  echo "address $address"
  port=$first
  while [ "$port" -le "$last" ]; do
    one_port "$1" "$address" "$port" &
    port=$((port + 1))
  done
  wait
  echo "to $(date +%s)"
}
one_port() { # TOOL ADDRESS PORT; a refused port is tried again, because the listener may not be up yet
  for _ in 1 2 3 4 5 6; do
    # shellcheck disable=SC2016 # the inner shell expands
    case $1 in
    bash) said=$(timeout 3 bash -c 'exec 3<>"/dev/tcp/$1/$2" && read -r -t 2 line <&3; echo "$line"; echo k >&3' bash "$2" "$3" 2>&1) ;;
    *) said=$(echo k | timeout 3 "$1" -v -w 2 "$2" "$3" 2>&1) ;;
    esac
    status=$?
    case $said in
    *"migrate-check $MC_LISTEN_TOKEN"*) echo "port $3 proven"; return ;;
    *refused*) state=refused ;;
    *"No route"* | *unreachable*) state=unreachable ;;
    *"not permitted"*) state=denied ;;
    *"imed out"*) state=timeout ;;
    *) if [ "$status" = 124 ]; then state=timeout; elif [ "$status" = 0 ]; then state=open; else state=failed; fi ;;
    esac
    if [ "${MC_LISTEN:-1}" = 0 ] || [ "$state" != refused ]; then break; fi
    sleep 0.6
  done
  echo "port $3 $state"
}
connect() {
  for tool in /usr/libexec/platform-python python3 python2 python; do
    if limit "$tool" -S -E -c 'import errno, select, socket' >/dev/null 2>&1; then
      MC_TOOL=${tool##*/} limit "$tool" -S -E -c "$python_connect"
      return
    fi
  done
  if limit perl -e 'use Socket qw(:all); use Errno; use Fcntl; use Time::HiRes; getaddrinfo("::1", "");' >/dev/null 2>&1; then
    MC_TOOL=perl limit perl -e "$perl_connect"
    return
  fi
  for tool in bash ncat nc; do
    if command -v "$tool" >/dev/null 2>&1; then
      one_process_each "$tool"
      return
    fi
  done
  echo "none"
}
export MC_MIGRATION_HOST MC_MIGRATION_PORTS MC_LISTEN MC_LISTEN_TOKEN
part_fn ports connect
