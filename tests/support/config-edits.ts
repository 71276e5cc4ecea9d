/**
 * Edits of a config file as people, editors and mounts make them, drawn at random.
 *
 * @module
 */

import { lstat, mkdir, open, rename, rm, symlink, writeFile } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import fc from "fast-check";
import { TONE_ONLY } from "./engine-process.ts";

/** What a voice of the config is set to. */
interface Tone {
  hertz: number;
  millisecondsPerCharacter: number;
}

/** What a document says, good or bad. */
export type Content =
  | { kind: "good"; tones: Record<string, Tone> }
  /** A key that nobody knows. */
  | { kind: "unknown" }
  /** No JSON. */
  | { kind: "torn" }
  /** A voice whose plugin is not there, and one whose plugin does not come up, beside changes that are good. */
  | { kind: "absent" | "caged"; tones: Record<string, Tone> };

/** How it gets into the file. */
export type Way = "replaced" | "in place" | "in pieces" | "link switched";

interface Save {
  content: Content;
  way: Way;
  pieces: number;
  pauseMs: number;
}

export type Edit = Save | { content: { kind: "removed" | "emptied" } };

const tone = fc.record({
  hertz: fc.constantFrom(300, 500, 700),
  millisecondsPerCharacter: fc.integer({ min: 20, max: 60 }),
});
const tones = fc.record({ tone, a: tone, b: tone }, { requiredKeys: ["tone"] });
const content: fc.Arbitrary<Content> = fc.oneof(
  { weight: 8, arbitrary: fc.record({ kind: fc.constant("good" as const), tones }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constantFrom("unknown" as const, "torn" as const) }) },
  { weight: 3, arbitrary: fc.record({ kind: fc.constantFrom("absent" as const, "caged" as const), tones }) },
);

export const edit: fc.Arbitrary<Edit> = fc.oneof(
  {
    weight: 9,
    arbitrary: fc.record({
      content,
      way: fc.constantFrom<Way>("replaced", "in place", "in pieces", "link switched"),
      pieces: fc.integer({ min: 2, max: 6 }),
      // Shorter and longer than the engine has patience with what looks broken.
      pauseMs: fc.constantFrom(0, 0, 5, 5, 30, 30, 120, 300),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      content: fc.record({ kind: fc.constantFrom("removed" as const, "emptied" as const) }),
    }),
  },
);

/** @param mark makes the document, or what is wrong with it, unlike every other one */
function textOf(what: Content, mark: number): string {
  const document = {
    ...TONE_ONLY,
    speech: { ...TONE_ONLY.speech, maxCharacters: 1_000 + mark },
    // Who counts processes in the end need not wait for those that were parked.
    swap: { parkForMs: 200 },
  };
  if (what.kind === "unknown") return JSON.stringify({ ...document, [`wrong-${mark}`]: true });
  if (what.kind === "torn") return `${JSON.stringify(document)} wrong-${mark}`;
  const voices: Record<string, object | null> = { ...TONE_ONLY.voices };
  for (const [name, settings] of Object.entries(what.tones)) voices[name] = { plugin: "tone", settings };
  if (what.kind !== "good") voices[`wrong-${mark}`] = { plugin: what.kind };
  return JSON.stringify({ ...document, voices }, null, 2);
}

/** Does an edit to the file at `path`. */
export async function apply(one: Edit, path: string, mark: number): Promise<void> {
  // What is written through a link is written in a folder that is looked at every 30 s alone.
  const isLink = await lstat(path).then(
    (found) => found.isSymbolicLink(),
    () => false,
  );
  if (isLink && (!("way" in one) || one.way.startsWith("in "))) await rm(path);
  if (!("way" in one))
    return one.content.kind === "removed" ? rm(path, { force: true }) : writeFile(path, "");
  const text = textOf(one.content, mark);
  switch (one.way) {
    case "replaced":
      await writeFile(`${path}.new`, text);
      return rename(`${path}.new`, path);
    case "in place":
      return writeFile(path, text);
    case "in pieces":
      return writeInPieces(path, text, one);
    case "link switched":
      return switchLink(path, text, mark);
  }
}

async function writeInPieces(
  path: string,
  text: string,
  { pieces, pauseMs }: { pieces: number; pauseMs: number },
) {
  const file = await open(path, "w");
  const length = Math.ceil(text.length / pieces);
  for (let at = 0; at < text.length; at += length) {
    await file.write(text.slice(at, at + length));
    // The pace of a slow writer.
    await Bun.sleep(pauseMs);
  }
  await file.close();
}

/** As Kubernetes mounts a ConfigMap: the file leads to a folder that a link leads to, and that link is replaced. */
async function switchLink(path: string, text: string, mark: number): Promise<void> {
  const [folder, name] = [dirname(path), basename(path)];
  await mkdir(join(folder, `..${mark}`));
  await writeFile(join(folder, `..${mark}`, name), text);
  await symlink(`..${mark}`, join(folder, "..data_tmp"));
  await rename(join(folder, "..data_tmp"), join(folder, "..data"));
  await symlink(join("..data", name), `${path}.link`);
  await rename(`${path}.link`, path);
}
