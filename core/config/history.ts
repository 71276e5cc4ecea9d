/**
 * The versions that the journal keeps, as the API shows them.
 *
 * @module
 */
import type {
  ConfigDiff,
  ConfigVersion,
  ConfigVersionList,
  ConfigVersionSummary,
} from "../../schemas/generated/api.ts";
import { SyrinxError } from "../errors.ts";
import type { ConfigRejections, ConfigVersions } from "../journal/mod.ts";
import { changesBetween, jsonPatch } from "./json/mod.ts";
import { type FullConfig, validate } from "./layers/mod.ts";

export class ConfigHistory {
  constructor(
    private readonly versions: Pick<ConfigVersions, "get" | "page">,
    private readonly rejections: Pick<ConfigRejections, "between">,
  ) {}

  /**
   * @param before only versions of a lower number
   * @returns the newest first, with the candidates that were rejected meanwhile
   */
  page({ limit, before }: { limit: number; before?: number }): ConfigVersionList {
    const found = this.versions.page({ limit: limit + 1, ...(before !== undefined && { before }) });
    const page = found.slice(0, limit);
    const last = page.at(-1)?.number ?? 0;
    const isLast = found.length <= limit;
    return {
      versions: page.map(summaryOf),
      // The oldest page also has the rejections whose version is forgotten.
      rejections: this.rejections.between(
        isLast ? 0 : last,
        before === undefined ? Number.MAX_SAFE_INTEGER : before - 1,
      ),
      ...(!isLast && { before: last }),
    };
  }

  /** @throws SyrinxError config-version-not-found */
  version(number: number): ConfigVersion {
    const version = this.versions.get(number);
    if (version) return { ...version, document: documentOf(version) };
    const newest = this.versions.page({ limit: 1 })[0]?.number ?? 0;
    throw new SyrinxError(
      "config-version-not-found",
      `There is no version ${number} of the config: the newest is ${newest}, and older ones were deleted (journal.keepVersions)`,
    );
  }

  /**
   * @returns the whole config of then
   * @throws SyrinxError config-version-not-found
   */
  document(number: number): FullConfig {
    return this.version(number).document as FullConfig;
  }

  /**
   * @returns what makes `from` into `to`
   * @throws SyrinxError config-version-not-found
   */
  diff(from: number, to: number): ConfigDiff {
    const [before, after] = [this.document(from), this.document(to)];
    return { from, to, patch: jsonPatch(before, after), changes: changesBetween(before, after) };
  }
}

function summaryOf({ layers: _, document: __, ...summary }: ConfigVersion): ConfigVersionSummary {
  return summary;
}

/** An older engine kept only the layers. */
function documentOf({ number, document, layers }: ConfigVersion): FullConfig {
  if (document) return document as FullConfig;
  const { config, problems } = validate(layers);
  if (config) return config;
  const list = problems.map(({ pointer, message }) => `${pointer || "/"}: ${message}`).join("; ");
  throw new SyrinxError(
    "config-version-not-found",
    `The document of version ${number} is not known, because what it was made of does not fit this engine: ${list}`,
  );
}
