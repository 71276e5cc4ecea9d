import { describe, expect, test } from "bun:test";
import { realpath, symlink } from "node:fs/promises";
import { join } from "node:path";
import { type SandboxInput, sandboxPolicy } from "../../../../core/instances/sandbox.ts";
import { describeSupport } from "../../../../core/instances/sandbox-support.ts";
import { temporaryFolder } from "../releases/folder.ts";

const SUPPORT = describeSupport(7, true);
const NOTHING: SandboxInput = { read: [], write: [], execute: [], spawn: false, cuda: false };

function policyOf(granted: Partial<SandboxInput>, support = SUPPORT) {
  const policy = sandboxPolicy({ ...NOTHING, ...granted }, support);
  if (!policy) throw new Error("no policy");
  return policy;
}

describe("the policy of a plugin process", () => {
  test("has resolved paths in place of links, because the kernel's rules hold for files", async () => {
    await using folder = await temporaryFolder({ "real/voice.onnx": "weights" });
    const real = await realpath(join(folder.path, "real"));
    const link = join(folder.path, "link");
    await symlink(real, link);
    for (const way of ["read", "write", "execute"] as const) {
      const paths = policyOf({ [way]: [join(link, "voice.onnx"), link] })[way];
      expect(paths).toContain(join(real, "voice.onnx"));
      expect(paths).toContain(real);
      expect(paths.filter((path) => path.startsWith(link))).toEqual([]);
    }
  });

  test("has each path once, and no path that does not exist", async () => {
    await using folder = await temporaryFolder({ a: "a" });
    const a = await realpath(join(folder.path, "a"));
    const { read } = policyOf({ read: [a, a, join(folder.path, "b")] });
    expect(read.filter((path) => path.startsWith(folder.path) || path === a)).toEqual([a]);
  });

  test("keeps /proc/self as a link, which each process resolves to its own folder", () => {
    expect(policyOf({}).read).toContain("/proc/self/maps");
  });

  test("shows a process nothing of /proc/self that is about the machine", () => {
    const { read } = policyOf({});
    for (const open of ["", "/net", "/mountinfo", "/task"]) expect(read).not.toContain(`/proc/self${open}`);
  });

  test("lets only those watch files that have to", () => {
    expect([policyOf({}).watch, policyOf({ watch: true }).watch]).toEqual([undefined, true]);
  });

  test("without a grant allows only what every process needs to write and run", async () => {
    const { write, execute, spawn, proxyPort } = policyOf({});
    expect([write, spawn, proxyPort]).toEqual([["/dev/null"], false, undefined]);
    expect(execute).toContain(await realpath(process.execPath));
  });

  test("is for what this kernel offers, and null without Landlock", () => {
    expect(policyOf({ proxyPort: 7 })).toMatchObject({ landlockAbi: 7, seccomp: true, proxyPort: 7 });
    expect(policyOf({}, describeSupport(3, "EINVAL"))).toMatchObject({ landlockAbi: 3, seccomp: false });
    expect(sandboxPolicy(NOTHING, describeSupport("ENOSYS", true))).toBeNull();
  });
});
