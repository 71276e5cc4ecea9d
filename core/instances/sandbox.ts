/**
 * What a plugin process may do: from the permissions that a plugin was granted to the policy that core/runner/launch.ts
 * takes on.
 *
 * The kernel holds files (Landlock), and sockets, processes and signals (seccomp, and Landlock from ABI 6). What is not
 * held: the name, size and times of a file can be asked for (stat) even where its content cannot be read; below ABI 6 a
 * plugin with `spawn` can signal other processes of the user. Landlock's rule for TCP names a port and no address: a
 * plugin that was granted network can reach the proxy's port, another one at each start, on other machines as well.
 *
 * @module
 */
import { existsSync, readdirSync, realpathSync } from "node:fs";
import { join } from "node:path";
import type { SandboxPolicy } from "../../schemas/generated/launch.ts";
import type { SandboxSupport } from "./sandbox-support.ts";

export { type SandboxSupport, sandboxSupport } from "./sandbox-support.ts";

/** What a plugin was granted; paths are absolute, and those that do not exist are left out. */
export interface SandboxInput {
  /** Files and folders, the plugin's own folder among them. */
  read: readonly string[];
  /** Files and folders to read, change, create in and delete from. */
  write: readonly string[];
  /** Programs, as absolute paths, links resolved or not. */
  execute: readonly string[];
  /** Whether it may create processes: of `execute`, and of Bun itself. */
  spawn: boolean;
  /** Port of the egress proxy; undefined: it has no network. */
  proxyPort?: number | undefined;
  /** Whether it uses an NVIDIA GPU. A wide profile, fixed beforehand and not tried on a GPU. */
  cuda: boolean;
}

const ROOT = join(import.meta.dir, "../..");

/** Environment of every plugin process, beside what it was granted; it needs neither HOME nor PATH. */
export const SANDBOX_ENV: Readonly<Record<string, string>> = {
  // Else Bun looks for a place to write compiled files to.
  BUN_RUNTIME_TRANSPILER_CACHE_PATH: "0",
  // Bun finds node_modules by listing the folders above a file, which the sandbox refuses; by this it needs no list. It
  // also lets a plugin outside the tree import what the engine ships, after what it has itself.
  NODE_PATH: join(ROOT, "node_modules"),
  BUN_ENABLE_CRASH_REPORTING: "0",
  DO_NOT_TRACK: "1",
  // Else onnxruntime warns of each file that it may not write.
  ORT_DISABLE_TELEMETRY: "1",
};

/**
 * Where the code is that every plugin process runs. All of core/, as Bun lists the folder that a relative import names;
 * there is no secret in it.
 */
const ENGINE = ["core", "schemas", "node_modules", "package.json", "tsconfig.json"].map((path) =>
  join(ROOT, path),
);

/** Debian keeps the libraries of an architecture apart; elsewhere they are all in /lib or /lib64. */
const MULTIARCH = { x64: "x86_64-linux-gnu", arm64: "aarch64-linux-gnu" }[process.arch as "x64" | "arm64"];
const LIBRARIES = existsSync(`/usr/lib/${MULTIARCH}`)
  ? [`/lib/${MULTIARCH}`, `/usr/lib/${MULTIARCH}`]
  : ["/lib", "/lib64", "/usr/lib", "/usr/lib64"];

const LOADERS = ["/lib64/ld-linux-x86-64.so.2", "/lib/ld-linux-aarch64.so.1"];

const SYSTEM = [
  ...LIBRARIES,
  "/etc/ld.so.cache",
  // Without its own memory map Bun aborts. The kernel gives each process its own folder by this name, hence no realpath.
  "/proc/self",
  // How many cores there are, and how much memory: Bun and onnxruntime size their pools by these.
  "/proc/cpuinfo",
  "/proc/meminfo",
  "/proc/stat",
  "/sys/devices/system/cpu",
  "/sys/fs/cgroup",
  "/etc/localtime",
  "/dev/urandom",
  "/dev/zero",
];

/** For CUDA: the driver's devices and what it reads of the machine. */
const CUDA_READ = [
  "/proc/driver",
  "/proc/devices",
  "/proc/modules",
  "/sys",
  "/etc/OpenCL",
  "/usr/local/cuda",
];

/**
 * @param input what the plugin was granted
 * @param support of this kernel
 * @returns the policy to launch its process with; null where the kernel has no Landlock
 */
export function sandboxPolicy(input: SandboxInput, support: SandboxSupport): SandboxPolicy | null {
  if (support.landlockAbi === 0) return null;
  const cuda = input.cuda ? { read: CUDA_READ, write: nvidiaDevices() } : { read: [], write: [] };
  return {
    read: resolve([...SYSTEM, ...ENGINE, ...input.read, ...cuda.read]),
    write: resolve(["/dev/null", ...input.write, ...cuda.write]),
    execute: resolve([process.execPath, ...LOADERS, ...input.execute]),
    spawn: input.spawn,
    landlockAbi: support.landlockAbi,
    seccomp: support.seccomp,
    ...(input.proxyPort !== undefined && { proxyPort: input.proxyPort }),
  };
}

/** @returns the paths that exist, each once, with links resolved, as Landlock's rules are for what a path leads to */
function resolve(paths: readonly string[]): string[] {
  const resolved = paths
    .filter((path) => existsSync(path))
    .map((path) => (path.startsWith("/proc/") ? path : realpathSync(path)));
  return [...new Set(resolved)];
}

function nvidiaDevices(): string[] {
  return readdirSync("/dev")
    .filter((name) => name.startsWith("nvidia"))
    .map((name) => `/dev/${name}`);
}
