/**
 * The seccomp part of the sandbox: a BPF filter over system calls, for what Landlock does not hold. It is a list of what
 * is refused, since what Bun and native libraries call is not known beforehand.
 *
 * The kernel (5.11 and later) works out once which calls pass whatever their arguments, so reading, writing and waiting
 * do not run the filter at all.
 *
 * @module
 */
import type { SandboxPolicy } from "../../schemas/generated/launch.ts";
import { type Architecture, REFUSED, type SyscallName, syscallNumber } from "./syscalls.ts";

/** What the filter depends on. */
export interface FilterInput {
  arch: Architecture;
  /** The process that the filter is for. */
  pid: number;
  policy: Pick<SandboxPolicy, "spawn" | "landlockAbi" | "proxyPort">;
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

const EPERM = 1;
const ENOSYS = 38;

/**
 * mseal, of Linux 6.10. Calls that were added later are refused as unknown, and so are those of x32, whose numbers have
 * bit 30 set.
 */
const LAST_KNOWN_CALL = 462;

const CLONE_THREAD = 0x00010000;
/** CLONE_PARENT, and CLONE_NEW* for mount, cgroup, uts, ipc, user, pid and net. */
const CLONE_NEVER = 0x00008000 | 0x00020000 | 0x7e000000;
const F_SETOWN = 8;
const F_SETOWN_EX = 15;
/** TIOCSTI, TIOCLINUX, FIOSETOWN, SIOCSPGRP: type into a terminal, have a signal sent. */
const IOCTL_NEVER = [0x5412, 0x541c, 0x8901, 0x8902];
const PR_SET_PDEATHSIG = 1;
const SOCKET_TYPE = 0xf;
const SOCK_STREAM = 1;
const AF_INET = 2;
const IPPROTO_TCP = 6;
const MSG_FASTOPEN = 0x20000000;
const O_ACCMODE = 0o3;
const O_TRUNC = 0o1000;

/** Looks at the low 32 bits of one argument, or at those of them that `mask` keeps. */
interface Condition {
  argument: number;
  mask?: number;
  oneOf: readonly number[];
}

/** Refuses calls: always, or when a condition holds, or unless one holds. */
interface Rule {
  calls: readonly SyscallName[];
  when?: Condition;
  unless?: Condition;
  /** EPERM if absent. */
  errno?: number;
}

/** @returns the filter as `struct sock_filter[]`, 8 bytes an instruction */
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
    // Its flags are behind a pointer, where no filter can look; the C library falls back on clone.
    { calls: ["clone3"], errno: ENOSYS },
    { calls: ["clone"], unless: { argument: 0, mask: CLONE_NEVER, oneOf: [0] } },
    // A datagram socket, connected or not, sends to any address.
    { calls: ["socketpair"], unless: { argument: 1, mask: SOCKET_TYPE, oneOf: [SOCK_STREAM] } },
    { calls: ["fcntl"], when: { argument: 1, oneOf: [F_SETOWN, F_SETOWN_EX] } },
    { calls: ["ioctl"], when: { argument: 1, oneOf: IOCTL_NEVER } },
  ];
  // Of any family: a Unix socket can be as powerful as the network.
  const noSockets: Rule[] = [{ calls: ["socket", "connect"] }];
  // TCP over IPv4 to the proxy, whose port Landlock holds it to. Landlock holds neither UDP nor what else makes a stream
  // (MPTCP, SCTP), and no connection that is made by sending.
  const tcpAlone: Rule[] = [
    { calls: ["socket"], unless: { argument: 0, oneOf: [AF_INET] } },
    { calls: ["socket"], unless: { argument: 1, mask: SOCKET_TYPE, oneOf: [SOCK_STREAM] } },
    { calls: ["socket"], unless: { argument: 2, oneOf: [0, IPPROTO_TCP] } },
    { calls: ["sendmsg"], when: { argument: 2, mask: MSG_FASTOPEN, oneOf: [MSG_FASTOPEN] } },
    { calls: ["sendto", "sendmmsg"], when: { argument: 3, mask: MSG_FASTOPEN, oneOf: [MSG_FASTOPEN] } },
  ];
  // Signals between a plugin and its children cannot be told from others here: with `spawn`, Landlock's ABI 6 holds them.
  const alone: Rule[] = [
    { calls: ["fork", "vfork", "pidfd_open", "tkill"] },
    { calls: ["clone"], unless: { argument: 0, mask: CLONE_THREAD, oneOf: [CLONE_THREAD] } },
    {
      calls: ["kill", "tgkill", "rt_sigqueueinfo", "rt_tgsigqueueinfo"],
      unless: { argument: 0, oneOf: [pid] },
    },
    { calls: ["prlimit64"], unless: { argument: 0, oneOf: [0, pid] } },
    // Stays bound to the life of the core.
    { calls: ["prctl"], when: { argument: 0, oneOf: [PR_SET_PDEATHSIG] } },
  ];
  // Landlock holds truncation from ABI 3.
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
    ...(policy.spawn ? [] : alone),
    ...(policy.landlockAbi < 3 ? truncation : []),
  ];
}

/** @returns the instructions behind the test of a call's number, which is in the accumulator again at their end */
function refusal({ when, unless, errno = EPERM }: Rule): bigint[] {
  const refuse = statement(RETURN, ERRNO | errno);
  const condition = when ?? unless;
  if (!condition) return [refuse];
  const { argument, mask, oneOf } = condition;
  return [
    // Little endian: the low half comes first.
    statement(LOAD, ARGUMENTS_OFFSET + argument * 8),
    ...(mask === undefined ? [] : [statement(AND, mask)]),
    // Onto what follows the instruction behind the tests: the refusal for `when`, the end for `unless`.
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
