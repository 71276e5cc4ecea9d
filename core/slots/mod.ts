/**
 * The life of a slot: what fills it, what serves its utterances, and how it is swapped by version while it is in use.
 *
 * @module
 */
export type { Lease } from "./generation.ts";
export { Host, type HostOptions } from "./host.ts";
export type { Slot } from "./slot.ts";
export type { SlotFault, WantedSlot } from "./slot-changes.ts";
export type { ChoiceKeeper, KeptChoice } from "./slot-choices.ts";
export {
  EAGER,
  FIRST_RULES,
  type LoadPolicy,
  type StartInstance,
  type SwapManner,
  type SwapRules,
} from "./slot-environment.ts";
export { type Asking, MOST_WAITING, type OnConflict, type SlotRequests } from "./slot-requests.ts";
export { voiceIds } from "./slot-view.ts";
export type { AcceptedSwap } from "./swap-log.ts";
