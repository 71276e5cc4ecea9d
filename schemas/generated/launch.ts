// Generated from JSON Schema by `bun run types`. Do not edit.
/**
 * What the core sends to the launcher, as one JSON argument: the sandbox to apply, then the program to execute.
 */
export interface LaunchSpec {
  sandbox: SandboxPolicy | null;
  /**
   * Absolute path of the program, then its arguments.
   *
   * @minItems 1
   */
  argv: string[];
  /**
   * Limit of file locks (RLIMIT_LOCKS) that the process and all that it starts get, so that they can be found. Absent: it cannot start processes.
   */
  mark?: number;
}
/**
 * What the process may do. The kernel refuses everything else. All paths are absolute and exist.
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
   * Whether the process may watch files for changes (inotify). Absent: it may not.
   */
  watch?: boolean;
  /**
   * The kernel's Landlock ABI version, as found by the core.
   */
  landlockAbi: number;
  /**
   * Whether to add the seccomp filter.
   */
  seccomp: boolean;
  /**
   * Port of the core's egress proxy. The process may connect to this port only, by TCP over IPv4. Absent: no network.
   */
  proxyPort?: number;
}
