/**
 * The first code of a plugin process: `bun core/runner/launch.ts SPEC`, where SPEC is a LaunchSpec in JSON. It binds
 * the process's life to the core's, applies the sandbox, and executes the plugin's program. The sandbox must come
 * first, because Landlock and seccomp do not restrict threads that already run.
 *
 * If a step fails, it exits with code 78 (EX_CONFIG of sysexits.h) and prints one line on stderr. No plugin runs in a
 * partial sandbox.
 *
 * Every start of a plugin runs this file, so it imports very little.
 *
 * @module
 */
import { ptr as addressOf } from "bun:ffi";
import type { LaunchSpec, SandboxPolicy } from "../../schemas/generated/launch.ts";
import { restrictFiles } from "./landlock.ts";
import { type Exec, type Kernel, openLinux, openMacos } from "./libc.ts";
import { seccompFilter } from "./seccomp.ts";

const EXIT_CANNOT_LAUNCH = 78;

// linux/prctl.h, linux/capability.h, linux/close_range.h, poll.h.
const PR_SET_PDEATHSIG = 1;
const PR_SET_SECCOMP = 22;
const PR_SET_NO_NEW_PRIVS = 38;
const SECCOMP_MODE_FILTER = 2;
const SIGKILL = 9;
const CAPABILITY_VERSION_3 = 0x20080522;
/**
 * CAP_DAC_OVERRIDE and CAP_DAC_READ_SEARCH: a process run as root reads files of any owner, if Landlock allows the
 * path.
 */
const KEPT_CAPABILITIES = (1 << 1) | (1 << 2);
const CLOSE_RANGE_CLOEXEC = 4;
const RLIMIT_LOCKS = 10;
const PROTOCOL_FD = 3;
const POLLHUP = 0x10;

let step = "read the launch spec";
try {
  const spec: LaunchSpec = JSON.parse(process.argv[2] ?? "");
  step = "open the C library";
  if (process.platform === "darwin") become(spec, openMacos());
  const linux = openLinux();
  dieWithParent(linux);
  if (spec.mark !== undefined) setMark(spec.mark, linux);
  if (spec.sandbox) takeOn(spec.sandbox, linux);
  become(spec, linux);
} catch (error) {
  console.error(`Cannot ${step}: ${error instanceof Error ? error.message : error}`);
  process.exit(EXIT_CANNOT_LAUNCH);
}

function become(spec: LaunchSpec, libc: Exec): never {
  step = "execute the plugin's program";
  libc.exec(spec.argv);
}

function dieWithParent(kernel: Kernel): void {
  step = "bind this process to its parent's life";
  kernel.call("prctl", PR_SET_PDEATHSIG, SIGKILL);
  // A parent that ended before this call sends no signal, but its end of the socket is closed.
  const poll = new DataView(new ArrayBuffer(8));
  poll.setInt32(0, PROTOCOL_FD, true);
  const now = new Uint8Array(16);
  kernel.call("ppoll", new Uint8Array(poll.buffer), 1, now, null, 0);
  if (poll.getUint16(6, true) & POLLHUP) throw new Error("the parent has already ended");
}

/** Everything that this process starts inherits the mark. See core/instances/process-tree.ts. */
function setMark(mark: number, kernel: Kernel): void {
  step = "mark what the plugin starts";
  const limit = new Uint8Array(new BigUint64Array([BigInt(mark), BigInt(mark)]).buffer);
  kernel.call("prlimit64", 0, RLIMIT_LOCKS, limit, null);
}

function takeOn(policy: SandboxPolicy, kernel: Kernel): void {
  step = "keep inherited files from the plugin";
  kernel.call("close_range", PROTOCOL_FD + 1, 0xffffffff, CLOSE_RANGE_CLOEXEC);
  step = "give up privileges";
  kernel.call("prctl", PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0);
  dropCapabilities(kernel);
  step = `apply the Landlock rules (ABI ${policy.landlockAbi})`;
  restrictFiles(policy, kernel);
  if (!policy.seccomp) return;
  step = "apply the seccomp filter";
  const { arch, pid } = process;
  if (arch !== "x64" && arch !== "arm64") throw new Error(`there is none for ${arch}`);
  const filter = seccompFilter({ arch, pid, policy });
  kernel.call("prctl", PR_SET_SECCOMP, SECCOMP_MODE_FILTER, filterProgram(filter));
}

/** Without this, root in a container could raise its limits, change file owners, or set the clock. */
function dropCapabilities(kernel: Kernel): void {
  const header = new Uint8Array(new Uint32Array([CAPABILITY_VERSION_3, 0]).buffer);
  // Low and high half of 64 capabilities, each: effective, permitted, inheritable.
  const sets = new Uint32Array(6);
  const bytes = new Uint8Array(sets.buffer);
  kernel.call("capget", header, bytes);
  sets.set([sets[0]! & KEPT_CAPABILITIES, sets[1]! & KEPT_CAPABILITIES, 0, 0, 0, 0]);
  kernel.call("capset", header, bytes);
}

/** @returns `struct sock_fprog`: u16 number of instructions, then their address */
function filterProgram(filter: Uint8Array): Uint8Array {
  const program = new DataView(new ArrayBuffer(16));
  program.setUint16(0, filter.length / 8, true);
  program.setBigUint64(8, BigInt(addressOf(filter)), true);
  return new Uint8Array(program.buffer);
}
