/**
 * Runs `syrinx` as a person does: in a folder, with a home, and to its end.
 *
 * @module
 */
import { mkdir, mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { COMPILED, MAIN } from "./engine-process.ts";

export interface Finished {
  code: number;
  stdout: Uint8Array;
  stderr: string;
}

export interface RunOptions {
  stdin?: string;
  env?: Record<string, string>;
}

export class CommandLine implements AsyncDisposable {
  private constructor(private readonly folder: string) {}

  /** @param config written to syrinx.jsonc in the folder that commands run in; absent: there is none */
  static async open(config?: object): Promise<CommandLine> {
    const line = new CommandLine(await mkdtemp(join(tmpdir(), "syrinx-cli-")));
    for (const path of [line.home, line.work, line.user, line.temporary]) await mkdir(path);
    // An engine of the person who runs the tests may listen at the default address. A home that remembers an engine
    // which has gone is as good as a fresh one, and keeps commands away from it.
    await writeFile(join(line.home, "engine.json"), JSON.stringify({ pid: 1, url: "http://127.0.0.1:1" }));
    if (config) await writeFile(join(line.work, "syrinx.jsonc"), JSON.stringify(config));
    return line;
  }

  /** $SYRINX_HOME. */
  get home(): string {
    return join(this.folder, "syrinx-home");
  }

  /** The folder that commands run in. */
  get work(): string {
    return join(this.folder, "work");
  }

  /** $HOME. */
  get user(): string {
    return join(this.folder, "user");
  }

  /** $TMPDIR. */
  get temporary(): string {
    return join(this.folder, "tmp");
  }

  async run(args: readonly string[], { stdin = "", env = {} }: RunOptions = {}): Promise<Finished> {
    const child = this.spawn(args, { stdin, env });
    const [stdout, stderr, code] = await Promise.all([
      child.stdout.bytes(),
      child.stderr.text(),
      child.exited,
    ]);
    return { code, stdout, stderr };
  }

  spawn(args: readonly string[], { stdin = "", env = {} }: RunOptions = {}) {
    return Bun.spawn([process.execPath, MAIN, ...args], {
      cwd: this.work,
      env: { ...this.environment, ...env },
      stdio: [new TextEncoder().encode(stdin), "pipe", "pipe"],
    });
  }

  get environment(): Record<string, string> {
    const { user, temporary, home } = this;
    return { PATH: process.env.PATH ?? "", HOME: user, TMPDIR: temporary, SYRINX_HOME: home, ...COMPILED };
  }

  /** @returns every file below the user's home, the temporary folder and the folder that commands run in */
  async strewn(): Promise<string[]> {
    const folders = [this.user, this.temporary, this.work];
    const found = await Promise.all(
      folders.map((path) => readdir(path, { recursive: true, withFileTypes: true })),
    );
    return found
      .flat()
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name).slice(this.folder.length + 1))
      .sort();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await rm(this.folder, { recursive: true, force: true });
  }
}
