import { describe, expect, test } from "bun:test";
import { ActivityTracker } from "../../../../core/api/activity-tracker.ts";
import { configRoutes, createApp } from "../../../../core/api/mod.ts";
import { silentLog } from "../../../support/silent-log.ts";
import { benchOf, tones } from "../config/control-bench.ts";

/** The routes of the config on a store that has version 2. */
async function begin() {
  const bench = await benchOf(tones({ a: 100 }));
  await bench.says(tones({ a: 200 }));
  const app = createApp({
    operations: configRoutes(bench.control),
    access: () => ({ tokens: [], allowedOrigins: [], publicVoices: false, loopback: true }),
    activity: new ActivityTracker(bench.clock),
    version: "1.2.3",
    log: silentLog(),
  });
  const ask = async (method: string, path: string, ifMatch: string, body?: object) => {
    const response = await app.request(`http://localhost${path}`, {
      method,
      headers: { host: "localhost", "If-Match": ifMatch, "Content-Type": "application/json" },
      ...(body && { body: JSON.stringify(body) }),
    });
    return { status: response.status, body: (await response.json()) as { code?: string; base?: number } };
  };
  return { bench, ask };
}

/** Every route that changes the config, with a body that it takes. */
const CHANGES: [method: string, path: string, body?: object][] = [
  ["PATCH", "/control/config", { speech: { maxQueue: 3 } }],
  ["DELETE", "/control/config/overrides"],
  ["POST", "/control/config/rollback", { version: 1 }],
  ["POST", "/control/config/unpin"],
];

describe("a change of the config with If-Match", () => {
  for (const [method, path, body] of CHANGES) {
    test(`${method} ${path} is refused for another version than the active one, with dryRun as well`, async () => {
      const { bench, ask } = await begin();
      for (const query of ["", "?dryRun=true"]) {
        const { status, body: problem } = await ask(method, `${path}${query}`, '"1"', body);
        expect([status, problem.code]).toEqual([409, "config-stale"]);
      }
      expect(bench.store.version).toBe(2);
    });

    test(`${method} ${path} with dryRun is planned for the active version, and for any`, async () => {
      const { bench, ask } = await begin();
      for (const match of ['"2"', "*"]) {
        const { status, body: plan } = await ask(method, `${path}?dryRun=true`, match, body);
        expect([status, plan.base]).toEqual([200, 2]);
      }
      expect(bench.store.version).toBe(2);
    });
  }
});
