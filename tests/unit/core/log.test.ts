import { expect, test } from "bun:test";
import { join } from "node:path";

const LOG = join(import.meta.dir, "../../../core/log.ts");

/** @returns a program that has `log` */
function programOf(body: string): string {
  return `import { createLog } from ${JSON.stringify(LOG)};\nconst log = createLog("info");\n${body}`;
}

function messages(text: string): string[] {
  return text
    .trim()
    .split("\n")
    .map((line) => (JSON.parse(line) as { msg: string }).msg);
}

test("the log has every line, in order, when the process ends at once after them", async () => {
  const program = programOf(`for (let n = 0; n < 1000; n++) log.info("line " + n); process.exit(3);`);
  const child = Bun.spawn([process.execPath, "-e", program], { stdio: ["ignore", "ignore", "pipe"] });
  const lines = messages(await new Response(child.stderr).text());
  expect(await child.exited).toBe(3);
  expect(lines).toEqual(Array.from({ length: 1000 }, (_, n) => `line ${n}`));
});

/** Begins to read the log of a program when it gets a line. The program's stdout goes to stderr. */
const LATE_READER = 'exec 3<&0 4>&2; "$0" -e "$1" </dev/null 2>&1 >&4 | { read line <&3; cat; }';

test("a reader of the log that is slow holds nothing up, and learns how many lines it missed", async () => {
  const program = programOf(`
    const began = performance.now();
    for (let n = 0; n < 50; n++) {
      for (let i = 0; i < 100; i++) log.info("x".repeat(1000));
      await Bun.sleep(1);
    }
    console.log(performance.now() - began);
    setTimeout(() => {}, 1000);`);
  const child = Bun.spawn(["/bin/sh", "-c", LATE_READER, process.execPath, program], {
    stdio: ["pipe", "pipe", "pipe"],
  });
  // Nothing is read of its log until it has said how long it took: 5 MB, and a pipe holds 64 kB.
  const { value } = await child.stderr.getReader().read();
  expect(Number(new TextDecoder().decode(value))).toBeLessThan(2_000);
  child.stdin.write("now\n");
  await child.stdin.end();
  const lines = messages(await new Response(child.stdout).text());
  const missed = lines.flatMap((line) => {
    const [, count] = /^(\d+) lines of the log were dropped/.exec(line) ?? [];
    return count === undefined ? [] : [Number(count)];
  });
  const heard = lines.length - missed.length;
  expect(missed.length).toBeGreaterThan(0);
  expect(heard + missed.reduce((sum, n) => sum + n, 0)).toBe(5_000);
});
