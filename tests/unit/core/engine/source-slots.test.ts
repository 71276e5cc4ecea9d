import { describe, expect, test } from "bun:test";
import { HostSlots } from "../../../../core/engine/host-slots.ts";
import { SourceSlots } from "../../../../core/engine/source-slots.ts";
import type { Host } from "../../../../core/slots/mod.ts";
import type { SourceItem } from "../../../../schemas/generated/hooks.ts";

/** A source process: it offers one document, and then is silent until it is replaced. */
function processOf(origin: string) {
  const replaced = new AbortController();
  const offered = Promise.withResolvers<void>();
  async function* watch(signal: AbortSignal): AsyncGenerator<SourceItem> {
    offered.resolve();
    yield { document: {}, origin };
    if (!signal.aborted) await new Promise((ended) => signal.addEventListener("abort", ended));
  }
  const lease = {
    replaced: replaced.signal,
    instance: () => Promise.resolve({ watch }),
    release: () => {},
  };
  return { lease, offered: offered.promise, replace: () => replaced.abort() };
}

/** The slot of one source, in which processes serve one after the other. */
function begin(...processes: ReturnType<typeof processOf>[]) {
  const asked: string[] = [];
  const waiting = [...processes];
  const host = {
    slot: (name: string) => ({
      acquire() {
        asked.push(name);
        const next = waiting.shift();
        if (!next) throw new Error("There is no process left");
        return Promise.resolve(next.lease);
      },
    }),
    fill: (slot: string, kind: string, wanted: object) => {
      asked.push(`${slot} ${kind} ${JSON.stringify(wanted)}`);
      return Promise.resolve(undefined);
    },
  } as unknown as Host;
  const ending = new AbortController();
  const slots = new SourceSlots(host, new HostSlots(host, "/etc/syrinx.jsonc"));
  const listen = () => slots.listen("central", ending.signal)[Symbol.asyncIterator]();
  return { slots, listen, asked, end: () => ending.abort() };
}

const originOf = ({ value }: IteratorResult<SourceItem, unknown>) => (value as SourceItem).origin;

describe("a config source's slot", () => {
  test("is listened to through each process that serves it", async () => {
    const [first, second] = [processOf("first"), processOf("second")];
    const { listen, asked, end } = begin(first, second);
    const items = listen();
    expect(originOf(await items.next())).toBe("first");
    const next = items.next();
    first.replace();
    expect(originOf(await next)).toBe("second");
    expect(asked).toEqual(["sources.central", "sources.central"]);
    const over = items.next();
    end();
    expect((await over).done).toBe(true);
  });

  test("passes on no document of a process that came up for a config that failed", async () => {
    const [before, failed, after] = [processOf("before"), processOf("failed"), processOf("after")];
    const { slots, listen, end } = begin(before, failed, after);
    const items = listen();
    await items.next();
    const next = items.next();
    const applied = Promise.withResolvers<void>();
    slots.holdBack(applied.promise);
    before.replace();
    await failed.offered;
    // One turn of the event loop: whatever could be given is given.
    await new Promise((turned) => setImmediate(turned));
    // The slot goes back to what served before, then the config has failed.
    failed.replace();
    applied.reject(new Error("a voice did not come up"));
    expect(originOf(await next)).toBe("after");
    end();
    await items.return(undefined);
  });

  test("of the file has the path that the engine was started with, whatever the config says", async () => {
    const { slots, asked } = begin();
    await slots.fill("file", { plugin: "file", settings: { path: "/elsewhere" }, force: false });
    await slots.fill("central", { plugin: "file", settings: { path: "/elsewhere" }, force: false });
    expect(asked).toEqual([
      'sources.file config-source {"plugin":"file","settings":{"path":"/etc/syrinx.jsonc"}}',
      'sources.central config-source {"plugin":"file","settings":{"path":"/elsewhere"}}',
    ]);
  });
});
