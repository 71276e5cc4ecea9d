import { describe, expect, test } from "bun:test";
import fc from "fast-check";
import { seccompFilter } from "../../../../core/runner/seccomp.ts";
import {
  type Architecture,
  REFUSED,
  type SyscallName,
  syscallNumber,
} from "../../../../core/runner/syscalls.ts";

const PID = 4321;
const ARCHITECTURES: readonly Architecture[] = ["x64", "arm64"];
const AUDIT = { x64: 0xc000003e, arm64: 0xc00000b7 };

interface Call {
  audit: number;
  number: number;
  args: readonly number[];
}

/** Runs a filter as the kernel would: classic BPF over `struct seccomp_data`. */
function run(filter: Uint8Array, { audit, number, args }: Call): string {
  const program = new DataView(filter.buffer);
  const data = new DataView(new ArrayBuffer(64));
  data.setUint32(0, number, true);
  data.setUint32(4, audit, true);
  for (const [index, value] of args.entries())
    data.setBigUint64(16 + 8 * index, BigInt.asUintN(64, BigInt(value)), true);
  let accumulator = 0;
  for (let at = 0; at < filter.length / 8; at++) {
    const value = program.getUint32(at * 8 + 4, true);
    const jump = (holds: boolean) => (at += program.getUint8(at * 8 + (holds ? 2 : 3)));
    const code = program.getUint16(at * 8, true);
    if (code === 0x20) accumulator = data.getUint32(value, true);
    else if (code === 0x54) accumulator = (accumulator & value) >>> 0;
    else if (code === 0x05) at += value;
    else if (code === 0x15) jump(accumulator === value);
    else if (code === 0x25) jump(accumulator > value);
    else if (code === 0x06) return verdict(value);
    else throw new Error(`Instruction ${at} has the unknown code ${code}`);
  }
  throw new Error("The filter ends without a verdict");
}

function verdict(value: number): string {
  if (value === 0x80000000) return "kill";
  if (value === 0x7fff0000) return "allow";
  return (
    { 0x50000: "nothing", 0x50001: "EPERM", 0x50026: "ENOSYS", 0x5005f: "EOPNOTSUPP" }[value] ??
    `unknown verdict ${value.toString(16)}`
  );
}

interface Given {
  arch?: Architecture;
  spawn?: boolean;
  watch?: boolean;
  landlockAbi?: number;
  proxyPort?: number;
}

function ask(name: SyscallName, args: number[] = [], given: Given = {}): string {
  const { arch = "x64", spawn = false, watch = false, landlockAbi = 7, proxyPort } = given;
  const number = syscallNumber(name, arch);
  if (number === null) throw new Error(`${arch} has no ${name}`);
  const filter = seccompFilter({ arch, pid: PID, policy: { spawn, watch, landlockAbi, proxyPort } });
  return run(filter, { audit: AUDIT[arch], number, args });
}

describe("with any permissions", () => {
  const givens = fc.record({
    arch: fc.constantFrom(...ARCHITECTURES),
    spawn: fc.boolean(),
    landlockAbi: fc.integer({ min: 1, max: 9 }),
  });
  const args = fc.array(fc.integer({ min: 0, max: 0xffffffff }), { minLength: 6, maxLength: 6 });

  test("a call on the list is refused with any arguments", () => {
    const names = fc.constantFrom(...(Object.keys(REFUSED) as SyscallName[]));
    fc.assert(
      fc.property(names, args, givens, (name, args, given) => {
        fc.pre(syscallNumber(name, given.arch) !== null);
        expect(ask(name, args, given)).toBe("EPERM");
      }),
    );
  });

  test("a call by another architecture's numbers kills the process", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 0xffffffff }),
        fc.nat(500),
        args,
        givens,
        (audit, number, args, given) => {
          fc.pre(audit !== AUDIT[given.arch]);
          const filter = seccompFilter({
            arch: given.arch,
            pid: PID,
            policy: { spawn: given.spawn, landlockAbi: given.landlockAbi },
          });
          expect(run(filter, { audit, number, args })).toBe("kill");
        },
      ),
    );
  });

  test("calls of x32 and of a later kernel are unknown", () => {
    const filter = seccompFilter({ arch: "x64", pid: PID, policy: { spawn: true, landlockAbi: 7 } });
    fc.assert(
      fc.property(fc.integer({ min: 463, max: 0xffffffff }), args, (number, args) => {
        expect(run(filter, { audit: AUDIT.x64, number, args })).toBe("ENOSYS");
      }),
    );
  });

  test("clone3 is unknown, so that the C library uses clone, whose flags can be seen", () => {
    for (const arch of ARCHITECTURES) expect(ask("clone3", [], { arch, spawn: true })).toBe("ENOSYS");
  });

  test("no namespace is made", () => {
    for (const flag of [0x20000, 0x2000000, 0x4000000, 0x8000000, 0x10000000, 0x20000000, 0x40000000]) {
      expect(ask("clone", [flag | 17], { spawn: true })).toBe("EPERM");
      expect(ask("clone", [flag | 0x10000])).toBe("EPERM");
    }
  });

  test("a socket pair may be of streams, not of datagrams, which could be sent anywhere", () => {
    const SOCK_CLOEXEC = 0x80000;
    expect(ask("socketpair", [1, 1 | SOCK_CLOEXEC])).toBe("allow");
    expect(ask("socketpair", [1, 2 | SOCK_CLOEXEC])).toBe("EPERM");
  });

  test("fcntl and ioctl can neither type into a terminal nor cause a signal", () => {
    for (const request of [0x5412, 0x541c, 0x8901, 0x8902]) expect(ask("ioctl", [0, request])).toBe("EPERM");
    for (const command of [8, 15]) expect(ask("fcntl", [3, command])).toBe("EPERM");
    expect(ask("ioctl", [0, 0x5401])).toBe("allow");
    expect(ask("fcntl", [3, 3])).toBe("allow");
  });

  test("no call changes a file that is only open for reading, or holds it up", () => {
    for (const arch of ARCHITECTURES) {
      const given = { arch, spawn: true, watch: true };
      for (const name of ["fchmod", "fchown", "fsetxattr", "fremovexattr", "flock"] as const)
        expect(ask(name, [5], given)).toBe("EPERM");
      const [F_SETLEASE, F_NOTIFY, F_GETLEASE] = [1024, 1026, 1025];
      expect(ask("fcntl", [5, F_SETLEASE], given)).toBe("EPERM");
      expect(ask("fcntl", [5, F_NOTIFY], given)).toBe("EPERM");
      expect(ask("fcntl", [5, F_GETLEASE], given)).toBe("allow");
    }
  });

  test("ioctl makes no request to a file system, and other requests pass", () => {
    const SET_FLAGS = [0x40086602, 0x40046602];
    const [SET_XATTR, SET_VERSION, ENABLE_VERITY] = [0x401c5820, 0x40087602, 0x40806685];
    const [CLONE, BTRFS_SUBVOLUME] = [0x40049409, 0x5000940e];
    for (const request of [...SET_FLAGS, SET_XATTR, SET_VERSION, ENABLE_VERITY, CLONE, BTRFS_SUBVOLUME])
      for (const arch of ARCHITECTURES)
        expect(ask("ioctl", [5, request], { arch, spawn: true })).toBe("EOPNOTSUPP");
    const [FIONREAD, FIOCLEX, TIOCGWINSZ, NVIDIA] = [0x541b, 0x5451, 0x5413, 0xc0484659];
    for (const request of [FIONREAD, FIOCLEX, TIOCGWINSZ, NVIDIA])
      expect(ask("ioctl", [5, request])).toBe("allow");
  });

  test("no file without a name is made or executed, which Landlock would not see", () => {
    const AT_EMPTY_PATH = 0x1000;
    for (const arch of ARCHITECTURES) {
      const given = { arch, spawn: true };
      for (const name of ["memfd_create", "memfd_secret"] as const)
        expect(ask(name, [0, 8], given)).toBe("ENOSYS");
      expect(ask("execveat", [5, 0, 0, 0, AT_EMPTY_PATH | 0x100], given)).toBe("EPERM");
      expect(ask("execveat", [5, 0, 0, 0, 0x100], given)).toBe("allow");
    }
  });

  test("limits and processors are set for the process itself only", () => {
    for (const arch of ARCHITECTURES)
      for (const name of ["prlimit64", "sched_setaffinity"] as const)
        for (const spawn of [false, true])
          expect([0, PID, 1, PID + 1].map((pid) => ask(name, [pid], { arch, spawn }))).toEqual([
            "allow",
            "allow",
            "EPERM",
            "EPERM",
          ]);
  });

  test("the mark by which a process is found cannot be changed", () => {
    const [LOCKS, NOFILE] = [10, 7];
    for (const arch of ARCHITECTURES) {
      const given = { arch, spawn: true };
      expect(ask("setrlimit", [LOCKS], given)).toBe("EPERM");
      expect(ask("prlimit64", [0, LOCKS], given)).toBe("EPERM");
      expect(ask("setrlimit", [NOFILE], given)).toBe("allow");
      expect(ask("prlimit64", [0, NOFILE], given)).toBe("allow");
    }
  });

  test("all that a plugin starts stays in its process group, and a program that asks for another runs on", () => {
    for (const arch of ARCHITECTURES)
      for (const name of ["setsid", "setpgid"] as const)
        expect(ask(name, [0, 0], { arch, spawn: true })).toBe("nothing");
  });

  test("what a process holds cannot be hidden from the core", () => {
    expect(ask("prctl", [4, 0], { spawn: true })).toBe("EPERM");
    expect(ask("prctl", [4, 0])).toBe("EPERM");
  });

  test("files are watched only by those that have to", () => {
    for (const arch of ARCHITECTURES)
      expect([false, true].map((watch) => ask("inotify_init1", [0], { arch, watch }))).toEqual([
        "EPERM",
        "allow",
      ]);
    expect(ask("inotify_init")).toBe("EPERM");
  });

  test("a call that is not on the list passes", () => {
    for (const name of ["close", "ppoll", "openat"] as const) {
      for (const arch of ARCHITECTURES) expect(ask(name, [], { arch })).toBe("allow");
    }
  });
});

describe("without permission to spawn", () => {
  const THREAD = 0x3d0f00;

  test("threads start and processes do not", () => {
    for (const arch of ARCHITECTURES) {
      expect(ask("clone", [THREAD], { arch })).toBe("allow");
      expect(ask("clone", [17], { arch })).toBe("EPERM");
      expect(ask("clone", [17], { arch, spawn: true })).toBe("allow");
    }
    for (const name of ["fork", "vfork"] as const) {
      expect(ask(name)).toBe("EPERM");
      expect(ask(name, [], { spawn: true })).toBe("allow");
    }
  });

  test("a signal goes to the plugin itself only", () => {
    for (const name of ["kill", "tgkill", "rt_sigqueueinfo", "rt_tgsigqueueinfo"] as const) {
      expect(ask(name, [PID])).toBe("allow");
      for (const other of [PID + 1, 1, 0, 0xffffffff]) expect(ask(name, [other])).toBe("EPERM");
    }
  });

  test("the tie to the core's life cannot be undone", () => {
    expect(ask("prctl", [1, 0])).toBe("EPERM");
    expect(ask("prctl", [15])).toBe("allow");
  });
});

describe("if Landlock does not restrict truncation", () => {
  const O_TRUNC = 0o1000;

  test("a file cannot be truncated unless it is open for writing", () => {
    const given = { landlockAbi: 2 };
    expect(ask("truncate", [], given)).toBe("EPERM");
    expect(ask("openat2", [], given)).toBe("ENOSYS");
    expect(ask("open", [0, O_TRUNC], given)).toBe("EPERM");
    expect(
      [O_TRUNC, O_TRUNC | 1, O_TRUNC | 2, 0].map((flags) => ask("openat", [0, 0, flags], given)),
    ).toEqual(["EPERM", "allow", "allow", "allow"]);
  });

  test("later kernels leave it to Landlock", () => {
    for (const name of ["truncate", "openat2"] as const)
      expect(ask(name, [], { landlockAbi: 3 })).toBe("allow");
  });
});

describe("sockets", () => {
  const AF = { unix: 1, inet: 2, inet6: 10, netlink: 16 };
  const TYPE = { stream: 1, datagram: 2, raw: 3 };
  const CLOEXEC_NONBLOCK = 0o2004000;
  const FASTOPEN = 0x20000000;
  const MPTCP = 262;
  const SCTP = 132;

  test("of every kind are refused without network permission", () => {
    for (const arch of ARCHITECTURES) {
      for (const domain of Object.values(AF))
        for (const type of Object.values(TYPE))
          expect(ask("socket", [domain, type, 0], { arch })).toBe("EPERM");
      expect(ask("connect", [4, 0, 16], { arch })).toBe("EPERM");
    }
  });

  test("with network permission are TCP over IPv4, which connects and does not listen", () => {
    for (const arch of ARCHITECTURES) {
      const given = { arch, proxyPort: 4000 };
      for (const flags of [0, CLOEXEC_NONBLOCK])
        for (const protocol of [0, 6])
          expect(ask("socket", [AF.inet, TYPE.stream | flags, protocol], given)).toBe("allow");
      expect(ask("connect", [4, 0, 16], given)).toBe("allow");
      for (const domain of [AF.unix, AF.inet6, AF.netlink])
        expect(ask("socket", [domain, TYPE.stream, 0], given)).toBe("EPERM");
      for (const type of [TYPE.datagram, TYPE.raw])
        expect(ask("socket", [AF.inet, type | CLOEXEC_NONBLOCK, 0], given)).toBe("EPERM");
      for (const protocol of [MPTCP, SCTP])
        expect(ask("socket", [AF.inet, TYPE.stream, protocol], given)).toBe("EPERM");
      for (const call of ["bind", "listen", "accept4"] as const)
        expect(ask(call, [4, 0, 16], given)).toBe("EPERM");
    }
  });

  test("make no connection by sending, which Landlock would not see", () => {
    for (const arch of ARCHITECTURES) {
      const given = { arch, proxyPort: 4000 };
      expect(ask("sendto", [4, 0, 1, FASTOPEN | 0x4000], given)).toBe("EPERM");
      expect(ask("sendmmsg", [4, 0, 1, FASTOPEN], given)).toBe("EPERM");
      expect(ask("sendmsg", [4, 0, FASTOPEN], given)).toBe("EPERM");
      expect(ask("sendto", [4, 0, FASTOPEN, 0x4000], given)).toBe("allow");
      expect(ask("sendmsg", [4, 0, 0x4000], given)).toBe("allow");
    }
  });
});
