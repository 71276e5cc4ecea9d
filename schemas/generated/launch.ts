// Generated from JSON Schema by `bun run types`. Do not edit.
/**
 * What the core tells the launcher, as one JSON argument: the sandbox to take on, then the program to become.
 */
export interface LaunchSpec {
  sandbox: SandboxPolicy | null;
  /**
   * Absolute path of the program, then its arguments.
   *
   * @minItems 1
   */
  argv: string[];
}
/**
 * What the process may do; everything else is refused by the kernel. All paths are absolute and exist.
 *
 * This interface was referenced by `LaunchSpec`'s JSON-Schema
 * via the `definition` "SandboxPolicy".
 */
export interface SandboxPolicy {
  /**
   * Files and folders to read.
   */
  read: string[];
  /**
   * Files and folders to read and write.
   */
  write: string[];
  /**
   * Programs that may be executed.
   */
  execute: string[];
  /**
   * Whether processes may be created.
   */
  spawn: boolean;
  /**
   * The kernel's Landlock ABI version, as measured by the core.
   */
  landlockAbi: number;
  /**
   * Whether to add the seccomp filter.
   */
  seccomp: boolean;
  /**
   * The port of the core's egress proxy, the only one that may be connected to, by TCP over IPv4. Absent: no network.
   */
  proxyPort?: number;
}
