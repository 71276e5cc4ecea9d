import { describe, expect, test } from "bun:test";
import { CONTEXT, GB, machine, reading, request } from "./machine.ts";

describe("an admission", () => {
  test("reserves room until the process has ended, and a preview reserves nothing", async () => {
    const { devices } = machine();
    const wanted = request("voices.a#1", 6 * GB);
    expect(await devices.preview(wanted)).toMatchObject({ verdict: "fits-beside", device: "cuda:0" });
    expect(await devices.admit(wanted)).toMatchObject({ verdict: "fits-beside" });
    expect(await devices.admit(request("voices.b#1", 6 * GB))).toMatchObject({
      verdict: "refused",
      message: expect.stringContaining("held by voices.a (6.3 GB)"),
    });
    devices.release("voices.a#1");
    devices.release("voices.a#1");
    expect(await devices.admit(request("voices.b#1", 6 * GB))).toMatchObject({ verdict: "fits-beside" });
  });

  test("is given to one of two requests at the same time, if there is room for one", async () => {
    const { devices } = machine();
    const both = ["voices.a#1", "voices.b#1"].map((key) => devices.admit(request(key, 6 * GB)));
    const verdicts = (await Promise.all(both)).map(({ verdict }) => verdict);
    expect(verdicts.sort()).toEqual(["fits-beside", "refused"]);
  });

  test("that waits for the end of the old instance keeps its room from all others, also between the two", async () => {
    const { devices, state } = machine();
    await devices.admit(request("voices.a#1", 6 * GB));
    state.gpuUsed = 6 * GB + CONTEXT;
    const swap = request("voices.a#2", 4 * GB, { givesBack: ["voices.a#1"] });
    expect(await devices.admit({ ...swap, beside: true })).toMatchObject({ verdict: "refused" });
    expect(await devices.admit(swap)).toMatchObject({ verdict: "fits-after-unload" });
    const other = request("voices.b#1", 4 * GB);
    expect((await devices.admit(other)).verdict).toBe("refused");
    // The larger of the two counts, not both.
    expect((await devices.preview(request("voices.d#1", 3 * GB))).verdict).toBe("fits-beside");
    devices.release("voices.a#1");
    state.gpuUsed = 0;
    const third = request("voices.c#1", 6 * GB);
    expect((await devices.admit(third)).verdict).toBe("refused");
    expect((await devices.admit(other)).verdict).toBe("fits-beside");
  });

  test("that evicts others reserves nothing until they are unloaded, and then succeeds", async () => {
    const { devices, state } = machine();
    await devices.admit(request("voices.a#1", 6 * GB));
    const wanted = request("voices.b#1", 6 * GB, { evictable: [{ key: "voices.a#1", lastUsedAt: 0 }] });
    expect(await devices.admit(wanted)).toMatchObject({ verdict: "fits-beside", evict: ["voices.a#1"] });
    expect((await devices.overview()).instances.map(({ key }) => key)).toEqual(["voices.a#1"]);
    // The driver still shows what the process had that was unloaded.
    state.gpuUsed = 6 * GB;
    devices.release("voices.a#1");
    expect(await devices.admit(wanted)).toMatchObject({ verdict: "fits-beside", evict: [] });
  });

  test("does not count another instance twice while it loads and its memory grows", async () => {
    const { devices, state, clock } = machine();
    state.gpuUsed = 1 * GB;
    await devices.admit(request("voices.a#1", 4 * GB));
    const [wanted, larger] = [request("voices.b#1", 4 * GB), request("voices.b#1", 4.5 * GB)];
    for (const loaded of [0, 2 * GB, 4 * GB]) {
      state.gpuUsed = 1 * GB + loaded;
      clock.pass(1_000);
      expect((await devices.preview(wanted)).verdict).toBe("fits-beside");
      expect((await devices.preview(larger)).verdict).toBe("refused");
    }
    state.gpuUsed = 8 * GB;
    clock.pass(1_000);
    expect((await devices.preview(wanted)).verdict).toBe("refused");
  });

  test("to the CPU never reads the GPUs, nor waits for them", async () => {
    const { devices, state } = machine();
    const cpu = [
      request("voices.a#1", GB, { device: "cpu" }),
      request("sinks.b#1", 0, { device: "auto", mayUseGpu: false }),
    ];
    for (const one of cpu) expect((await devices.admit(one)).device).toBe("cpu");
    state.resident.set(41, 90e6);
    await devices.measure("voices.a#1", 41);
    expect(await devices.usage(41)).toEqual({ hostBytes: 90e6 });
    expect(await devices.awaitRoom("voices.a#1")).toBe(true);
    expect(state.gpuReadings).toBe(0);
  });

  test("uses the current budgets, and ends no instance that was admitted before", async () => {
    const { devices } = machine();
    await devices.admit(request("voices.a#1", 6 * GB));
    devices.configure({ "cuda:0": "50%" });
    expect((await devices.overview()).instances).toHaveLength(1);
    expect((await devices.admit(request("voices.b#1", 1 * GB))).message).toContain(
      "cuda:0 has 0 MB of its budget of 5.0 GB free",
    );
  });

  test("of the shipped voices succeeds on a machine with hardly any memory left, if no budget is set", async () => {
    const host = () => reading("host", 0.5 * GB, 0.45 * GB);
    const readers = {
      host,
      gpus: async () => [],
      tree: async () => [],
      hostBytes: async () => undefined,
      residentBytes: () => undefined,
      bytesNotResident: () => Promise.resolve(0),
      tasks: () => undefined,
      tasksOfMachine: () => undefined,
    };
    const { devices } = machine({ budgets: {}, readers });
    for (const slot of ["slt", "rms"]) {
      const { verdict } = await devices.admit(request(`voices.${slot}#1`, 250e6, { device: "auto" }));
      expect(verdict).toBe("fits-beside");
    }
    devices.configure({ host: "80%" });
    expect((await devices.admit(request("voices.c#1", 50e6, { device: "cpu" }))).verdict).toBe("refused");
  });
});
