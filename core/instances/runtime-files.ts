/**
 * The files beside a program that it needs to run: the library of its language, and shared libraries.
 *
 * @module
 */
import { readdirSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { isInside } from "../releases/mod.ts";
import { realPath } from "./find-program.ts";

interface Language {
  /** Names in `lib` and `lib64`. */
  lib: RegExp;
  /** Names in `share`. The rest of that folder holds the data of other programs. */
  share?: RegExp;
}

/** By the letters with which the program's name begins. Node needs no files beside itself. */
const LANGUAGES: Readonly<Record<string, Language>> = {
  java: { lib: /^(modules|server|jvm\.cfg|security|tzdb\.dat)$/ },
  lua: { lib: /^lua[\d.]*$/, share: /^lua[\d.]*$/ },
  luajit: { lib: /^lua[\d.]*$/, share: /^lua(jit)?[\d.-]*$/ },
  perl: { lib: /^perl5?$/, share: /^perl5?$/ },
  php: { lib: /^php[\d.]*$/, share: /^php[\d.]*$/ },
  pypy: { lib: /^pypy[\d.]*$/ },
  ruby: { lib: /^ruby$/, share: /^(ruby|rubygems-integration)$/ },
};
const SHARED_LIBRARY = /^lib.+\.so(\.\d+)*$/;
/** Of the system. Every plugin may read their shared libraries anyway. */
const SYSTEM_PREFIXES = ["/", "/usr"];

/**
 * A program in `PREFIX/bin` gets the library of its own language and version in `PREFIX/lib`, and the shared libraries
 * there. It never gets a whole `lib` or `share`: with a program in `~/.local/bin`, that would be the data of all programs of
 * the user.
 *
 * @param program absolute; links are resolved
 * @param home of the engine. It is never among the files, nor is a folder around it
 * @returns what is there, links resolved
 */
export function runtimeFiles(program: string, home: string): string[] {
  const prefix = dirname(dirname(program));
  if (basename(dirname(program)) !== "bin") return [];
  const { lib, share } = languageOf(basename(program));
  const isSystem = SYSTEM_PREFIXES.includes(prefix);
  const inLib = (name: string) => lib?.test(name) || (!isSystem && SHARED_LIBRARY.test(name));
  const found = ["lib", "lib64"].flatMap((folder) => namesIn(join(prefix, folder), inLib));
  const shared = namesIn(join(prefix, "share"), (name) => share?.test(name) ?? false);
  const realHome = realPath(home) ?? home;
  const files = [...found, ...shared]
    .flatMap((path) => realPath(path) ?? [])
    .filter((path) => path !== prefix && isInside(prefix, path) && !isInside(path, realHome));
  return [...new Set(files)];
}

function languageOf(program: string): Partial<Language> {
  const [name = ""] = /^[a-z]+/.exec(program) ?? [];
  return name === "python" ? { lib: pythonLibrary(program.slice(name.length)) } : (LANGUAGES[name] ?? {});
}

/**
 * @param version in the program's name, e.g. `3.11`; may lack the minor part, and then all of them count
 * @returns `python3.11`, `python311.zip`, and `python3`, where Debian has what all versions share
 */
function pythonLibrary(version: string): RegExp {
  if (!/^3\.\d+t?$/.test(version)) return /^python3[\d.]*t?(\.zip)?$/;
  return new RegExp(`^python(3|${RegExp.escape(version)}|${version.replace(".", "")}\\.zip)$`);
}

function namesIn(folder: string, is: (name: string) => boolean): string[] {
  try {
    return readdirSync(folder)
      .filter(is)
      .map((name) => join(folder, name));
  } catch {
    return [];
  }
}
