import { mkdir, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";

/** A folder of a test's own, gone when the test is over. `files` maps paths to texts, or values to be written as JSON. */
export async function temporaryFolder(files: Record<string, unknown> = {}) {
  const path = await mkdtemp(join(tmpdir(), "syrinx-test-"));
  const folder = {
    path,
    /** @returns the absolute path of what was written */
    async write(name: string, content: unknown): Promise<string> {
      const file = join(path, name);
      await mkdir(dirname(file), { recursive: true });
      await Bun.write(file, typeof content === "string" ? content : JSON.stringify(content));
      return file;
    },
    async [Symbol.asyncDispose]() {
      await rm(path, { recursive: true, force: true });
    },
  };
  for (const [name, content] of Object.entries(files)) await folder.write(name, content);
  return folder;
}
