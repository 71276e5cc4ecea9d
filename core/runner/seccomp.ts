/**
 * The seccomp part of the sandbox: a BPF filter of system calls, for everything that Landlock cannot restrict. It lists
 * the refused calls, because nobody can list all calls that Bun and native libraries need.
 *
 * The kernel (5.11 and later) caches which calls always pass, so reading, writing and waiting do not run the filter.
 *
 * @module
 */
import type { SandboxPolicy } from "../../schemas/generated/launch.ts";
import { type Architecture, REFUSED, type SyscallName, syscallNumber } from "./syscalls.ts";

/** The inputs of the filter. */
export interface FilterInput {
  arch: Architecture;
  /** The process that the filter is for. */
  pid: number;
  policy: Pick<SandboxPolicy, "spawn" | "watch" | "landlockAbi" | "proxyPort">;
}

// linux/filter.h, linux/seccomp.h, linux/audit.h.
const LOAD = 0x20;
const AND = 0x54;
const JUMP = 0x05;
const JUMP_EQUAL = 0x15;
const JUMP_ABOVE = 0x25;
const RETURN = 0x06;
const KILL_PROCESS = 0x80000000;
const ALLOW = 0x7fff0000;
const ERRNO = 0x00050000;
const NUMBER_OFFSET = 0;
const ARCHITECTURE_OFFSET = 4;
const ARGUMENTS_OFFSET = 16;
const AUDIT_ARCHITECTURE = { x64: 0xc000003e, arm64: 0xc00000b7 };

/** The call does nothing and returns 0. */
const SUCCESS = 0;
const EPERM = 1;
const ENOSYS = 38;
const EOPNOTSUPP = 95;

/**
 * mseal, added in Linux 6.10. The filter refuses later calls as unknown, and all calls of x32, whose numbers have bit
 * 30 set.
 */
const LAST_KNOWN_CALL = 462;

const CLONE_THREAD = 0x00010000;
/** CLONE_PARENT, and CLONE_NEW* for mount, cgroup, uts, ipc, user, pid and net. */
const CLONE_NEVER = 0x00008000 | 0x00020000 | 0x7e000000;
const F_SETOWN = 8;
const F_SETOWN_EX = 15;
const F_SETLEASE = 1024;
const F_NOTIFY = 1026;
/** TIOCSTI, TIOCLINUX, FIOSETOWN, SIOCSPGRP: they type into a terminal or cause a signal. */
const IOCTL_NEVER = [0x5412, 0x541c, 0x8901, 0x8902];
/**
 * The second lowest byte of the requests to file systems: "f" (ext4, encryption, verity), "X" (XFS, freezing), "v" (version
 * of an inode), 0x94 (Btrfs) and 0xf5 (F2FS). They change flags and attributes through descriptors open for reading.
 */
const IOCTL_TYPE = 0xff00;
const IOCTL_OF_FILE_SYSTEMS = [0x6600, 0x5800, 0x7600, 0x9400, 0xf500];
const AT_EMPTY_PATH = 0x1000;
const PR_SET_PDEATHSIG = 1;
const PR_SET_DUMPABLE = 4;
/** Carries the mark of the process's tree. See core/instances/process-tree.ts. */
const RLIMIT_LOCKS = 10;
const SOCKET_TYPE = 0xf;
const SOCK_STREAM = 1;
const AF_INET = 2;
const IPPROTO_TCP = 6;
const MSG_FASTOPEN = 0x20000000;
const O_ACCMODE = 0o3;
const O_TRUNC = 0o1000;

/** Tests the low 32 bits of one argument, after `mask` if there is one. */
interface Condition {
  argument: number;
  mask?: number;
  oneOf: readonly number[];
}

/** Refuses calls: always, `when` a condition is true, or `unless` one is true. */
interface Rule {
  calls: readonly SyscallName[];
  when?: Condition;
  unless?: Condition;
  /** EPERM if absent. */
  errno?: number;
}

/** @returns the filter as `struct sock_filter[]`, 8 bytes per instruction */
export function seccompFilter(input: FilterInput): Uint8Array {
  const instructions = [
    statement(LOAD, ARCHITECTURE_OFFSET),
    jump(JUMP_EQUAL, AUDIT_ARCHITECTURE[input.arch], 1, 0),
    statement(RETURN, KILL_PROCESS),
    statement(LOAD, NUMBER_OFFSET),
    jump(JUMP_ABOVE, LAST_KNOWN_CALL, 0, 1),
    statement(RETURN, ERRNO | ENOSYS),
  ];
  for (const rule of rules(input)) {
    for (const call of rule.calls) {
      const number = syscallNumber(call, input.arch);
      if (number === null) continue;
      const body = refusal(rule);
      instructions.push(jump(JUMP_EQUAL, number, 0, body.length), ...body);
    }
  }
  instructions.push(statement(RETURN, ALLOW));
  return new Uint8Array(new BigUint64Array(instructions).buffer);
}

function rules({ pid, policy }: FilterInput): Rule[] {
  const always: Rule[] = [
    { calls: Object.keys(REFUSED) as SyscallName[] },
    // Its flags are behind a pointer, which a filter cannot read. The C library falls back to clone.
    { calls: ["clone3"], errno: ENOSYS },
    { calls: ["clone"], unless: { argument: 0, mask: CLONE_NEVER, oneOf: [0] } },
    // A datagram socket can send to any address, even if it is connected.
    { calls: ["socketpair"], unless: { argument: 1, mask: SOCKET_TYPE, oneOf: [SOCK_STREAM] } },
    // A lease delays other processes that open the file.
    { calls: ["fcntl"], when: { argument: 1, oneOf: [F_SETOWN, F_SETOWN_EX, F_SETLEASE, F_NOTIFY] } },
    { calls: ["ioctl"], when: { argument: 1, oneOf: IOCTL_NEVER } },
    // What a file system without these requests answers. Programs that copy files then read and write instead.
    {
      calls: ["ioctl"],
      when: { argument: 1, mask: IOCTL_TYPE, oneOf: IOCTL_OF_FILE_SYSTEMS },
      errno: EOPNOTSUPP,
    },
    // Landlock allows every access to such a file, also to execute it, and the memory limit does not see it. Libraries
    // use a temporary file on kernels that do not have these calls.
    { calls: ["memfd_create", "memfd_secret"], errno: ENOSYS },
    { calls: ["execveat"], when: { argument: 4, mask: AT_EMPTY_PATH, oneOf: [AT_EMPTY_PATH] } },
    // A process that may start others is held to this as well: the limits of the core could end it.
    { calls: ["prlimit64", "sched_setaffinity"], unless: { argument: 0, oneOf: [0, pid] } },
    // Nor can it lose the mark by which it is found.
    { calls: ["prlimit64"], when: { argument: 1, oneOf: [RLIMIT_LOCKS] } },
    { calls: ["setrlimit"], when: { argument: 0, oneOf: [RLIMIT_LOCKS] } },
    // It would hide from the core, unless that is root, what memory and files it holds.
    { calls: ["prctl"], when: { argument: 0, oneOf: [PR_SET_DUMPABLE] } },
  ];
  // Landlock does not restrict which files are watched. The user's limit of 128 instances is for all processes.
  const noWatching: Rule[] = [{ calls: ["inotify_init", "inotify_init1"] }];
  // Sockets of any family: a Unix socket can be as powerful as the network.
  const noSockets: Rule[] = [{ calls: ["socket", "connect"] }];
  // Only TCP over IPv4; Landlock limits it to the proxy's port. Landlock restricts neither UDP, nor other stream
  // protocols (MPTCP, SCTP), nor a connection that a send makes (TCP Fast Open).
  const tcpAlone: Rule[] = [
    { calls: ["socket"], unless: { argument: 0, oneOf: [AF_INET] } },
    { calls: ["socket"], unless: { argument: 1, mask: SOCKET_TYPE, oneOf: [SOCK_STREAM] } },
    { calls: ["socket"], unless: { argument: 2, oneOf: [0, IPPROTO_TCP] } },
    { calls: ["sendmsg"], when: { argument: 2, mask: MSG_FASTOPEN, oneOf: [MSG_FASTOPEN] } },
    { calls: ["sendto", "sendmmsg"], when: { argument: 3, mask: MSG_FASTOPEN, oneOf: [MSG_FASTOPEN] } },
  ];
  // A filter cannot distinguish signals to a plugin's own children from other signals. With `spawn`, Landlock's ABI 6
  // restricts them.
  const alone: Rule[] = [
    { calls: ["fork", "vfork", "pidfd_open", "tkill"] },
    { calls: ["clone"], unless: { argument: 0, mask: CLONE_THREAD, oneOf: [CLONE_THREAD] } },
    {
      calls: ["kill", "tgkill", "rt_sigqueueinfo", "rt_tgsigqueueinfo"],
      unless: { argument: 0, oneOf: [pid] },
    },
    // The process must still end with the core.
    { calls: ["prctl"], when: { argument: 0, oneOf: [PR_SET_PDEATHSIG] } },
  ];
  // All that the plugin starts stays in its process group, so that the core can kill all of it in one step: the kernel lets none
  // of a group start another process meanwhile. Programs that ask for a group of their own run on without one.
  const oneGroup: Rule[] = [{ calls: ["setpgid", "setsid"], errno: SUCCESS }];
  // Landlock restricts truncation from ABI 3 on.
  const truncation: Rule[] = [
    { calls: ["truncate"] },
    { calls: ["openat2"], errno: ENOSYS },
    { calls: ["open"], when: { argument: 1, mask: O_ACCMODE | O_TRUNC, oneOf: [O_TRUNC] } },
    { calls: ["openat"], when: { argument: 2, mask: O_ACCMODE | O_TRUNC, oneOf: [O_TRUNC] } },
  ];
  const sockets = policy.proxyPort === undefined ? noSockets : tcpAlone;
  return [
    ...always,
    ...sockets,
    ...(policy.watch ? [] : noWatching),
    ...(policy.spawn ? oneGroup : alone),
    ...(policy.landlockAbi < 3 ? truncation : []),
  ];
}

/** @returns the instructions after the test of a call's number. At their end the number is in the accumulator again */
function refusal({ when, unless, errno = EPERM }: Rule): bigint[] {
  const refuse = statement(RETURN, ERRNO | errno);
  const condition = when ?? unless;
  if (!condition) return [refuse];
  const { argument, mask, oneOf } = condition;
  return [
    // Little endian: the low half comes first.
    statement(LOAD, ARGUMENTS_OFFSET + argument * 8),
    ...(mask === undefined ? [] : [statement(AND, mask)]),
    // Jumps over the instruction after the tests: to the refusal for `when`, to the end for `unless`.
    ...oneOf.map((value, index) => jump(JUMP_EQUAL, value, oneOf.length - index, 0)),
    ...(when ? [statement(JUMP, 1)] : []),
    refuse,
    statement(LOAD, NUMBER_OFFSET),
  ];
}

function statement(code: number, value: number): bigint {
  return jump(code, value, 0, 0);
}

/** @returns `struct sock_filter`: u16 code, u8 instructions to skip if true, u8 if false, u32 value */
function jump(code: number, value: number, ifTrue: number, ifFalse: number): bigint {
  return BigInt(code) | (BigInt(ifTrue) << 16n) | (BigInt(ifFalse) << 24n) | (BigInt(value >>> 0) << 32n);
}
