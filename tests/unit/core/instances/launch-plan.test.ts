import { describe, expect, test } from "bun:test";
import { planLaunch } from "../../../../core/instances/launch-plan.ts";
import { describeSupport } from "../../../../core/instances/sandbox-support.ts";
import { bindingOf } from "../releases/releases.ts";

const PASS = { port: 4711, variables: { HTTP_PROXY: "http://plugin:secret@127.0.0.1:4711" } };
/** Kernels that cannot restrict a plugin. */
const WEAK = [
  ["without Landlock", describeSupport("ENOSYS", true)],
  ["without seccomp", describeSupport(7, "EINVAL")],
  ["without both", describeSupport("ENOSYS", "EINVAL")],
] as const;

function plan(support: ReturnType<typeof describeSupport>, require: boolean, pass?: typeof PASS) {
  const context = {
    serve: "/engine/serve.ts",
    home: "/nonexistent",
    paths: { plugins: [], models: [] },
    dataDirectory: "/nonexistent/data/voices.a",
    pass,
  };
  return planLaunch(bindingOf(1), { ...context, sandbox: { support, require } });
}

describe('"sandbox": "require"', () => {
  test.each(WEAK)(
    "refuses to start a plugin on a kernel %s, and says what is missing",
    async (_, support) => {
      await expect(plan(support, true)).rejects.toMatchObject({
        code: "sandbox-unavailable",
        message: `Cannot start plugin beep@1.0.0 because plugins.sandbox is "require" and the sandbox is ${support.summary}`,
      });
    },
  );

  test("starts a plugin if the kernel can restrict it", async () => {
    const { spec } = await plan(describeSupport(7, true), true, PASS);
    expect(spec.sandbox).toMatchObject({ landlockAbi: 7, seccomp: true, proxyPort: 4711 });
  });

  test("refuses only plugins with network if the kernel cannot restrict them to the proxy", async () => {
    const support = describeSupport(3, true);
    await expect(plan(support, true, PASS)).rejects.toMatchObject({
      code: "sandbox-unavailable",
      message: expect.stringContaining("beep@1.0.0, which asks for net, because"),
    });
    expect((await plan(support, true)).spec.sandbox).toMatchObject({ landlockAbi: 3 });
  });
});

test.each(WEAK)(
  '"sandbox": "auto" starts a plugin on a kernel %s, with what that offers',
  async (_, support) => {
    const { spec } = await plan(support, false);
    expect(spec.sandbox?.landlockAbi ?? 0).toBe(support.landlockAbi);
    expect(spec.sandbox?.seccomp ?? false).toBe(support.landlockAbi > 0 && support.seccomp);
  },
);

test("a process gets the variables of the proxy, and neither HOME nor PATH", async () => {
  const { env } = await plan(describeSupport(7, true), false, PASS);
  expect(env).toMatchObject(PASS.variables);
  expect(Object.keys(env).filter((name) => name === "HOME" || name === "PATH")).toEqual([]);
});

test("a process runs the entry of the plugin in the program that serves it", async () => {
  const { spec } = await plan(describeSupport(7, true), false);
  expect(spec.argv).toEqual([process.execPath, "/engine/serve.ts", "/plugins/beep/main.ts"]);
});
