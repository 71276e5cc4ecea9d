import type { Layer } from "../../config/mod.ts";
import { createLog } from "../../log.ts";
import { readConfigFile } from "../../engine/mod.ts";
import { homeDirectory } from "../home.ts";
import { configInvalid, problemLines } from "./problem-text.ts";

/**
 * @param path absolute
 * @returns what a config file says, with the places of it
 * @throws SyrinxError config-invalid if it is no document; what is wrong with it was told on stderr
 */
export async function readDocument(
  path: string,
  home: string | undefined,
): Promise<Layer & { document: object }> {
  const item = await readConfigFile({ path, home: homeDirectory(home), log: createLog("error") });
  if (!("problem" in item)) return { ...item, document: item.document as object };
  const { problem: message, origin, line, column } = item;
  const problems = [{ pointer: "", message, origin, line, column }];
  for (const text of problemLines(problems)) console.error(text);
  throw configInvalid(problems, "Nothing was changed");
}
