/**
 * Gets sherpa-onnx, which is too big to be a dependency of this project, into a cache folder.
 *
 * @module
 */
import { existsSync } from "node:fs";
import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { cacheFolder } from "../cache-folder.ts";

/** The release that is compared with. */
export const SHERPA_VERSION = "1.13.8";
/** Where Debian's package espeak-ng-data puts it, and others. */
const ESPEAK_DATA = [
  `/usr/lib/${process.arch === "arm64" ? "aarch64" : "x86_64"}-linux-gnu/espeak-ng-data`,
  "/usr/share/espeak-ng-data",
  "/usr/lib/espeak-ng-data",
];

export interface Sherpa {
  /** Absolute path of the package. */
  module: string;
  /** Folder of its native libraries. */
  libraries: string;
  /** Absolute path of espeak-ng's data. */
  espeakData: string;
}

/**
 * @returns where it is, or why it is not available
 */
export async function findSherpa(): Promise<Sherpa | { skipped: string }> {
  const espeakData = ESPEAK_DATA.find((path) => existsSync(path));
  if (!espeakData) return { skipped: "espeak-ng's data is not there: install the package espeak-ng-data" };
  const native = `sherpa-onnx-${process.platform}-${process.arch}`;
  const folder = cacheFolder(`sherpa-${SHERPA_VERSION}`);
  const module = join(folder, "node_modules/sherpa-onnx-node");
  const libraries = join(folder, "node_modules", native);
  if (existsSync(module) && existsSync(libraries)) return { module, libraries, espeakData };
  await mkdir(folder, { recursive: true });
  await Bun.write(join(folder, "package.json"), "{}");
  const packages = [`sherpa-onnx-node@${SHERPA_VERSION}`, `${native}@${SHERPA_VERSION}`];
  const adding = Bun.spawn([process.execPath, "add", "--cwd", folder, "--ignore-scripts", ...packages], {
    stdio: ["ignore", "ignore", "pipe"],
  });
  const errors = await new Response(adding.stderr).text();
  if ((await adding.exited) === 0) return { module, libraries, espeakData };
  return { skipped: `its packages cannot be installed: ${errors.trim().split("\n").at(-1)}` };
}
