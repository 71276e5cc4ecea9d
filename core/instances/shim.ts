/**
 * Follows the shim of a version manager to the program that it stands for. This is the only program that the core runs
 * outside the sandbox on behalf of a plugin, so the plugin must have no say in what it is.
 *
 * @module
 */
import { readFileSync, statSync } from "node:fs";
import { isAbsolute } from "node:path";
import { SyrinxError } from "../errors.ts";
import { isOnlyOurs, isUntrusted, type ProgramSearch, realPath, trustedPath } from "./find-program.ts";

/**
 * A shim: the script that pyenv, rbenv and similar version managers put on the PATH in place of a program. It says where
 * the manager is.
 */
const SHIM =
  /^export (?<variable>\w+_ROOT)="(?<root>\/.+)"$[^]*^exec "(?<manager>\/.+\/\w+env)" exec "\$program" "\$@"$/m;
/** Larger files are not shims, which have about 20 lines. */
const MAX_SHIM_BYTES = 4096;
/** Of a manager's answer, in ms. pyenv takes about 100. */
const ANSWER_MS = 5_000;
/** Of what a manager says on stderr, in UTF-16 code units. */
const MAX_REASON = 500;

/**
 * Asks the version manager behind a shim for the real program. The manager gets no variable but its root and a PATH of
 * folders that only root and the engine's user can change.
 *
 * It runs in `/`, and not in the plugin's folder, so a `.python-version` in there chooses nothing: the program is of the
 * manager's global version. A plugin that needs a version says so in its command: `python3.11` instead of `python3`.
 *
 * @param program on the PATH, links resolved
 * @param name of the program, e.g. `python3`
 * @param answerMs until the manager is killed
 * @returns the real program; `program` itself if that is not a shim
 * @throws SyrinxError plugin-start-failed if the manager does not know the program, or others could change the manager
 */
export async function followShim(
  program: string,
  name: string,
  search: ProgramSearch,
  answerMs = ANSWER_MS,
): Promise<string> {
  if (statSync(program).size > MAX_SHIM_BYTES) return program;
  const { variable, root, manager } = SHIM.exec(readFileSync(program, "utf8"))?.groups ?? {};
  if (variable === undefined || root === undefined || manager === undefined) return program;
  const [, realRoot, realManager] = [program, root, manager].map((path) =>
    requireTrusted(path, name, search),
  );
  const env = { [variable]: realRoot!, PATH: trustedPath(search) };
  const answer = await ask([realManager!, "which", name], env, answerMs);
  if ("path" in answer) {
    const real = isAbsolute(answer.path) ? realPath(answer.path) : undefined;
    if (real !== undefined && !isUntrusted(real, search)) return real;
  }
  const said = "path" in answer ? `names "${answer.path}", where no program may be` : answer.reason;
  throw new SyrinxError("plugin-start-failed", `Cannot start "${name}": ${manager} ${said}`);
}

/** @returns the path without links */
function requireTrusted(path: string, name: string, search: ProgramSearch): string {
  const real = realPath(path);
  if (real !== undefined && !isUntrusted(real, search) && isOnlyOurs(real)) return real;
  const why =
    real === undefined
      ? "is not there"
      : isUntrusted(real, search)
        ? `leads to ${real}, where plugins, models or their data are`
        : "can be changed by other users than root and the engine's";
  throw new SyrinxError(
    "plugin-start-failed",
    `Cannot start "${name}" by a version manager because ${path} ${why}. Name the program itself in the plugin's command`,
  );
}

async function ask(
  command: readonly string[],
  env: Record<string, string>,
  answerMs: number,
): Promise<{ path: string } | { reason: string }> {
  // In a process group of its own, so that its children are killed with it.
  const asked = Bun.spawn([...command], {
    cwd: "/",
    env,
    stdio: ["ignore", "pipe", "pipe"],
    detached: true,
  });
  const late = Promise.withResolvers<"late">();
  const timer = setTimeout(() => late.resolve("late"), answerMs);
  try {
    const answered = Promise.all([asked.stdout.text(), asked.stderr.text(), asked.exited]);
    const answer = await Promise.race([answered, late.promise]);
    if (answer === "late") {
      process.kill(-asked.pid, "SIGKILL");
      return { reason: `did not answer within ${answerMs} ms` };
    }
    const [path, why, code] = answer;
    return code === 0 ? { path: path.trim() } : { reason: `says: ${why.trim().slice(0, MAX_REASON)}` };
  } finally {
    clearTimeout(timer);
  }
}
