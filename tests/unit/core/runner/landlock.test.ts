import { describe, expect, test } from "bun:test";
import {
  ACCESS,
  fileRights,
  pathRights,
  restrictFiles,
  rulesetAttributes,
} from "../../../../core/runner/landlock.ts";
import { type Argument, type Kernel, SystemCallError } from "../../../../core/runner/libc.ts";
import type { SyscallName } from "../../../../core/runner/syscalls.ts";
import type { SandboxPolicy } from "../../../../schemas/generated/launch.ts";

const POLICY: SandboxPolicy = {
  read: ["/plugin"],
  write: ["/data"],
  execute: ["/bin/true"],
  spawn: false,
  landlockAbi: 7,
  seccomp: true,
};

const rightsOf = (path: string, policy = POLICY) => pathRights(policy).get(path) ?? 0;

/** A kernel that writes down what it is asked, and may refuse. */
function recorder(refuse: (name: SyscallName, args: Argument[]) => number | undefined = () => undefined) {
  const calls: { name: SyscallName; args: Argument[] }[] = [];
  const kernel: Kernel = {
    call(name, ...args) {
      calls.push({ name, args });
      const errno = refuse(name, args);
      if (errno !== undefined) throw new SystemCallError(name, errno);
      return name === "openat2" ? 20 + calls.length : 10;
    },
  };
  return { kernel, calls };
}

/** The rights in a `struct landlock_path_beneath_attr`. */
const granted = (attributes: Argument | undefined) =>
  Number(new DataView((attributes as Uint8Array).buffer).getBigUint64(0, true));

describe("the rights that are refused unless granted", () => {
  test("are all rights of the kernel's ABI", () => {
    expect([1, 2, 3, 4, 5, 6, 7].map(fileRights)).toEqual([
      0x1fff, 0x3fff, 0x7fff, 0x7fff, 0xffff, 0xffff, 0xffff,
    ]);
  });

  test("include TCP from ABI 4, abstract sockets and signals from ABI 6, and nothing unknown to a later ABI", () => {
    const fields = (abi: number) => [...new BigUint64Array(rulesetAttributes(abi).buffer)];
    expect(fields(3)).toEqual([0x7fffn]);
    expect(fields(5)).toEqual([0xffffn, 0b11n]);
    expect(fields(6)).toEqual([0xffffn, 0b11n, 0b11n]);
    expect(fields(99)).toEqual(fields(7));
  });
});

describe("a grant", () => {
  test("to read is to read files and list folders, and no more", () => {
    expect(rightsOf("/plugin")).toBe(ACCESS.readFile | ACCESS.readDir);
  });

  test("to write is everything but to execute and to make devices", () => {
    expect(rightsOf("/data")).toBe(fileRights(7) & ~(ACCESS.execute | ACCESS.makeChar | ACCESS.makeBlock));
  });

  test("to execute is not one to list or write", () => {
    expect(rightsOf("/bin/true")).toBe(ACCESS.execute | ACCESS.readFile);
  });

  test("adds up with another to the same path", () => {
    const policy = { ...POLICY, execute: ["/plugin"] };
    expect(rightsOf("/plugin", policy)).toBe(ACCESS.readFile | ACCESS.readDir | ACCESS.execute);
  });
});

describe("applying the rules", () => {
  test("adds a rule for each path before it restricts, and closes every file that it opened", () => {
    const { kernel, calls } = recorder();
    restrictFiles(POLICY, kernel);
    const rule = ["openat2", "landlock_add_rule", "close"] as const;
    expect(calls.map((call) => call.name)).toEqual([
      "landlock_create_ruleset",
      ...rule,
      ...rule,
      ...rule,
      "landlock_restrict_self",
      "close",
    ]);
  });

  test("follows no link, except in /proc, where one leads to the process itself", () => {
    const { kernel, calls } = recorder();
    restrictFiles({ ...POLICY, read: ["/plugin", "/proc/self"] }, kernel);
    const opened = calls.filter(({ name }) => name.startsWith("openat"));
    expect(opened.map(({ name, args }) => [name, Buffer.from(args[1] as Uint8Array).toString()])).toEqual([
      ["openat2", "/plugin\0"],
      ["openat", "/proc/self\0"],
      ["openat2", "/data\0"],
      ["openat2", "/bin/true\0"],
    ]);
    // RESOLVE_NO_SYMLINKS of struct open_how, which has 24 bytes.
    const [, , how, size] = opened[0]!.args;
    expect(new BigUint64Array((how as Uint8Array).buffer)[2]).toBe(4n);
    expect(size).toBe(24);
  });

  test("grants no right that the ABI does not know", () => {
    const { kernel, calls } = recorder();
    restrictFiles({ ...POLICY, landlockAbi: 1 }, kernel);
    const rules = calls.filter((call) => call.name === "landlock_add_rule");
    expect(rules).toHaveLength(3);
    for (const { args } of rules) expect(granted(args[2]) & ~fileRights(1)).toBe(0);
  });

  test("tries again with the rights of a file if those of a folder are refused", () => {
    const { kernel, calls } = recorder((name, args) =>
      name === "landlock_add_rule" && granted(args[2]) & ACCESS.readDir ? 22 : undefined,
    );
    restrictFiles({ ...POLICY, write: [], execute: [] }, kernel);
    const rules = calls.filter((call) => call.name === "landlock_add_rule");
    expect(rules.map(({ args }) => granted(args[2]))).toEqual([
      ACCESS.readFile | ACCESS.readDir,
      ACCESS.readFile,
    ]);
  });

  test("does not restrict without one of the paths: it fails and names the path", () => {
    const { kernel, calls } = recorder((name) => (name === "openat2" ? 2 : undefined));
    expect(() => restrictFiles(POLICY, kernel)).toThrow("openat2 /plugin: ENOENT");
    expect(calls.map((call) => call.name)).not.toContain("landlock_restrict_self");
  });
});
