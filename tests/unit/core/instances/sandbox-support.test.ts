import { describe, expect, test } from "bun:test";
import { describeSupport, sandboxSupport } from "../../../../core/instances/sandbox-support.ts";
import { kernelSandbox } from "../../../support/kernel-sandbox.ts";

describe("sandboxSupport", () => {
  test("finds what the kernel offers", () => {
    const { landlockAbi, seccomp, missing, missingForNetwork } = kernelSandbox();
    expect(sandboxSupport()).toMatchObject({
      landlockAbi,
      seccomp,
      enforced: missing === undefined,
      egress: missingForNetwork === undefined,
    });
  });

  test("asks the kernel once", () => {
    expect(sandboxSupport()).toBe(sandboxSupport());
  });
});

describe("the summary in the status", () => {
  test("names the parts of the sandbox", () => {
    expect(describeSupport(7, true)).toEqual({
      enforced: true,
      landlockAbi: 7,
      seccomp: true,
      egress: true,
      summary: "Landlock ABI 7 + seccomp",
    });
  });

  test("says that below ABI 4 a plugin with network is not restricted to the proxy", () => {
    const { enforced, egress, summary } = describeSupport(3, true);
    expect([enforced, egress]).toEqual([true, false]);
    expect(summary).toBe(
      "Landlock ABI 3 + seccomp; a plugin with net is not held to the proxy (Landlock ABI 4 is needed)",
    );
  });

  test("is the reason if the sandbox is not enforced", () => {
    expect(describeSupport("ENOSYS", true)).toMatchObject({
      enforced: false,
      landlockAbi: 0,
      summary: "not enforced: Landlock is not in this kernel (ENOSYS)",
    });
    expect(describeSupport(4, "EINVAL")).toMatchObject({ enforced: false, seccomp: false });
  });
});
