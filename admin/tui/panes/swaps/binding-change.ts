/**
 * What a swap has changed of a binding.
 *
 * @module
 */

import { keysOf, pointerWithin } from "../../../../core/json-pointer.ts";
import type { ConfigChange } from "../../../../schemas/generated/api.ts";
import type { ResolvedBinding } from "../../../../schemas/generated/swap.ts";
import { bindingText } from "../../../client/mod.ts";

/** Settings that are named in a line. */
const NAMED = 2;

/** @returns in a few words what differs, e.g. `piper 1.0.0 → 1.1.0, threads 1 → 2` */
export function bindingChangeText(
  from: ResolvedBinding | null,
  to: ResolvedBinding | null,
  arrow: string,
): string {
  if (!to) return `${from ? `${bindingText(from)} ` : ""}${arrow} nothing`;
  if (!from) return `${arrow} ${bindingText(to)}`;
  // Another plugin has other settings anyway.
  const isSamePlugin = partsOf(from.plugin)[0] === partsOf(to.plugin)[0];
  const values = isSamePlugin ? otherChanges(from, to) : [];
  const parts = [
    releaseChange(from.plugin, to.plugin, arrow),
    releaseChange(from.model, to.model, arrow),
    ...values.slice(0, NAMED).map(({ pointer, from, to }) => {
      const name = keysOf(pointer).at(-1);
      return `${name} ${valueText(from)} ${arrow} ${valueText(to)}`;
    }),
    ...(values.length > NAMED ? [`and ${values.length - NAMED} more`] : []),
  ].filter((part) => part !== "");
  return parts.length > 0 ? parts.join(", ") : `${bindingText(to)} again`;
}

/** @returns what differs beside the releases: the device and each setting, by JSON pointers into the binding */
export function otherChanges(from: ResolvedBinding, to: ResolvedBinding): ConfigChange[] {
  // Not as properties: a key may be one that every object has, such as constructor.
  const [before, after] = [new Map(Object.entries(from.settings)), new Map(Object.entries(to.settings))];
  const keys = [...new Set([...before.keys(), ...after.keys()])];
  return [
    ...(from.device === to.device ? [] : [{ pointer: "/device", from: from.device, to: to.device }]),
    ...keys
      .filter((key) => !Bun.deepEquals(before.get(key), after.get(key)))
      .map((key) => ({
        pointer: pointerWithin("/settings", key),
        from: before.get(key),
        to: after.get(key),
      })),
  ];
}

export function isSameBinding(one: ResolvedBinding, other: ResolvedBinding): boolean {
  return one.plugin === other.plugin && one.model === other.model && otherChanges(one, other).length === 0;
}

function releaseChange(from: string | undefined, to: string | undefined, arrow: string): string {
  if (from === to) return "";
  const [name, version] = partsOf(from);
  const [nextName, nextVersion] = partsOf(to);
  if (name === nextName) return `${name} ${version} ${arrow} ${nextVersion}`;
  return `${from ?? "no model"} ${arrow} ${to ?? "no model"}`;
}

function partsOf(release = ""): [name: string, version: string] {
  const at = release.lastIndexOf("@");
  return [release.slice(0, at), release.slice(at + 1)];
}

function valueText(value: unknown): string {
  if (value === undefined) return "default";
  return typeof value === "string" ? value : JSON.stringify(value);
}
