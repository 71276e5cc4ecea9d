/**
 * Whether a path is inside a folder. Pure: resolve links first.
 *
 * @module
 */
import { isAbsolute, relative } from "node:path";

/** @returns whether `path` is `folder`, or is below it. Both are absolute */
export function isInside(folder: string, path: string): boolean {
  const way = relative(folder, path);
  return way !== ".." && !way.startsWith("../") && !isAbsolute(way);
}
