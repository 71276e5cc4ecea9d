import { describe, expect, test } from "bun:test";
import { systemClock } from "../../../../core/clock.ts";
import { describeExit, PluginProcess } from "../../../../core/instances/process.ts";
import { until } from "../../../support/until.ts";
import { temporaryFolder } from "../releases/folder.ts";

/** Starts a script where the launcher would be. The process is ended when the test is over. */
async function start(script: string) {
  const folder = await temporaryFolder({ "launcher.ts": script });
  const lines: string[] = [];
  const said = Promise.withResolvers<void>();
  const started = new PluginProcess({
    launcher: `${folder.path}/launcher.ts`,
    spec: { sandbox: null, argv: ["the", "program"] },
    env: { GREETING: "hello" },
    cwd: folder.path,
    clock: systemClock,
    line(stream, line) {
      lines.push(`${stream}: ${line}`);
      said.resolve();
    },
  });
  return {
    started,
    lines,
    /** Resolves at the first line. */
    said: said.promise,
    async [Symbol.asyncDispose]() {
      started.kill();
      await started.exited;
      await folder[Symbol.asyncDispose]();
    },
  };
}

describe("a plugin process", () => {
  test("gets its spec, its folder and the environment that it was given, and no other", async () => {
    await using process = await start(`
      console.log(process.argv[2]);
      console.log(process.cwd() === import.meta.dir, JSON.stringify(process.env));
    `);
    expect(await process.started.exited).toMatchObject({ code: 0, signal: null });
    expect(process.lines).toEqual([
      'stdout: {"sandbox":null,"argv":["the","program"]}',
      'stdout: true {"GREETING":"hello"}',
    ]);
  });

  test("that ends by itself is explained by its code and its last lines on stderr", async () => {
    await using process = await start(`
      for (let line = 1; line <= 8; line++) console.error("line " + line);
      console.log("not this one");
      process.exit(78);
    `);
    const exit = await process.started.exited;
    expect(describeExit(exit)).toBe("exit code 78: line 4 | line 5 | line 6 | line 7 | line 8");
    expect(process.started.running).toBe(false);
  });

  test("that is killed is explained by the signal", async () => {
    await using process = await start(`console.log("up"); setInterval(() => {}, 1000);`);
    await process.said;
    expect(process.started.running).toBe(true);
    process.started.kill();
    expect(describeExit(await process.started.exited)).toBe("killed by SIGKILL");
  });

  test("that does not end by itself is told to by SIGTERM", async () => {
    await using process = await start(`
      process.on("SIGTERM", () => { console.error("stopping"); process.exit(0); });
      console.log("up");
      setInterval(() => {}, 1000);
    `);
    await process.said;
    // On a busy machine, a process needs some time to obey.
    expect(describeExit(await process.started.end(1_000))).toBe("exit code 0: stopping");
  });

  test("that does not obey either is killed", async () => {
    await using process = await start(`
      process.on("SIGTERM", () => {});
      console.log("up");
      setInterval(() => {}, 1000);
    `);
    await process.said;
    expect(describeExit(await process.started.end(30))).toBe("killed by SIGKILL");
  });

  test("may write one line without end, and the core keeps a part of it only", async () => {
    await using process = await start(`
      process.stderr.write("x".repeat(3_000_000) + "\\nthe end");
    `);
    const { lastLines } = await process.started.exited;
    expect(lastLines[0]?.length).toBeLessThanOrEqual(16_384);
    expect(lastLines.at(-1)).toBe("the end");
  });

  test("may end in the middle of a long line, and the core keeps only a part of it", async () => {
    await using process = await start(`process.stderr.write("x".repeat(3_000_000));`);
    const { lastLines } = await process.started.exited;
    expect(lastLines.map(({ length }) => length)).toEqual([16_384]);
  });

  test.each(["stdout", "stderr"])(
    "that floods %s is logged within a budget, with how much was dropped, and the core goes on with its work",
    async (stream) => {
      const before = process.memoryUsage.rss();
      await using flooding = await start(`
        const piece = ("z".repeat(200) + "\\n").repeat(5_000);
        for (;;) await new Promise((done) => process.${stream}.write(piece, done));
      `);
      let longest = 0;
      let last = performance.now();
      await until("the log says what was dropped", () => {
        longest = Math.max(longest, performance.now() - last);
        last = performance.now();
        return flooding.lines.some((line) => /^std\w+: \d+ lines dropped/.test(line));
      });
      expect(flooding.lines.length).toBeLessThan(2_000);
      expect(longest).toBeLessThan(500);
      expect(process.memoryUsage.rss() - before).toBeLessThan(200e6);
    },
  );

  test("that writes empty lines without end has them dropped, too", async () => {
    await using flooding = await start(`
      for (;;) await new Promise((done) => process.stdout.write("\\n".repeat(100_000), done));
    `);
    await until("the log says what was dropped", () =>
      flooding.lines.some((line) => /lines dropped/.test(line)),
    );
    expect(flooding.lines.every((line) => /lines dropped/.test(line))).toBe(true);
  });
});
