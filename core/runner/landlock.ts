/**
 * The Landlock part of the sandbox. It limits which files the plugin may read, write and execute. Depending on the
 * kernel's ABI, it also refuses TCP except to the egress proxy's port, device ioctls, and abstract Unix sockets of and
 * signals to other processes. Rights and structures come from linux/landlock.h.
 *
 * @module
 */
import type { SandboxPolicy } from "../../schemas/generated/launch.ts";
import { cString, type Kernel, SystemCallError } from "./libc.ts";

/** LANDLOCK_ACCESS_FS_*. */
export const ACCESS = {
  execute: 1 << 0,
  writeFile: 1 << 1,
  readFile: 1 << 2,
  readDir: 1 << 3,
  removeDir: 1 << 4,
  removeFile: 1 << 5,
  makeChar: 1 << 6,
  makeDir: 1 << 7,
  makeReg: 1 << 8,
  makeSock: 1 << 9,
  makeFifo: 1 << 10,
  makeBlock: 1 << 11,
  makeSym: 1 << 12,
  refer: 1 << 13,
  truncate: 1 << 14,
  ioctlDev: 1 << 15,
} as const;

const READ = ACCESS.readFile | ACCESS.readDir;
// Writing never includes the right to make device files.
const WRITE =
  READ |
  ACCESS.writeFile |
  ACCESS.removeDir |
  ACCESS.removeFile |
  ACCESS.makeDir |
  ACCESS.makeReg |
  ACCESS.makeSock |
  ACCESS.makeFifo |
  ACCESS.makeSym |
  ACCESS.refer |
  ACCESS.truncate |
  ACCESS.ioctlDev;
const EXECUTE = ACCESS.execute | ACCESS.readFile;
/** The rights that a rule for a file may have. The kernel refuses the others with EINVAL. */
const OF_A_FILE = ACCESS.execute | ACCESS.writeFile | ACCESS.readFile | ACCESS.truncate | ACCESS.ioctlDev;

const NET_BIND_AND_CONNECT_TCP = 0b11n;
const SCOPE_ABSTRACT_UNIX_AND_SIGNAL = 0b11n;
const NET_CONNECT_TCP = 0b10n;
const RULE_PATH_BENEATH = 1;
const RULE_NET_PORT = 2;
const O_PATH_CLOEXEC = 0o10000000 | 0o2000000;
// linux/openat2.h
const RESOLVE_NO_SYMLINKS = 0x04;
const EINVAL = 22;

/** @returns the file rights of an ABI version. The kernel refuses all of them unless a rule grants them */
export function fileRights(abi: number): number {
  const count = abi >= 5 ? 16 : abi >= 3 ? 15 : abi === 2 ? 14 : 13;
  return 2 ** count - 1;
}

/** @returns `struct landlock_ruleset_attr` of the ABI version's size, with every right that this version supports */
export function rulesetAttributes(abi: number): Uint8Array {
  const fields = [BigInt(fileRights(abi))];
  if (abi >= 4) fields.push(NET_BIND_AND_CONNECT_TCP);
  if (abi >= 6) fields.push(SCOPE_ABSTRACT_UNIX_AND_SIGNAL);
  return new Uint8Array(new BigUint64Array(fields).buffer);
}

/**
 * @returns each path with the rights that the policy gives it. The rights of a path that is listed twice are combined
 */
export function pathRights(policy: SandboxPolicy): Map<string, number> {
  const rights = new Map<string, number>();
  const allow = (paths: string[], access: number) => {
    for (const path of paths) rights.set(path, (rights.get(path) ?? 0) | access);
  };
  allow(policy.read, READ);
  allow(policy.write, WRITE);
  allow(policy.execute, EXECUTE);
  return rights;
}

/**
 * Restricts the calling thread, and the program that it executes, to the policy. Needs PR_SET_NO_NEW_PRIVS. Other
 * running threads are not restricted: execute another program afterwards.
 *
 * @throws {SystemCallError} if the kernel refuses, or a path does not exist
 */
export function restrictFiles(policy: SandboxPolicy, kernel: Kernel): void {
  const attributes = rulesetAttributes(policy.landlockAbi);
  const ruleset = kernel.call("landlock_create_ruleset", attributes, attributes.length, 0);
  const known = fileRights(policy.landlockAbi);
  for (const [path, rights] of pathRights(policy)) addRule(kernel, ruleset, path, rights & known);
  if (policy.proxyPort !== undefined && policy.landlockAbi >= 4) {
    kernel.call("landlock_add_rule", ruleset, RULE_NET_PORT, connectTo(policy.proxyPort), 0);
  }
  kernel.call("landlock_restrict_self", ruleset, 0);
  kernel.call("close", ruleset);
}

function addRule(kernel: Kernel, ruleset: number, path: string, rights: number): void {
  try {
    const file = openWithoutLinks(kernel, path);
    try {
      kernel.call("landlock_add_rule", ruleset, RULE_PATH_BENEATH, beneath(rights, file), 0);
    } catch (error) {
      // Trying again is cheaper than checking first for every path whether it is a folder.
      if (!(error instanceof SystemCallError && error.errno === EINVAL)) throw error;
      kernel.call("landlock_add_rule", ruleset, RULE_PATH_BENEATH, beneath(rights & OF_A_FILE, file), 0);
    }
    kernel.call("close", file);
  } catch (error) {
    if (error instanceof SystemCallError) throw new SystemCallError(`${error.call} ${path}`, error.errno);
    throw error;
  }
}

/**
 * The core has resolved the links of all paths. A plugin that runs already could have put a link into one since, and with
 * that it would be granted another file. So a link is an error: ELOOP.
 */
function openWithoutLinks(kernel: Kernel, path: string): number {
  // /proc/self is a link, which leads to the folder of this process.
  if (path.startsWith("/proc/")) return kernel.call("openat", 0, cString(path), O_PATH_CLOEXEC);
  // struct open_how: flags, mode, resolve.
  const how = new BigUint64Array([BigInt(O_PATH_CLOEXEC), 0n, BigInt(RESOLVE_NO_SYMLINKS)]);
  return kernel.call("openat2", 0, cString(path), new Uint8Array(how.buffer), how.byteLength);
}

/** @returns `struct landlock_path_beneath_attr`, packed: u64 rights, i32 file descriptor */
function beneath(rights: number, file: number): Uint8Array {
  const attributes = new DataView(new ArrayBuffer(12));
  attributes.setBigUint64(0, BigInt(rights), true);
  attributes.setInt32(8, file, true);
  return new Uint8Array(attributes.buffer);
}

/** @returns `struct landlock_net_port_attr`: u64 rights, u64 port in the machine's byte order */
export function connectTo(port: number): Uint8Array {
  return new Uint8Array(new BigUint64Array([NET_CONNECT_TCP, BigInt(port)]).buffer);
}
