/**
 * What a plugin process may do: turns granted permissions into the policy that core/runner/launch.ts applies.
 *
 * Landlock restricts files; seccomp restricts sockets, processes and signals; from ABI 6 on Landlock restricts signals too.
 * Three things are not restricted. A plugin can ask for the name, size and times of any file (stat), even where it cannot
 * read the content. Below ABI 6 a plugin with `spawn` can send signals to other processes of the user. Landlock's rule for
 * TCP names a port and no address: a plugin with network can reach the proxy's port on other machines as well. That port
 * is another one at each start.
 *
 * @module
 */
import { existsSync, readdirSync, realpathSync } from "node:fs";
import { join } from "node:path";
import type { SandboxPolicy } from "../../schemas/generated/launch.ts";
import type { SandboxSupport } from "./sandbox-support.ts";

export { type SandboxSupport, sandboxSupport } from "./sandbox-support.ts";

/** What a plugin was granted. Paths are absolute; paths that do not exist are left out of the policy. */
export interface SandboxInput {
  /**
   * Paths whose links were resolved and checked. They are taken as they are: if they were resolved again, the plugin could
   * have put a link there since.
   */
  checked?: { read: readonly string[]; write: readonly string[]; execute: readonly string[] };
  /** Files and folders, the plugin's own folder among them. */
  read: readonly string[];
  /** Files and folders to read, change, create in and delete from. */
  write: readonly string[];
  /** Absolute paths of programs; they may be links. */
  execute: readonly string[];
  /** Whether it may start processes: the programs of `execute`, and Bun. */
  spawn: boolean;
  /** Whether it may be told of changes of files. It is told even of files that it may not read. False if absent. */
  watch?: boolean;
  /** Port of the egress proxy; undefined: it has no network. */
  proxyPort?: number | undefined;
  /** Whether it uses an NVIDIA GPU. The rules for that are broad, and were not tried on a GPU. */
  cuda: boolean;
}

const ROOT = join(import.meta.dir, "../..");

/** Environment of every plugin process, in addition to what it was granted. It needs neither HOME nor PATH. */
export const SANDBOX_ENV: Readonly<Record<string, string>> = {
  // Without this, Bun looks for a folder for compiled files.
  BUN_RUNTIME_TRANSPILER_CACHE_PATH: "0",
  // Bun finds node_modules by listing the folders above a file, which the sandbox refuses. With this variable it lists
  // nothing. A plugin outside the tree can also import the packages of the engine; its own packages come first.
  NODE_PATH: join(ROOT, "node_modules"),
  BUN_ENABLE_CRASH_REPORTING: "0",
  DO_NOT_TRACK: "1",
  // Without this, onnxruntime warns about each file that it may not write.
  ORT_DISABLE_TELEMETRY: "1",
};

/**
 * The code that every plugin process runs. All of core/ is readable because Bun lists the folder of a relative import.
 * It contains no secret.
 */
const ENGINE = ["core", "schemas", "node_modules", "package.json", "tsconfig.json"].map((path) =>
  join(ROOT, path),
);

/** Debian has a library folder for each architecture; other systems use /lib and /lib64. */
const MULTIARCH = { x64: "x86_64-linux-gnu", arm64: "aarch64-linux-gnu" }[process.arch as "x64" | "arm64"];
const LIBRARIES = existsSync(`/usr/lib/${MULTIARCH}`)
  ? [`/lib/${MULTIARCH}`, `/usr/lib/${MULTIARCH}`]
  : ["/lib", "/lib64", "/usr/lib", "/usr/lib64"];

const LOADERS = ["/lib64/ld-linux-x86-64.so.2", "/lib/ld-linux-aarch64.so.1"];

const SYSTEM = [
  ...LIBRARIES,
  "/etc/ld.so.cache",
  // Bun aborts if it cannot read its own memory map. The link "self" leads to another folder in each process, so it is not
  // resolved here. The rest of that folder is not readable: it shows the machine's connections and mounts.
  ...["cgroup", "exe", "fd", "maps", "stat", "statm", "status"].map((name) => `/proc/self/${name}`),
  // The number of cores and the size of memory: Bun and onnxruntime choose the size of their pools by these.
  "/proc/cpuinfo",
  "/proc/meminfo",
  "/proc/stat",
  "/sys/devices/system/cpu",
  "/sys/fs/cgroup",
  "/etc/localtime",
  "/dev/urandom",
  "/dev/zero",
];

/** For CUDA: what the driver reads of the machine. */
const CUDA_READ = [
  "/proc/self",
  "/proc/driver",
  "/proc/devices",
  "/proc/modules",
  "/sys",
  "/etc/OpenCL",
  "/usr/local/cuda",
];

/**
 * @param input what the plugin was granted
 * @param support what this kernel offers
 * @returns the policy for its process; null if the kernel has no Landlock
 */
export function sandboxPolicy(input: SandboxInput, support: SandboxSupport): SandboxPolicy | null {
  if (support.landlockAbi === 0) return null;
  const cuda = input.cuda ? { read: CUDA_READ, write: nvidiaDevices() } : { read: [], write: [] };
  const { checked } = input;
  return {
    read: resolve([...SYSTEM, ...ENGINE, ...input.read, ...cuda.read], checked?.read),
    write: resolve(["/dev/null", ...input.write, ...cuda.write], checked?.write),
    execute: resolve([process.execPath, ...LOADERS, ...input.execute], checked?.execute),
    spawn: input.spawn,
    ...(input.watch && { watch: true }),
    landlockAbi: support.landlockAbi,
    seccomp: support.seccomp,
    ...(input.proxyPort !== undefined && { proxyPort: input.proxyPort }),
  };
}

/**
 * @returns the paths that exist and the checked ones, each once. Links are resolved because a Landlock rule holds for the
 *   file itself
 */
function resolve(paths: readonly string[], checked: readonly string[] = []): string[] {
  const resolved = paths
    .filter((path) => existsSync(path))
    .map((path) => (path.startsWith("/proc/") ? path : realpathSync(path)));
  return [...new Set([...resolved, ...checked])];
}

function nvidiaDevices(): string[] {
  return readdirSync("/dev")
    .filter((name) => name.startsWith("nvidia"))
    .map((name) => `/dev/${name}`);
}
