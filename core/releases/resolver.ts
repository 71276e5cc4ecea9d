/**
 * Resolves bindings with the releases on disk and the permissions of the config.
 *
 * @module
 */
import type { PluginKind } from "../../schemas/generated/plugin.ts";
import { asSyrinxError, type SyrinxError } from "../errors.ts";
import { type Binding, resolveBinding, resolveUngranted, type WantedBinding } from "./binding.ts";
import { Catalog, type CatalogPaths } from "./catalog.ts";
import type { Grants } from "./permissions.ts";

/** The current catalog with the current grants. */
export class Resolver {
  #catalog: Catalog;

  private constructor(
    private paths: CatalogPaths,
    catalog: Catalog,
    /** Of the current config. */
    public grants: Grants,
  ) {
    this.#catalog = catalog;
  }

  static async open(paths: CatalogPaths, grants: Grants): Promise<Resolver> {
    return new Resolver(paths, await Catalog.scan(paths), grants);
  }

  get catalog(): Catalog {
    return this.#catalog;
  }

  /** Scans the disk again. */
  async rescan(paths: CatalogPaths = this.paths): Promise<void> {
    this.paths = paths;
    this.#catalog = await Catalog.scan(paths);
  }

  /** @throws SyrinxError release-not-found, plugin-blocked, model-unsupported or settings-invalid */
  resolve(kind: PluginKind, wanted: WantedBinding): Binding {
    return resolveBinding(this.#catalog, this.grants, kind, wanted);
  }

  /**
   * As {@linkcode resolve}, but permissions that were not granted are no error: for previews, not for a start.
   *
   * @throws SyrinxError release-not-found, model-unsupported or settings-invalid
   */
  resolveUngranted(kind: PluginKind, wanted: WantedBinding): Binding {
    return resolveUngranted(this.#catalog, this.grants, kind, wanted);
  }

  /** @returns why a binding is not possible; undefined: it is */
  obstacle(kind: PluginKind, wanted: WantedBinding): SyrinxError | undefined {
    try {
      this.resolve(kind, wanted);
      return undefined;
    } catch (error) {
      return asSyrinxError(error);
    }
  }
}
