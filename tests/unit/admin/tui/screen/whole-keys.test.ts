import { expect, test } from "bun:test";
import { PassThrough } from "node:stream";
import { WholeKeys } from "../../../../../admin/tui/screen/whole-keys.ts";

function typing() {
  const line = new PassThrough();
  const pasted: string[] = [];
  const keys = new WholeKeys(line as unknown as NodeJS.ReadStream, (text) => pasted.push(text));
  return {
    pasted,
    line,
    keys,
    next: () =>
      new Promise<string>((resolve) => keys.once("data", (data: Buffer) => resolve(data.toString()))),
  };
}

test("a key that comes in two packets is one key", async () => {
  const { line, next } = typing();
  const key = next();
  line.write("\x1b");
  line.write("[");
  line.write("A");
  expect(await key).toBe("\x1b[A");
});

test("keys before an incomplete one are not delayed", async () => {
  const { line, next } = typing();
  const first = next();
  line.write("ab\x1b");
  expect(await first).toBe("ab");
  const second = next();
  line.write("OP");
  expect(await second).toBe("\x1bOP");
});

test("Escape is reported as a key once nothing follows it", async () => {
  const { line, next } = typing();
  const key = next();
  line.write("\x1b");
  expect(await key).toBe("\x1b");
});

test("Escape with the next key right behind it is two keys", async () => {
  const { line, keys } = typing();
  const told: string[] = [];
  const both = new Promise<void>((resolve) =>
    keys.on("data", (data: Buffer) => told.push(data.toString()) === 2 && resolve()),
  );
  line.write("\x1b\t\x1b[B");
  await both;
  expect(told).toEqual(["\x1b", "\t\x1b[B"]);
});

test("text of several bytes stays whole", async () => {
  const { line, next } = typing();
  const text = next();
  line.write("中文");
  expect(await text).toBe("中文");
});

test("pasted text is not taken as keys, in however many packets it comes", async () => {
  const { line, keys, pasted } = typing();
  let told = "";
  const last = new Promise<void>((resolve) =>
    keys.on("data", (data: Buffer) => (told += data.toString()).endsWith("z") && resolve()),
  );
  const packets = ["a\x1b[20", "0~q\r中", "文\x1b[2", "01~b\x1b[200~x\x1b[201~z"];
  for (const packet of packets) line.write(packet);
  await last;
  expect(pasted).toEqual(["q\r中文", "x"]);
  expect(told).toBe("abz");
});
