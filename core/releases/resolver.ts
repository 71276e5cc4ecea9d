/**
 * Which bindings could be had: of the releases that are on disk, with the permissions that are granted.
 *
 * @module
 */
import type { PluginKind } from "../../schemas/generated/plugin.ts";
import { asSyrinxError, type SyrinxError, type Violation } from "../errors.ts";
import { type Binding, resolveBinding, resolveUngranted, type WantedBinding } from "./binding.ts";
import { Catalog, type CatalogPaths } from "./catalog.ts";
import type { Grants } from "./permissions.ts";
import { clearSecrets } from "./secrets.ts";

export class Resolver {
  #catalog: Catalog;

  private constructor(
    private paths: CatalogPaths,
    catalog: Catalog,
    /** As the config has them at the moment. */
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

  /** Looks at the disk anew. */
  async rescan(paths: CatalogPaths = this.paths): Promise<void> {
    this.paths = paths;
    this.#catalog = await Catalog.scan(paths);
  }

  /** @throws SyrinxError release-not-found, plugin-blocked, model-unsupported or settings-invalid */
  resolve(kind: PluginKind, wanted: WantedBinding): Binding {
    return resolveBinding(this.#catalog, this.grants, kind, wanted);
  }

  /**
   * As {@linkcode resolve}, whatever the plugin asks for: to look at, not to be started.
   *
   * @throws SyrinxError release-not-found, model-unsupported or settings-invalid
   */
  resolveUngranted(kind: PluginKind, wanted: WantedBinding): Binding {
    return resolveUngranted(this.#catalog, this.grants, kind, wanted);
  }

  /** @returns why a binding cannot be had; undefined: it can */
  obstacle(kind: PluginKind, wanted: WantedBinding): SyrinxError | undefined {
    try {
      this.resolve(kind, wanted);
      return undefined;
    } catch (error) {
      return asSyrinxError(error);
    }
  }

  /** @returns a mistake for each secret that stands in clear in settings; of a plugin that is not there nothing is known */
  clearSecrets(kind: PluginKind, { plugin, settings }: WantedBinding): Violation[] {
    try {
      return clearSecrets(this.#catalog.plugin(kind, plugin), settings);
    } catch {
      return [];
    }
  }
}
