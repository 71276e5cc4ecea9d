/**
 * Where the config is kept from one start to the next.
 *
 * @module
 */
import type { ConfigRejection, ConfigSteering, ConfigVersion } from "../../schemas/generated/api.ts";

/** No method throws. */
export interface VersionKeeper {
  newest(): ConfigVersion | undefined;
  write(version: Omit<ConfigVersion, "at">): void;
  reject(rejection: Omit<ConfigRejection, "id" | "at">): void;
}

export interface SteeringKeeper {
  read(): ConfigSteering;
  /** @throws SyrinxError journal-unwritable with `refuse`; with `keep`, it is written as soon as it can be */
  write(steering: ConfigSteering, whenUnwritable: "refuse" | "keep"): void;
}
