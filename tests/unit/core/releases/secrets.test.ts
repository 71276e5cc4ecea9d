import { describe, expect, test } from "bun:test";
import { join } from "node:path";
import { revealSecrets, secretsInClear } from "../../../../core/releases/secrets.ts";
import { temporaryFolder } from "./folder.ts";
import { pluginRelease } from "./releases.ts";

const secret = { type: "string", "x-secret": true };
const plugin = {
  ...pluginRelease({ name: "hook", version: "1.0.0" }),
};
const marked = {
  ...plugin,
  manifest: {
    ...plugin.manifest,
    settings: {
      properties: {
        url: { type: "string" },
        token: secret,
        headers: { type: "object", additionalProperties: secret },
        keys: { type: "array", items: { properties: { "a/b": secret } } },
      },
    },
  },
};
const reveal = (settings: Record<string, unknown>, environment: Record<string, string> = {}) =>
  revealSecrets(marked, settings, environment);

describe("a secret among the settings", () => {
  test("is reported wherever it is in clear text, and nothing else is", () => {
    const settings = {
      url: "https://example.org",
      token: "hunter2",
      headers: { X: "a", Y: "${env:Y}" },
      keys: [{ "a/b": "${file:/a}" }, { "a/b": "x ${env:A}" }],
    };
    expect(secretsInClear(marked, settings).map(({ pointer }) => pointer)).toEqual([
      "/token",
      "/headers/X",
      "/keys/1/a~1b",
    ]);
    expect(JSON.stringify(secretsInClear(marked, settings))).not.toContain("hunter2");
    expect(secretsInClear(plugin, settings)).toEqual([]);
  });

  test("is what a variable or a file says, and other references are just text", async () => {
    await using folder = await temporaryFolder();
    const path = join(folder.path, "token");
    await Bun.write(path, "from a file\n");
    const settings = {
      url: "${env:A}",
      token: `\${file:${path}}`,
      headers: { X: "${env:A}" },
      keys: [{ "a/b": "${env:A}" }],
    };
    const before = structuredClone(settings);
    expect(await reveal(settings, { A: "a" })).toEqual({
      url: "${env:A}",
      token: "from a file",
      headers: { X: "a" },
      keys: [{ "a/b": "a" }],
    });
    expect(settings).toEqual(before);
  });

  test.each([
    ["word\n", "word"],
    ["word\r\n", "word"],
    ["word", "word"],
    ["word\n\n", "word\n"],
    [" pass phrase \t\n", " pass phrase \t"],
    ["\n", ""],
  ])("in the file %j is %j: only the last newline is left out", async (content, value) => {
    await using folder = await temporaryFolder();
    const path = await folder.write("token", content);
    expect(await reveal({ token: `\${file:${path}}` })).toEqual({ token: value });
  });

  test.each([
    [
      "${env:NONE}",
      "Cannot hand the secret /token to hook@1.0.0 because the engine has no environment variable NONE",
    ],
    ["${file:/nowhere/at/all}", "its file cannot be read"],
    ["${file:relative}", "relative is not an absolute path"],
    ["clear", "it is not a reference"],
  ])("that is not available (%s) says why, without its value", async (token, message) => {
    const failed = reveal({ token }).catch((error: unknown) => error);
    expect(await failed).toMatchObject({
      code: "secret-unavailable",
      message: expect.stringContaining(message),
    });
    if (token === "clear") expect(String(await failed)).not.toContain("clear");
  });
});
