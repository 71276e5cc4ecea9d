import { expect, test } from "bun:test";
import { join } from "node:path";
import { ROOT } from "../../../support/engine-process.ts";

test("the client is bundled for a browser, with nothing of Node or Bun in it", async () => {
  const { success, logs, outputs } = await Bun.build({
    entrypoints: [join(ROOT, "admin/client/mod.ts")],
    target: "browser",
  });
  expect(logs.map(String)).toEqual([]);
  expect(success).toBe(true);
  const code = await outputs[0]!.text();
  expect(code.match(/\bBun\.\w+|\bprocess\.\w+|\bBuffer\.\w+|["']node:\w+/g)).toBeNull();
  // The check is of the real bundle.
  expect(code).toContain("/control/slots");
});
