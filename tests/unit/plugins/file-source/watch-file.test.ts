import { afterEach, beforeEach, describe, expect, test } from "bun:test";
import {
  appendFile,
  link,
  mkdir,
  mkdtemp,
  open,
  rename,
  rm,
  symlink,
  truncate,
  writeFile,
} from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { ConfigSourceDefinition, SourceItem } from "syrinx/sdk";
import { formatOf } from "../../../../core/sdk/document/formats.ts";
import type { Changes } from "../../../../plugins/file-source/folder-watch.ts";
import source from "../../../../plugins/file-source/main.ts";
import { TIMING, watchFile } from "../../../../plugins/file-source/watch-file.ts";

/** For how long a writer rests between two writes: a wait that is itself what the test is about. */
const GAP_MS = 50;

let folder: string;
let stop: AbortController;
let started: AsyncIterator<SourceItem>[];

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "syrinx-file-source-"));
  stop = new AbortController();
  started = [];
});

afterEach(async () => {
  stop.abort();
  for (const items of started) await items.return?.();
  await rm(folder, { recursive: true, force: true });
});

/** @returns what gives the next item that the source yields */
function watching(path: string) {
  const definition = source.definition as ConfigSourceDefinition<{ path: string }>;
  return nextOf(definition.watch({ settings: { path } }, stop.signal));
}

function nextOf(items: AsyncIterable<SourceItem>) {
  const iterator = items[Symbol.asyncIterator]();
  started.push(iterator);
  return async () => {
    const { value, done } = await iterator.next();
    if (done) throw new Error("The source has ended");
    return value as SourceItem;
  };
}

/** Tells of a change whenever the source waits for one, `meanwhile` having gone by, which it tells nothing of. */
class ToldOfOnce implements Changes, AsyncDisposable {
  changes = 0;
  #silent = false;

  constructor(private readonly meanwhile: () => Promise<void>) {}

  async changedSince(seen: number, ms: number): Promise<void> {
    if (this.changes !== seen) return;
    if (ms < TIMING.recheckMs) {
      // The source has read, and looks once more when the file has had time to settle.
      if (this.changes > 0 && !this.#silent) {
        this.#silent = true;
        await this.meanwhile();
      }
      await Bun.sleep(ms);
    } else if (this.changes > 0) throw new Error("The source sleeps until the re-check");
    else this.changes++;
  }

  follow(): void {}

  async [Symbol.asyncDispose](): Promise<void> {}
}

/** @returns the next item that is not a problem which may or may not come in between */
async function nextOther(next: () => Promise<SourceItem>, between: RegExp): Promise<SourceItem> {
  const item = await next();
  return "problem" in item && between.test(String(item.problem)) ? next() : item;
}

/** Leaves a socket at a path. */
async function listenAt(path: string): Promise<void> {
  const server = Bun.listen({ unix: path, socket: { data() {} } });
  // The file is gone with its server, and another name for it is not.
  await link(path, `${path}.socket`);
  server.stop();
  await rename(`${path}.socket`, path);
}

/** As vim and most editors save: another file takes the place. */
async function replace(path: string, text: string) {
  await writeFile(`${path}~`, text);
  await rename(`${path}~`, path);
}

const voice = (name: string) => JSON.stringify({ speech: { defaultVoice: name } });
const saying = (name: string) => ({ document: { speech: { defaultVoice: name } } });

describe("the file source", () => {
  test("yields the document at first, and again each time that an editor replaces the file", async () => {
    const path = join(folder, "syrinx.jsonc");
    await writeFile(path, voice("a"));
    const next = watching(path);
    expect(await next()).toMatchObject({
      ...saying("a"),
      origin: path,
      places: { "/speech/defaultVoice": [1, 12] },
    });
    for (const name of ["b", "c", "d", "e"]) {
      await replace(path, voice(name));
      expect(await next()).toMatchObject(saying(name));
    }
  });

  test("a file that does not exist yet is an empty document, and is read once it is written", async () => {
    const path = join(folder, "syrinx.yaml");
    const next = watching(path);
    expect(await next()).toEqual({ document: {}, origin: path });
    await writeFile(path, "speech: { defaultVoice: a }\n");
    expect(await next()).toMatchObject(saying("a"));
  });

  test("a folder that does not exist yet is watched once it is created", async () => {
    const path = join(folder, "conf", "syrinx.toml");
    const next = watching(path);
    expect(await next()).toEqual({ document: {}, origin: path });
    await mkdir(join(folder, "conf"));
    await writeFile(path, '[speech]\ndefaultVoice = "a"\n');
    expect(await next()).toMatchObject(saying("a"));
    await replace(path, '[speech]\ndefaultVoice = "b"\n');
    expect(await next()).toMatchObject(saying("b"));
  });

  for (const [name, first, second] of [
    ["syrinx.json", '{"speech": {"defaultVoice"', ': "b"}}'],
    ["syrinx.yaml", "speech:\n", "  defaultVoice: b\n"],
    ["syrinx.toml", "[speech]\n", 'defaultVoice = "b"\n'],
  ] as const) {
    test(`half of ${name} is never yielded while the other half is being written`, async () => {
      const path = join(folder, name);
      const format = formatOf(path);
      if (!format) throw new Error("no format");
      await writeFile(path, first + second.replace('"b"', '"a"').replace(": b", ": a"));
      const timing = { ...TIMING, longQuietMs: 600, patienceMs: 600 };
      const next = nextOf(watchFile(path, format, stop.signal, timing));
      expect(await next()).toMatchObject(saying("a"));
      const after = next();
      await using file = await open(path, "w");
      await Bun.sleep(GAP_MS);
      await file.write(first);
      await Bun.sleep(GAP_MS);
      await file.write(second);
      expect(await after).toMatchObject(saying("b"));
    });
  }

  test("a swap of the ..data link of a Kubernetes mount is seen", async () => {
    const path = join(folder, "syrinx.yaml");
    const publish = async (version: string, text: string) => {
      await mkdir(join(folder, version));
      await writeFile(join(folder, version, "syrinx.yaml"), text);
      await symlink(version, join(folder, "..data_tmp"));
      await rename(join(folder, "..data_tmp"), join(folder, "..data"));
    };
    await publish("..1", "speech: { defaultVoice: a }");
    await symlink(join("..data", "syrinx.yaml"), path);
    const next = watching(path);
    expect(await next()).toMatchObject(saying("a"));
    await publish("..2", "speech: { defaultVoice: b }");
    await rm(join(folder, "..1"), { recursive: true });
    expect(await next()).toMatchObject(saying("b"));
  });

  test("a deleted file is a problem, and the same file restored is its document again", async () => {
    const path = join(folder, "syrinx.json");
    await writeFile(path, voice("a"));
    const next = watching(path);
    expect(await next()).toMatchObject(saying("a"));
    await rm(path);
    expect(await next()).toEqual({
      problem: `${path} is missing; the last good document stays`,
      origin: path,
    });
    await writeFile(path, voice("a"));
    expect(await next()).toMatchObject(saying("a"));
  });

  test("the folder may be deleted and created again", async () => {
    const path = join(folder, "conf", "syrinx.json");
    await mkdir(join(folder, "conf"));
    await writeFile(path, voice("a"));
    const next = watching(path);
    expect(await next()).toMatchObject(saying("a"));
    await rm(join(folder, "conf"), { recursive: true });
    expect(await next()).toMatchObject({ problem: expect.stringMatching(/is missing/) });
    await mkdir(join(folder, "conf"));
    await writeFile(path, voice("b"));
    expect(await next()).toMatchObject(saying("b"));
    await replace(path, voice("c"));
    expect(await next()).toMatchObject(saying("c"));
  });

  test("a file that was cut to nothing is a problem, and not the defaults", async () => {
    const path = join(folder, "syrinx.json");
    await writeFile(path, voice("a"));
    const next = watching(path);
    await next();
    await truncate(path, 0);
    expect(await next()).toMatchObject({
      problem: expect.stringMatching(/is empty; the last good document stays/),
    });
  });

  test("the same content again yields nothing, whether touched or replaced", async () => {
    const path = join(folder, "syrinx.json");
    await writeFile(path, voice("a"));
    const format = formatOf(path);
    if (!format) throw new Error("no format");
    const next = nextOf(watchFile(path, format, stop.signal, { ...TIMING, quietMs: 1, recheckMs: 1 }));
    expect(await next()).toMatchObject(saying("a"));
    const after = next();
    await replace(path, voice("a"));
    await Bun.sleep(GAP_MS);
    await writeFile(path, voice("a"));
    await Bun.sleep(GAP_MS);
    await replace(path, voice("b"));
    expect(await after).toMatchObject(saying("b"));
  });

  test("a mistake is a problem with its position, and its correction gives the document", async () => {
    const path = join(folder, "syrinx.jsonc");
    await writeFile(path, voice("a"));
    const next = watching(path);
    await next();
    await replace(path, '{\n  "speech": {,}\n}');
    expect(await next()).toMatchObject({
      problem: expect.stringMatching(/as JSONC/),
      origin: path,
      line: 2,
      column: 14,
    });
    await replace(path, voice("b"));
    expect(await next()).toMatchObject(saying("b"));
  });

  test("a change without an event is found by the regular check", async () => {
    const outside = await mkdtemp(join(tmpdir(), "syrinx-file-outside-"));
    try {
      const path = join(folder, "syrinx.json");
      await writeFile(join(outside, "real.json"), voice("a"));
      await symlink(join(outside, "real.json"), path);
      const format = formatOf(path);
      if (!format) throw new Error("no format");
      const next = nextOf(watchFile(path, format, stop.signal, { ...TIMING, recheckMs: 10 }));
      expect(await next()).toMatchObject(saying("a"));
      await writeFile(join(outside, "real.json"), voice("b"));
      expect(await next()).toMatchObject(saying("b"));
    } finally {
      await rm(outside, { recursive: true });
    }
  });

  test("a write through another name of the file is seen, also after the file was replaced", async () => {
    const outside = await mkdtemp(join(tmpdir(), "syrinx-file-outside-"));
    try {
      const path = join(folder, "syrinx.json");
      const other = join(outside, "other-name.json");
      await writeFile(path, voice("a"));
      await link(path, other);
      const next = watching(path);
      expect(await next()).toMatchObject(saying("a"));
      await writeFile(other, voice("b"));
      expect(await next()).toMatchObject(saying("b"));
      await replace(path, voice("c"));
      expect(await next()).toMatchObject(saying("c"));
      await rm(other);
      await link(path, other);
      await writeFile(other, voice("d"));
      expect(await next()).toMatchObject(saying("d"));
    } finally {
      await rm(outside, { recursive: true });
    }
  });

  test("a save right after a read is seen, even without another event of the folder", async () => {
    const path = join(folder, "syrinx.json");
    await writeFile(path, voice("a"));
    const format = formatOf(path);
    if (!format) throw new Error("no format");
    const toldOfOnce = new ToldOfOnce(() => writeFile(path, voice("b")));
    const next = nextOf(watchFile(path, format, stop.signal, TIMING, () => Promise.resolve(toldOfOnce)));
    expect(await next()).toMatchObject(saying("a"));
    expect(await next()).toMatchObject(saying("b"));
  });

  test("a folder instead of the file, and a file that is too large, are problems that say so", async () => {
    const path = join(folder, "syrinx.json");
    await mkdir(path);
    const next = watching(path);
    expect(await next()).toMatchObject({
      problem: expect.stringMatching(/it is a folder and must be a file/),
    });
    await rm(path, { recursive: true });
    expect(await next()).toEqual({ document: {}, origin: path });
    await writeFile(path, " ".repeat(1024 * 1024 + 1));
    expect(await next()).toMatchObject({ problem: expect.stringMatching(/1048577 bytes/) });
  });

  test.each([
    ["a pipe", (path: string) => void Bun.spawnSync(["mkfifo", path]), /it is a pipe and must be a file/],
    ["a device", (path: string) => symlink("/dev/zero", path), /it is a device and must be a file/],
    ["a socket", (path: string) => listenAt(path), /it is a socket or a device and must be a file/],
    ["a file without end", (path: string) => symlink("/proc/self/mem", path), /Cannot read/],
    ["a link to itself", (path: string) => symlink(path, path), /ELOOP/],
    ["a file of 100 MB", (path: string) => writeFile(path, " ".repeat(100_000_000)), /100000000 bytes/],
  ])("%s for a moment is a problem that says so, and the file after it is seen", async (_, put, problem) => {
    const path = join(folder, "syrinx.json");
    await writeFile(path, voice("a"));
    const next = watching(path);
    expect(await next()).toMatchObject(saying("a"));
    await rm(path);
    await put(path);
    expect(await nextOther(next, /is missing/)).toMatchObject({ problem: expect.stringMatching(problem) });
    await rm(path);
    await writeFile(path, voice("b"));
    expect(await nextOther(next, /is missing/)).toMatchObject(saying("b"));
  });

  test("a pipe at the start is a problem, and does not keep the source from ending", async () => {
    const path = join(folder, "syrinx.json");
    Bun.spawnSync(["mkfifo", path]);
    const next = watching(path);
    expect(await next()).toMatchObject({ problem: expect.stringMatching(/it is a pipe/) });
    const ended = next();
    stop.abort();
    await expect(ended).rejects.toThrow("The source has ended");
  });

  test("it ends when its signal aborts, and stops watching the folder", async () => {
    const path = join(folder, "syrinx.json");
    await appendFile(path, voice("a"));
    const definition = source.definition as ConfigSourceDefinition<{ path: string }>;
    const items: SourceItem[] = [];
    for await (const item of definition.watch({ settings: { path } }, stop.signal)) {
      items.push(item);
      queueMicrotask(() => stop.abort());
    }
    expect(items).toHaveLength(1);
  });

  test("a path that is not absolute, or has an unknown extension, is refused with the reason", () => {
    expect(() => watching("syrinx.json")).toThrow(/absolute/);
    expect(() => watching("/etc/syrinx.ini")).toThrow(/\.json, \.jsonc, \.yaml, \.yml, \.toml/);
  });
});
