/**
 * What a swap would do, worked out without doing it. Pure.
 *
 * @module
 */
import type { BindingChange, SwapPlan } from "../../schemas/generated/api.ts";
import type { ResolvedBinding } from "../../schemas/generated/swap.ts";
import { escapePointer } from "../json-pointer.ts";
import {
  addedPermissions,
  type Binding,
  blockedReason,
  describeBinding,
  type Grants,
  missingPermissions,
} from "../releases/mod.ts";
import type { AdmissionPreview } from "./admission.ts";

/** A process that takes its settings with every call needs nothing for others. */
const IN_PLACE: AdmissionPreview = {
  strategy: "auto",
  memory: {
    verdict: "fits-beside",
    device: "cpu",
    needs: [],
    evict: [],
    message: "nothing is loaded: the process that serves takes these settings as it runs",
  },
};

/**
 * @param running what serves the slot; undefined if nothing does
 * @param to may ask for more than it was granted
 * @param admission whether there is memory for it, and how it would be done; in-place: by the process that serves
 */
export function planSwap(
  slot: string,
  running: Binding | undefined,
  to: Binding,
  grants: Grants,
  admission: AdmissionPreview | "in-place",
): SwapPlan {
  const [before, after] = [running && describeBinding(running), describeBinding(to)];
  const changes = bindingChanges(before, after);
  const reason = blockedReason(to.plugin, grants);
  const verdict = changes.length === 0 ? "unchanged" : admission === "in-place" ? "reconfigure" : "swap";
  return {
    slot,
    verdict,
    from: before ?? null,
    to: after,
    changes,
    permissions: {
      missing: missingPermissions(to.plugin, grants),
      added: addedPermissions(running?.plugin, to.plugin),
    },
    ...(reason && { reason }),
    ...(admission === "in-place" ? IN_PLACE : admission),
  };
}

function bindingChanges(before: ResolvedBinding | undefined, after: ResolvedBinding): BindingChange[] {
  const [old, wanted] = [leaves(before), leaves(after)];
  return [...new Set([...old.keys(), ...wanted.keys()])].flatMap((pointer) => {
    const [from, to] = [old.get(pointer), wanted.get(pointer)];
    if (Bun.deepEquals(from, to, true)) return [];
    return [{ pointer, ...(from !== undefined && { from }), ...(to !== undefined && { to }) }];
  });
}

/** @returns the values of a binding, each setting apart, by their JSON pointers */
function leaves(binding: ResolvedBinding | undefined): Map<string, unknown> {
  if (!binding) return new Map();
  const { plugin, model, device, settings } = binding;
  return new Map<string, unknown>([
    ["/plugin", plugin],
    ["/model", model],
    ["/device", device],
    ...Object.entries(settings).map(
      ([key, value]) => [`/settings/${escapePointer(key)}`, value] as [string, unknown],
    ),
  ]);
}
