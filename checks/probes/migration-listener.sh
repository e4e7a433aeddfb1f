# What: listens on the free ports of the migration range for some seconds, so that the source can prove that it
#   reaches them: "Connection refused" alone does not tell an open path from a firewall that rejects.
# Step: link-destination
# Deadline: 14
# Side effect: listens on every free port of the migration range until the source has reached it, at most 6 seconds;
#   whoever connects is sent one line and can do nothing else (off with --no-listen)
# The line is "migrate-check TOKEN", with the word "data" behind it where 64 KiB may be sent.
#
# MC_LISTEN             0: do not listen
# MC_LISTEN_TOKEN       what is sent to whoever connects, hexadecimal
# MC_LISTEN_ADDRESS     the address to listen on (migration_address of qemu.conf); empty: any
# MC_MIGRATION_PORTS    FIRST-LAST, at most 1000 ports
#
# Prints: tool NAME, up SECONDS, listening RANGES, busy RANGES, failed PORT REASON, heard RANGES, down SECONDS.
python_listener='
import errno, os, select, socket, sys, time

token = ("migrate-check " + os.environ["MC_LISTEN_TOKEN"] + " data\n").encode("ascii")
first, last = [int(x) for x in os.environ["MC_MIGRATION_PORTS"].split("-")]
address = os.environ.get("MC_LISTEN_ADDRESS", "")
DATA = 65536

def ranges(ports):
    out = []
    for p in sorted(ports):
        if out and out[-1][1] == p - 1:
            out[-1][1] = p
        else:
            out.append([p, p])
    return " ".join(["%d-%d" % (a, b) for a, b in out])

def say(*words):
    sys.stdout.write(" ".join([str(w) for w in words]) + "\n")
    sys.stdout.flush()

def places():
    if address:
        return [(i[0], i[4][0]) for i in socket.getaddrinfo(address, 0, 0, socket.SOCK_STREAM)][:1]
    return [(socket.AF_INET6, "::"), (socket.AF_INET, "0.0.0.0")]

def listener(port):
    error = None
    for family, host in places():
        s = None
        try:
            s = socket.socket(family, socket.SOCK_STREAM)
            s.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            if family == socket.AF_INET6 and not address:
                s.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 0)
            s.bind((host, port))
            s.listen(16)
            s.setblocking(0)
            return s
        except (socket.error, OSError):
            error = sys.exc_info()[1]
            if s:
                s.close()
            if error.errno == errno.EADDRINUSE:
                break
    raise error

servers, clients, waiting, listening, heard, failed = {}, {}, set(range(first, last + 1)), set(), set(), {}
poll = select.poll()

def bind():
    for port in sorted(waiting):
        try:
            s = listener(port)
            servers[s.fileno()] = (s, port)
            poll.register(s.fileno(), select.POLLIN)
            waiting.discard(port)
            listening.add(port)
        except (socket.error, OSError):
            code = getattr(sys.exc_info()[1], "errno", 0)
            if code != errno.EADDRINUSE:
                waiting.discard(port)
                failed[port] = errno.errorcode.get(code, "unknown")

def done(port):
    heard.add(port)
    for fd in [f for f in servers if servers[f][1] == port]:
        poll.unregister(fd)
        servers.pop(fd)[0].close()

def accept(server, port):
    try:
        c = server.accept()[0]
        c.setblocking(0)
        c.send(token)
        clients[c.fileno()] = [c, port, 0]
        poll.register(c.fileno(), select.POLLIN)
    except (socket.error, OSError):
        pass

# What a client may say: k (it has read the line), or d and 65536 bytes of data. Returns whether the source is through.
def hear(fd):
    c, port, before = clients[fd]
    try:
        data = c.recv(DATA)
    except (socket.error, OSError):
        if getattr(sys.exc_info()[1], "errno", 0) == errno.EAGAIN:
            return False
        data = b""
    got = before + len(data)
    if data and (before or data[:1] == b"d"):
        clients[fd][2] = got
        if before < DATA <= got:
            done(port)
            try:
                c.send(b"got\n")
            except (socket.error, OSError):
                pass
        return False
    if data[:1] == b"k":
        done(port)
    poll.unregister(fd)
    clients.pop(fd)[0].close()
    return before >= DATA

try:
    import resource
    hard = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
except Exception:
    pass
say("tool", os.environ.get("MC_TOOL", "python"))
bind()
start = time.time()
say("up", "%.3f" % start)
again, through = start, False
while not through and time.time() < start + 6:
    now = time.time()
    if not servers and (heard or not waiting or now > start + 3):
        break
    # A port in use may be that of another audit, which holds it for a moment only.
    if waiting and again + 0.25 < now < start + 3:
        again = now
        bind()
    for fd, event in poll.poll(250):
        if fd in servers:
            accept(*servers[fd])
        elif fd in clients:
            through = hear(fd) or through
say("listening", ranges(listening))
say("busy", ranges(waiting))
for port in sorted(failed):
    say("failed", port, failed[port])
say("heard", ranges(heard))
say("down", "%.3f" % time.time())
'
# shellcheck disable=SC2016 # it is Perl that expands
perl_listener='
use strict; use Socket qw(:all); use Errno qw(EADDRINUSE); use Fcntl; use Time::HiRes qw(time);
$| = 1; $SIG{PIPE} = "IGNORE";
my $token = "migrate-check $ENV{MC_LISTEN_TOKEN} data\n";
my ($first, $last) = split /-/, $ENV{MC_MIGRATION_PORTS};
my $address = $ENV{MC_LISTEN_ADDRESS} || "";
my (%server, %client, %waiting, %listening, %heard, %failed);
%waiting = map { $_ => 1 } $first .. $last;

sub ranges {
  my @out;
  for my $p (sort { $a <=> $b } @_) {
    if (@out && $out[-1][1] == $p - 1) { $out[-1][1] = $p } else { push @out, [$p, $p] }
  }
  return join " ", map { "$_->[0]-$_->[1]" } @out;
}
sub places {
  return ([AF_INET6, inet_pton(AF_INET6, "::")], [AF_INET, inet_pton(AF_INET, "0.0.0.0")]) if $address eq "";
  my ($error, @found) = getaddrinfo($address, "", {socktype => SOCK_STREAM});
  return () if $error || !@found;
  my $family = $found[0]{family};
  return [$family, $family == AF_INET6 ? (unpack_sockaddr_in6($found[0]{addr}))[1] : (unpack_sockaddr_in($found[0]{addr}))[1]];
}
sub listener {
  my ($port) = @_;
  my $error = "EADDRNOTAVAIL";
  for my $place (places()) {
    my ($family, $ip) = @$place;
    my $s;
    if (!socket($s, $family, SOCK_STREAM, 0)) { $error = "$!"; next }
    setsockopt($s, SOL_SOCKET, SO_REUSEADDR, pack("i", 1));
    setsockopt($s, IPPROTO_IPV6, IPV6_V6ONLY, pack("i", 0)) if $family == AF_INET6 && $address eq "";
    my $to = $family == AF_INET6 ? pack_sockaddr_in6($port, $ip) : pack_sockaddr_in($port, $ip);
    if (bind($s, $to) && listen($s, 16)) {
      fcntl($s, F_SETFL, fcntl($s, F_GETFL, 0) | O_NONBLOCK);
      return ($s, "");
    }
    return (undef, "busy") if $! == EADDRINUSE;
    $error = "$!";
  }
  return (undef, $error);
}
sub bind_all {
  for my $port (sort { $a <=> $b } keys %waiting) {
    my ($s, $error) = listener($port);
    next if $error eq "busy";
    delete $waiting{$port};
    if ($s) { $server{fileno $s} = [$s, $port]; $listening{$port} = 1 } else { $failed{$port} = $error }
  }
}
sub done {
  my ($port) = @_;
  $heard{$port} = 1;
  for my $fd (keys %server) { close((delete $server{$fd})->[0]) if $server{$fd}[1] == $port }
}
print "tool ", ($ENV{MC_TOOL} || "perl"), "\n";
bind_all();
my $start = time; my $again = $start; my $through = 0;
printf "up %.3f\n", $start;
while (!$through && time < $start + 6) {
  last if !%server && (%heard || !%waiting || time > $start + 3);
  if (%waiting && time > $again + 0.25 && time < $start + 3) { $again = time; bind_all() }
  my $bits = "";
  vec($bits, $_, 1) = 1 for keys %server, keys %client;
  next if select($bits, undef, undef, 0.25) <= 0;
  for my $fd (grep { vec($bits, $_, 1) } keys %server) {
    next unless $server{$fd};
    my ($s, $port) = @{$server{$fd}};
    my $c;
    next unless accept($c, $s);
    fcntl($c, F_SETFL, fcntl($c, F_GETFL, 0) | O_NONBLOCK);
    syswrite $c, $token;
    $client{fileno $c} = [$c, $port, 0];
  }
  for my $fd (grep { vec($bits, $_, 1) } keys %client) {
    my ($c, $port, $before) = @{$client{$fd}};
    my $data = "";
    sysread $c, $data, 65536;
    my $got = $before + length $data;
    if ($data ne "" && ($before || substr($data, 0, 1) eq "d")) {
      $client{$fd}[2] = $got;
      if ($before < 65536 && $got >= 65536) { done($port); syswrite $c, "got\n" }
      next;
    }
    done($port) if substr($data, 0, 1) eq "k";
    close((delete $client{$fd})->[0]);
    $through = 1 if $before >= 65536;
  }
}
print "listening ", ranges(keys %listening), "\nbusy ", ranges(keys %waiting), "\n";
print "failed $_ $failed{$_}\n" for sort { $a <=> $b } keys %failed;
print "heard ", ranges(keys %heard), "\n";
printf "down %.3f\n", time;
'
# One process for each port, so no more than the first 64: libvirt takes the lowest free port.
one_process_each() { # TOOL
  first=${MC_MIGRATION_PORTS%-*}
  last=${MC_MIGRATION_PORTS#*-}
  if [ "$last" -gt $((first + 63)) ]; then last=$((first + 63)); fi
  echo "tool $1"
  echo "up $(date +%s)"
  port=$first
  while [ "$port" -le "$last" ]; do
    one_port "$1" "$port" &
    port=$((port + 1))
  done
  wait
  echo "down $(date +%s)"
}
one_port() { # TOOL PORT; ends after one connection
  case $1 in
  socat) set -- "$2" socat - "TCP6-LISTEN:$2,ipv6only=0,reuseaddr${MC_LISTEN_ADDRESS:+,bind=[$MC_LISTEN_ADDRESS]}" ;;
  *) set -- "$2" "$1" -l ${MC_LISTEN_ADDRESS:+"$MC_LISTEN_ADDRESS"} "$2" ;;
  esac
  port=$1
  shift
  said=$(echo "migrate-check $MC_LISTEN_TOKEN" | timeout 6 "$@" 2>&1 >/dev/null)
  case $? in
  0) printf 'listening %s-%s\nheard %s-%s\n' "$port" "$port" "$port" "$port" ;;
  124) echo "listening $port-$port" ;;
  *) case $said in *"in use"*) echo "busy $port-$port" ;; *) echo "failed $port unknown" ;; esac ;;
  esac
}
listen() {
  if [ "${MC_LISTEN:-1}" = 0 ]; then
    echo "off"
    return 0
  fi
  for tool in /usr/libexec/platform-python python3 python2 python; do
    if limit "$tool" -S -E -c 'import errno, select, socket' >/dev/null 2>&1; then
      MC_TOOL=${tool##*/} limit "$tool" -S -E -c "$python_listener"
      return
    fi
  done
  if limit perl -e 'use Socket qw(:all); use Errno; use Fcntl; use Time::HiRes; getaddrinfo("::1", "");' >/dev/null 2>&1; then
    MC_TOOL=perl limit perl -e "$perl_listener"
    return
  fi
  for tool in socat ncat nc; do
    if command -v "$tool" >/dev/null 2>&1; then
      one_process_each "$tool"
      return
    fi
  done
  echo "none"
}
export MC_LISTEN_TOKEN MC_LISTEN_ADDRESS MC_MIGRATION_PORTS
part_fn listener listen
